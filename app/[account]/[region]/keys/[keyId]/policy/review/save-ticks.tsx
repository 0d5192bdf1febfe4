'use client'

import { principalName } from '#components/access/trace-words.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { SaveRules, Ticks } from './save-rules.ts'

type Props = {
  rules: SaveRules
  losing: readonly string[]
  account: string
  ticks: Ticks
  onChange: (ticks: Ticks) => void
}

const MOST_NAMES = 3

function named(arns: readonly string[], account: string): string {
  const names = arns.slice(0, MOST_NAMES).map((arn) => principalName(arn, account))
  const more = arns.length - names.length
  return more > 0
    ? `${names.join(', ')} and ${more} more lose`
    : `${names.join(' and ')} ${names.length === 1 ? 'loses' : 'lose'}`
}

/** What must be known to have been seen before saving. */
export function SaveTicks({ rules, losing, account, ticks, onChange }: Props) {
  if (!rules.asksRecentUse && !rules.asksSeparation) return null
  return (
    <div className="mb-7 space-y-1">
      {rules.asksRecentUse && (
        <Checkbox
          label={`Save even though ${named(losing, account)} access used in the last 24 hours`}
          checked={ticks.recentUse}
          onChange={(event) => onChange({ ...ticks, recentUse: event.target.checked })}
        />
      )}
      {rules.asksSeparation && (
        <Checkbox
          label="Save even though one principal would manage and use the key (SOD-01)"
          checked={ticks.separation}
          onChange={(event) => onChange({ ...ticks, separation: event.target.checked })}
        />
      )}
    </div>
  )
}

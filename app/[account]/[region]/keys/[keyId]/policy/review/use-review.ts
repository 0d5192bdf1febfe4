'use client'

import { useOfflineReason } from '#components/connection.tsx'
import { useFindings } from '#components/policy/use-findings.ts'
import type { PolicyDraftState } from '#components/policy/use-policy-draft.ts'
import type { PolicyPlace, SavedPolicy } from '../policy-place.ts'
import { saveRules, type Ticks } from './save-rules.ts'
import { useConsequences } from './use-consequences.ts'
import { useSave } from './use-save.ts'

export const NO_TICKS: Ticks = { recentUse: false, separation: false }

type Reviewed = {
  readonly place: PolicyPlace
  readonly saved: SavedPolicy
  /** Whether the installation demands separation of duties. */
  readonly separated: boolean
  readonly draft: PolicyDraftState
  readonly ticks: Ticks
}

/** Everything that is known of a draft before it is saved, and why it can’t be saved yet. */
export function useReview({ place, saved, separated, draft, ticks }: Reviewed) {
  const { scope, reference } = place
  const offline = useOfflineReason()
  const about = { KeyId: reference }
  const findings = useFindings(draft.text, {
    ...{ account: scope.account, region: scope.region, kind: 'key', about },
  })
  const askable = !findings.findings.some(({ Id }) => /^(JSON|GRAM|CHAR|SIZE|NOOP|AWS)-/.test(Id))
  const consequences = useConsequences(place, draft.text, askable)
  const mutation = useSave(place, draft)
  const overtaken = saved.version !== draft.baseVersion
  const rules = saveRules({ findings: findings.findings, losing: consequences.losing, separated, ticks })
  const waiting =
    offline ??
    (overtaken || mutation.refusal?.code === 'ConflictException'
      ? 'Somebody else saved meanwhile. Merge in the editor first.'
      : undefined) ??
    (findings.settled || findings.refusal ? undefined : 'The checks are still running.') ??
    (askable && !consequences.known ? 'Who gains and who loses is still being worked out.' : undefined)
  const blocked = waiting ?? rules.block
  const locked = rules.needsBypass ? 'You couldn’t change it afterwards (LOCK-01). See below.' : undefined
  return {
    ...{ findings, askable, consequences, overtaken, rules, mutation, blocked },
    reason: blocked ?? locked,
  }
}

import type { ReactNode } from 'react'
import { Time } from '#components/time.tsx'
import { cn } from '#components/ui/class-names.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { LOSS } from './loss.ts'

type Moment = { when: ReactNode; what: string; tone: string }

/** A key's part in its family, as far as its deletion goes. */
export type Part = {
  readonly usage: KeyUsageName
  /** Replicas that a primary waits for. */
  readonly waitsFor: number
  readonly replica: boolean
}

function lastOf({ usage, waitsFor, replica }: Part): string {
  if (replica)
    return 'The replica and its aliases are deleted. The other members of its family stay, and do the same with the same material.'
  if (waitsFor > 0) return `The primary, the last of its family, is deleted. ${LOSS[usage]}`
  return `The key, its material and its aliases are deleted. ${LOSS[usage]}`
}

const AT_ONCE: Moment = {
  when: 'At once',
  what: 'The key can’t be used. Calls with it fail with KMSInvalidStateException.',
  tone: 'bg-brass-mark',
}

const waiting = (when: string): Moment => ({
  when,
  what: 'It waits as pending deletion. Its policy stays editable, and whoever may cancel can: it then is disabled.',
  tone: 'bg-line-strong',
})

function momentsOf(date: Date, days: number, part: Part): Moment[] {
  const { waitsFor } = part
  const last = lastOf(part)
  if (waitsFor === 0)
    return [
      AT_ONCE,
      waiting(`For ${days} days`),
      {
        when: <Time at={date} as="date" />,
        what: last,
        tone: 'bg-vermilion',
      },
    ]
  const those = waitsFor === 1 ? 'its replica is' : `its ${waitsFor} replicas are`
  return [
    AT_ONCE,
    {
      when: `Until ${those} deleted`,
      what: 'It waits as pending replica deletion, and no date is set. Replicas go on working: schedule the deletion of each in its own Region.',
      tone: 'bg-line-strong',
    },
    waiting(`Then for ${days} days`),
    { when: `After those ${days} days`, what: last, tone: 'bg-vermilion' },
  ]
}

/** From now to gone, in the order in which it happens. */
export function Timeline({ date, days, part }: { date: Date; days: number; part: Part }) {
  const moments = momentsOf(date, days, part)
  return (
    <ol>
      {moments.map(({ when, what, tone }, index) => (
        <li key={what} className="relative flex gap-3 pb-3.5 text-table last:pb-0">
          {index < moments.length - 1 && (
            <span aria-hidden="true" className="absolute start-[4.5px] top-3 h-full w-px bg-line-strong" />
          )}
          <span aria-hidden="true" className={cn('relative mt-1 size-2.5 shrink-0 rounded-full', tone)} />
          <span className="min-w-0">
            <span className="block font-semibold">{when}</span>
            <span className="block text-text2">{what}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

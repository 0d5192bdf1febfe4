import type { ReactNode } from 'react'
import { Time } from '#components/time.tsx'
import { cn } from '#components/ui/class-names.ts'

type Moment = { when: ReactNode; what: string; tone: string }

/** From now to gone, in the order in which it happens. */
export function Timeline({ date, days }: { date: Date; days: number }) {
  const moments: Moment[] = [
    {
      when: 'At once',
      what: 'The key can’t be used. Calls with it fail with KMSInvalidStateException.',
      tone: 'bg-brass-mark',
    },
    {
      when: `For ${days} days`,
      what: 'It waits as pending deletion. Its policy stays editable, and whoever may cancel can: it then is disabled.',
      tone: 'bg-line-strong',
    },
    {
      when: <Time at={date} as="date" />,
      what: 'The key, its material and its aliases are deleted. What was encrypted under it can never be decrypted again.',
      tone: 'bg-vermilion',
    },
  ]
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

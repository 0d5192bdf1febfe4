'use client'

import {
  formatClock,
  formatDate,
  formatMoment,
  formatRelative,
  toDate,
  type Zone,
} from '#lib/console/format.ts'
import { useNow } from './clock.tsx'
import { cn } from './ui/class-names.ts'
import { Tooltip } from './ui/tooltip.tsx'

// The page's clock ticks every 20 s: what happened since its last tick is not in the future.
const LAG_MS = 30_000

const relative = (date: Date, now: Date): string => {
  const ahead = date.getTime() - now.getTime()
  return formatRelative(date, ahead > 0 && ahead < LAG_MS ? date : now)
}

type TimeProps = {
  /** Epoch seconds, ISO text or a Date. */
  at: number | string | Date
  /** relative: "4 min ago"; log: 14:07:31.204; date: 22 December 2026; moment: both, to the second. */
  as?: 'relative' | 'log' | 'date' | 'moment'
  zone?: Zone
  className?: string
}

/** A time. Relative ones show the absolute time, in UTC and local, on hover and on focus. */
export function Time({ at, as = 'relative', zone = 'UTC', className }: TimeProps) {
  const now = useNow()
  const date = toDate(at)
  const iso = date.toISOString()
  if (as === 'log')
    return (
      <time dateTime={iso} className={cn('font-mono text-mono', className)}>
        {formatClock(date, zone)}
      </time>
    )
  if (as === 'date')
    return (
      <time dateTime={iso} className={className}>
        {formatDate(date, zone)}
      </time>
    )
  if (as === 'moment')
    return (
      <time dateTime={iso} className={className}>
        {formatMoment(date, zone)}
      </time>
    )
  return (
    <Tooltip
      trigger={
        <time
          dateTime={iso}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the absolute time is shown on focus too
          tabIndex={0}
          className={cn('whitespace-nowrap', className)}
          suppressHydrationWarning
        >
          {relative(date, now)}
        </time>
      }
    >
      <span className="block">{formatMoment(date, 'UTC')}</span>
      <span className="block text-text2">{formatMoment(date, 'local')} local</span>
    </Tooltip>
  )
}

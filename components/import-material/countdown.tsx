'use client'

import { formatMoment, formatSpan, toDate } from '#lib/console/format.ts'
import { useEngineNow, useFlow } from './flow-context.tsx'

const HOUR = 3600

/** Whether the token of this tab has ended, by the installation's clock. */
export function useExpired(): boolean {
  const { parameters } = useFlow().stored
  const now = useEngineNow()
  return parameters !== undefined && parameters.validTo * 1000 <= now.getTime()
}

/** "23 h left, until …": brass in the last hour. */
export function Countdown() {
  const { parameters } = useFlow().stored
  const now = useEngineNow()
  if (!parameters) return null
  const left = parameters.validTo - now.getTime() / 1000
  return (
    <span className={left < HOUR ? 'text-brass' : ''}>
      {left > 0 ? `Valid for ${formatSpan(left)}, until ` : 'Expired on '}
      <time dateTime={toDate(parameters.validTo).toISOString()}>
        {formatMoment(toDate(parameters.validTo))}
      </time>
    </span>
  )
}

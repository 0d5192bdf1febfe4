'use client'

import { useNow } from '#components/clock.tsx'
import { Time } from '#components/time.tsx'
import { toDate } from '#lib/console/format.ts'

const SOON_MS = 14 * 86_400_000

/** When imported material expires; brass in its last 14 days. */
export function ExpiryTime({ at }: { at: number | null | undefined }) {
  const now = useNow()
  if (at === undefined || at === null) return <>Does not expire</>
  const soon = toDate(at).getTime() - now.getTime() <= SOON_MS
  return (
    <span className={soon ? 'text-brass' : ''}>
      <Time at={at} as="date" /> <Time at={at} className={soon ? '' : 'text-text2'} />
    </span>
  )
}

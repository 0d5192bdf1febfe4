'use client'

import { useNow } from '#components/clock.tsx'
import { daysSince, OLD_KEY_DAYS } from './names.ts'

/** How old an access key is; amber from 90 days on, and said in words too. */
export function KeyAge({ since }: { since: number }) {
  const days = daysSince(since, useNow())
  const words = days <= 0 ? 'today' : days === 1 ? '1 day' : `${days} days`
  return days > OLD_KEY_DAYS ? (
    <span className="text-brass">
      {words}
      <span className="sr-only">, older than {OLD_KEY_DAYS} days</span>
    </span>
  ) : (
    words
  )
}

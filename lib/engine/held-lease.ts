/** A lease as its holder sees it: asked often, renewed seldom. Who holds it does no harm by being two for a moment. */

import type { Sql } from '#lib/store/database.ts'
import { takeLease } from '#lib/store/leases.ts'

type LeaseParts = {
  readonly sql: Sql
  readonly name: string
  readonly holder: string
  readonly seconds: number
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
}

/** Whether this holder has the lease now: asks the database once in a third of its time. */
export function openHeldLease({ sql, name, holder, seconds, now }: LeaseParts): () => Promise<boolean> {
  const every = (seconds * 1000) / 3
  let askedAt = Number.NEGATIVE_INFINITY
  let answer: Promise<boolean> = Promise.resolve(false)
  return () => {
    if (now() - askedAt < every) return answer
    askedAt = now()
    answer = takeLease(sql, { name, holder, seconds }).then((token) => token !== undefined)
    // Who asks next hears of the failure too; nobody may be left with an unhandled one.
    answer.catch(() => undefined)
    return answer
  }
}

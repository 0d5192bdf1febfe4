/**
 * Request quotas as AWS has them: a token bucket for each account, Region and group of operations (facts §15, R47). Off
 * unless configured. Each engine counts for itself, so that counting costs no round trip: with several engines an
 * account gets its quota from each.
 */
import { type RequestQuota, requestQuota } from '#lib/domain/quotas.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { BoundedMap } from './bounded-map.ts'

// Facts §1.3.
const TEXT = 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.'

const MOST_BUCKETS = 10_000
const MINUTE_MS = 60_000

type Bucket = { tokens: number; filledAt: number; recordedAt: number }

export type ThrottledCall = {
  readonly account: string
  readonly region: string
  readonly operation: string
  /** As it came. */
  readonly input: unknown
}

export type Throttled = {
  readonly refusal: KmsError
  /** True once a minute for each bucket: whoever hammers on a closed door must not fill the log (R55). */
  readonly recorded: boolean
}

export type Throttle = {
  /** Counts a call; what it is refused with when its quota is used up. */
  readonly count: (call: ThrottledCall) => Throttled | undefined
}

/** One second's worth, and never less than one call, may come at once. */
const capacityOf = ({ perSecond }: RequestQuota, factor: number) => Math.max(1, perSecond * factor)

/** `factor` multiplies AWS's values; `now` gives milliseconds that only grow. */
export function openThrottle({ factor, now }: { factor: number; now: () => number }): Throttle {
  const buckets = new BoundedMap<string, Bucket>(MOST_BUCKETS)

  return {
    count({ account, region, operation, input }) {
      const quota = requestQuota(operation, input, region)
      const name = `${account} ${region} ${quota.group}`
      const at = now()
      const capacity = capacityOf(quota, factor)
      const found = buckets.get(name)
      const bucket = found ?? { tokens: capacity, filledAt: at, recordedAt: Number.NEGATIVE_INFINITY }
      if (!found) buckets.set(name, bucket)
      const earned = ((at - bucket.filledAt) / 1000) * quota.perSecond * factor
      bucket.tokens = Math.min(capacity, bucket.tokens + earned)
      bucket.filledAt = at
      if (bucket.tokens >= 1) {
        bucket.tokens--
        return undefined
      }
      const recorded = at - bucket.recordedAt >= MINUTE_MS
      if (recorded) bucket.recordedAt = at
      return { refusal: new KmsError('ThrottlingException', TEXT), recorded }
    },
  }
}

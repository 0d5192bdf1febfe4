/**
 * How guesses are counted (R89): some are free, then a wait grows with every further one, and each is forgotten with time.
 * A rule only; whose guesses they are, and of what, say those who count.
 */
import type { Attempts } from '#lib/store/sign-in-failures.ts'

export type Limit = {
  /** Attempts that cost nothing: the wait begins with the last of them. */
  readonly free: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
  /** One attempt is forgotten each time this has passed. */
  readonly forgetMs: number
}

export const isBlocked = (
  stored: Attempts | undefined,
  now: Date,
): stored is Attempts & { blockedUntil: Date } => stored?.blockedUntil != null && stored.blockedUntil > now

/** The count after one more attempt at `now`; unchanged while the subject has to wait. */
export function countedAttempt(stored: Attempts | undefined, now: Date, limit: Limit): Attempts {
  if (isBlocked(stored, now)) return stored
  const passed = stored ? Math.max(0, now.getTime() - stored.lastAt.getTime()) : 0
  const forgotten = Math.min(stored?.failures ?? 0, Math.floor(passed / limit.forgetMs))
  const left = (stored?.failures ?? 0) - forgotten
  // What has passed of the next one's time stays with it, or a steady trickle would never be forgotten.
  const lastAt = stored && left > 0 ? new Date(stored.lastAt.getTime() + forgotten * limit.forgetMs) : now
  const failures = left + 1
  const beyond = failures - limit.free
  const wait = Math.min(limit.longestWaitMs, limit.firstWaitMs * 2 ** Math.min(beyond, 20))
  return { failures, lastAt, blockedUntil: beyond >= 0 ? new Date(now.getTime() + wait) : null }
}

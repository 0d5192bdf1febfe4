/** What a failed batch means: whether its rows may be there all the same, and whether to try again. */
import { sqlState } from './pool.ts'

/**
 *   unknown       the database did not say: the rows may be there
 *   refused       never sent, or refused for a reason that concerns every event (disk full, read-only, out of time)
 *   no-partition  a row's day has no partition
 *   bad-row       one of the rows cannot be stored
 *   again         the database chose this batch to end a quarrel
 */
export type FailureKind = 'unknown' | 'refused' | 'no-partition' | 'bad-row' | 'again'

/** A failure to get a connection at all. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

const AGAIN = new Set(['40001', '40P01'])

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html. The first two characters are the class. */
export function failureKind(thrown: unknown): FailureKind {
  const state = sqlState(thrown)
  if (state === undefined) return thrown instanceof NotSent ? 'refused' : 'unknown'
  if (state === '23514') return 'no-partition'
  if (AGAIN.has(state)) return 'again'
  if (/^2[23]/.test(state)) return 'bad-row'
  // A shutdown or a crash may come between a commit and its answer; a cancelled statement was not committed.
  if (state !== '57014' && /^(?:08|57|58|XX)/.test(state)) return 'unknown'
  return 'refused'
}

/** What went wrong with the database, in the kinds that matter to a caller. */

export type DatabaseFailure = 'conflict' | 'unavailable'

/**
 * SQLSTATE classes and codes after which the same work may succeed at once, or be refused as it should: unique,
 * serialization, deadlock, and a row that another hangs on which is gone, such as that of a deleted key.
 */
const CONFLICT = new Set(['23503', '23505', '40001', '40P01', 'P2002', 'P2003', 'P2034'])
/** Connection, shutdown, disk full, cancelled by timeout, waited too long for a lock; Prisma's own timeouts. */
const UNAVAILABLE =
  /^(08|57|53|58|25P0[23]|55P03|P1001|P1002|P1008|P1017|P2024|P2028|ECONN|ETIMEDOUT|EPIPE|ENOENT)/
/** pg and its pool have no code for these. */
const UNAVAILABLE_WORDS =
  /timeout exceeded|Connection terminated|not queryable|Can't reach database|timed out/i

const DEEPEST = 6

const member = (of: object, name: string): unknown => Reflect.get(of, name)

/**
 * Every code in an error and in what caused it. Prisma puts the database's own error under
 * meta.driverAdapterError.cause, beside a code of its own that says nothing ("raw query failed").
 */
function codesOf(thrown: unknown, depth = 0): string[] {
  if (typeof thrown !== 'object' || thrown === null || depth > DEEPEST) return []
  const own = [member(thrown, 'code'), member(thrown, 'originalCode')].filter(
    (code) => typeof code === 'string',
  )
  if (thrown instanceof Error && UNAVAILABLE_WORDS.test(thrown.message)) own.push('ETIMEDOUT')
  const inner = ['cause', 'meta', 'driverAdapterError'].map((name) => member(thrown, name))
  return [...own, ...inner.flatMap((error) => codesOf(error, depth + 1))]
}

/** The kind of a database failure, or undefined when the thrown thing is none. */
export function databaseFailure(thrown: unknown): DatabaseFailure | undefined {
  const codes = codesOf(thrown)
  if (codes.some((code) => CONFLICT.has(code))) return 'conflict'
  if (codes.some((code) => UNAVAILABLE.test(code))) return 'unavailable'
  return undefined
}

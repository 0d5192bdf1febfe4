/** What went wrong with the database, in the three kinds that matter to a caller. */

export type DatabaseFailure = 'conflict' | 'unavailable'

/** SQLSTATE classes and codes after which the same work may succeed at once: unique, serialization, deadlock, lock. */
const CONFLICT = new Set(['23505', '40001', '40P01', '55P03', 'P2002', 'P2034'])
/** Connection, shutdown, disk full, cancelled by timeout; Prisma's own pool and transaction timeouts. */
const UNAVAILABLE = /^(08|57|53|58|25P0[23]|P1001|P1002|P1008|P1017|P2024|P2028|ECONN|ETIMEDOUT|EPIPE|ENOENT)/

function codesOf(thrown: unknown): string[] {
  const codes: string[] = []
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    for (const holder of [error, Reflect.get(error, 'meta')]) {
      const code: unknown =
        typeof holder === 'object' && holder !== null ? Reflect.get(holder, 'code') : undefined
      if (typeof code === 'string') codes.push(code)
    }
    const original: unknown = Reflect.get(error, 'originalCode')
    if (typeof original === 'string') codes.push(original)
    // pg and its pool have no code for these.
    if (
      /timeout exceeded|Connection terminated|not queryable|Can't reach database|timed out/i.test(
        error.message,
      )
    ) {
      codes.push('ETIMEDOUT')
    }
  }
  return codes
}

/** The kind of a database failure, or undefined when the thrown thing is none. */
export function databaseFailure(thrown: unknown): DatabaseFailure | undefined {
  const codes = codesOf(thrown)
  if (codes.some((code) => CONFLICT.has(code))) return 'conflict'
  if (codes.some((code) => UNAVAILABLE.test(code))) return 'unavailable'
  return undefined
}

/**
 * The connections of the audit writer. They are its own, because what they are opened with is part of the promise that
 * an answer leaves only after its event is durable (R56).
 */
import pg from 'pg'

/** Milliseconds that a statement may take on the server, and again here in case the server says nothing. */
const STATEMENT_MS = 2000

/** Opens the pool: commits wait for the disk, statements end within two seconds, a silent server is given up. */
export function openAuditPool(connectionString: string, max = 4): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: 'keyhouse audit',
    connectionTimeoutMillis: 1500,
    query_timeout: STATEMENT_MS + 250,
    keepAlive: true,
    options: `-c statement_timeout=${STATEMENT_MS} -c synchronous_commit=on`,
  })
  // An idle connection that breaks is only dropped; the next statement opens another or says why it cannot.
  pool.on('error', () => undefined)
  // A connection in use may break in the same breath as it answered, when nothing waits on it: that would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

/** SQLSTATE of a database's answer, or undefined when there was no answer. */
export function sqlState(thrown: unknown): string | undefined {
  return thrown instanceof pg.DatabaseError ? thrown.code : undefined
}

/** The last successful cryptographic use of a key, as the sequencer keeps it. As recent as the last catchUp. */
import type { Sql } from '../write/change.ts'

export type LastUse = {
  readonly at: Date
  readonly eventId: string
  readonly operation: string
  readonly requestId: string | null
}

/** Undefined for a key that was never used. */
export async function readLastUse(
  sql: Sql,
  key: { readonly account: string; readonly region: string; readonly id: string },
): Promise<LastUse | undefined> {
  const [use] = await sql<LastUse>(
    `SELECT ts AS at, event_id AS "eventId", operation, request_id AS "requestId" FROM audit.last_use
     WHERE (account_id, region, key_id) = ($1, $2, $3)`,
    [key.account, key.region, key.id],
  )
  return use
}

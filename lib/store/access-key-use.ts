/** When an access key was last used, by the log. Goes to the reader: never for decisions. */
import type { Sql } from './database.ts'

export type AccessKeyUse = { readonly at: Date; readonly source: string; readonly region: string }

export async function lastAccessKeyUse(
  reader: Sql,
  key: { readonly account: string; readonly id: string },
): Promise<AccessKeyUse | undefined> {
  const [row] = await reader<AccessKeyUse>(
    `SELECT ts AS at, event_source AS source, region FROM audit.entry
     WHERE account_id = $1 AND access_key_id = $2 ORDER BY ts DESC, event_id DESC LIMIT 1`,
    [key.account, key.id],
  )
  return row
}

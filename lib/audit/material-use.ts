/** How often each material of a key decrypted, counted from the log: the newest uses only, up to a number. */
import type { Sql } from './change.ts'

export type MaterialUse = { readonly id: string; readonly decrypts: number }

export type UseQuery = {
  readonly account: string
  readonly region: string
  readonly keyId: string
  readonly since: Date
  /** Uses looked at, newest first: what the log holds beyond them is not counted. */
  readonly most: number
}

// ReEncrypt decrypts with its source key's material, and the source is the key that its entry is about.
const STATEMENT = `
WITH use AS MATERIALIZED (
  SELECT n.ts, n.event_id FROM audit.entry n
  WHERE n.account_id = $1 AND n.key_id = $2 AND n.region = $3 AND n.ts >= $4::timestamptz
    AND n.event_name IN ('Decrypt', 'ReEncrypt') AND n.outcome = 'ok'
  ORDER BY n.ts DESC, n.event_id DESC LIMIT $5::int
), material AS (
  SELECT convert_from(e.body, 'UTF8')::json -> 'additionalEventData' AS said
  FROM use u JOIN audit.event e ON e.ts = u.ts AND e.id = u.event_id
)
SELECT coalesce(said ->> 'keyMaterialId', said ->> 'sourceKeyMaterialId') AS id, count(*)::int AS decrypts
FROM material GROUP BY 1`

/** As recent as the last catchUp. */
export async function countMaterialUse(sql: Sql, query: UseQuery): Promise<MaterialUse[]> {
  const { account, region, keyId, since, most } = query
  const rows = await sql<{ id: string | null; decrypts: number }>(STATEMENT, [
    account,
    keyId,
    region,
    since.toISOString(),
    most,
  ])
  return rows.flatMap(({ id, decrypts }) => (id === null ? [] : [{ id, decrypts }]))
}

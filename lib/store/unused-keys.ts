/** Keys without use, as a list tells them: never for a decision (R74). */
import type { KeyState } from '#lib/domain/key-state.ts'
import type { Sql } from './database.ts'

export type UnusedKeyRow = {
  readonly id: string
  readonly alias: string | null
  readonly state: KeyState
  readonly createdAt: Date
  readonly lastUsed: Date | null
  /** Where it stands in the list: text that sorts as its time does. */
  readonly position: string
}

export type UnusedKeyQuery = {
  readonly account: string
  readonly region: string
  /** Made before this moment of the installation's clock. */
  readonly madeBefore: Date
  /** Not used since this moment of real time. */
  readonly unusedSince: Date
  /** How far the installation's clock is ahead of real time. */
  readonly aheadMs: number
  readonly after: { readonly position: string; readonly id: string } | undefined
  readonly limit: number
}

// A use before the key was made was another key's of the same id; a day, for engines whose clocks differ.
const STATEMENT = `
SELECT * FROM (
  SELECT k.id, k.state, k.created_at AS "createdAt", u.ts AS "lastUsed",
    to_char(coalesce(u.ts, k.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') COLLATE "C" AS position,
    (SELECT min(l.name COLLATE "C") FROM keyhouse.alias l WHERE (l.account_id, l.region, l.key_id) = (k.account_id, k.region, k.id)) AS alias
  FROM keyhouse.key k LEFT JOIN audit.last_use u ON (u.account_id, u.region, u.key_id) = (k.account_id, k.region, k.id)
    AND u.ts + $5::bigint * interval '1 ms' + interval '1 day' > k.created_at
  WHERE k.account_id = $1 AND k.region = $2 AND k.manager = 'CUSTOMER' AND k.created_at < $3::timestamptz
    AND (u.ts IS NULL OR u.ts < $4::timestamptz)
) AS unused
WHERE $6::text IS NULL OR (position, id COLLATE "C") > ($6, $7::text)
ORDER BY position, id COLLATE "C" LIMIT $8::int`

/** Up to `limit` keys after a position; those that were not used longest come first, by their last use or their making. */
export const listUnusedKeys = (sql: Sql, query: UnusedKeyQuery): Promise<UnusedKeyRow[]> =>
  sql(STATEMENT, [
    query.account,
    query.region,
    query.madeBefore.toISOString(),
    query.unusedSince.toISOString(),
    Math.round(query.aheadMs),
    query.after?.position ?? null,
    query.after?.id ?? null,
    query.limit,
  ])

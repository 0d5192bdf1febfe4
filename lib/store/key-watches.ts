/** Rows of watches: keys that were disabled to see who misses them. They outlive their key. Times are real ones. */
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type KeyWatchRow = {
  readonly id: string
  readonly keyId: string
  /** The key's first alias; null for a key without one, and for one that is gone. */
  readonly alias: string | null
  readonly startedAt: Date
  readonly startedBy: string
  readonly endsAt: Date
  readonly stoppedAt: Date | null
}

const COLUMNS = `w.id, w.key_id AS "keyId", w.started_at AS "startedAt", w.started_by AS "startedBy", w.ends_at AS "endsAt",
  w.stopped_at AS "stoppedAt", (SELECT min(l.name COLLATE "C") FROM keyhouse.alias l
    WHERE (l.account_id, l.region, l.key_id) = (w.account_id, w.region, w.key_id)) AS alias`

type Place = Pick<KeyPlace, 'account' | 'region'>

/** Watches of a Region, or of one of its keys; the newest first. */
export const listKeyWatches = (
  sql: Sql,
  { account, region }: Place,
  { keyId, limit }: { readonly keyId?: string | undefined; readonly limit: number },
): Promise<KeyWatchRow[]> =>
  sql(
    `SELECT ${COLUMNS} FROM keyhouse.key_watch w
     WHERE w.account_id = $1 AND w.region = $2 AND ($3::text IS NULL OR w.key_id = $3)
     ORDER BY w.started_at DESC, w.id LIMIT $4::int`,
    [account, region, keyId ?? null, limit],
  )

export async function readKeyWatch(
  sql: Sql,
  { account, region }: Place,
  id: string,
): Promise<KeyWatchRow | undefined> {
  const [row] = await sql<KeyWatchRow>(
    `SELECT ${COLUMNS} FROM keyhouse.key_watch w WHERE w.account_id = $1 AND w.region = $2 AND w.id = $3::uuid`,
    [account, region, id],
  )
  return row
}

/** A key has one watch at a time: one whose date has come makes room for the next. */
export async function addKeyWatch(
  rows: Transaction,
  key: KeyPlace,
  watch: Pick<KeyWatchRow, 'id' | 'startedAt' | 'startedBy' | 'endsAt'>,
): Promise<void> {
  const place = [key.account, key.region, key.id]
  const startedAt = watch.startedAt.toISOString()
  await rows.sql(
    `UPDATE keyhouse.key_watch SET stopped_at = ends_at
     WHERE (account_id, region, key_id) = ($1, $2, $3) AND stopped_at IS NULL AND ends_at <= $4::timestamptz`,
    [...place, startedAt],
  )
  await rows.sql(
    `INSERT INTO keyhouse.key_watch (account_id, region, key_id, id, started_at, started_by, ends_at)
     VALUES ($1, $2, $3, $4::uuid, $5::timestamptz, $6, $7::timestamptz)`,
    [...place, watch.id, startedAt, watch.startedBy, watch.endsAt.toISOString()],
  )
}

/** Ends a watch before its date. */
export async function stopKeyWatch(rows: Transaction, id: string, at: Date): Promise<void> {
  await rows.sql(
    'UPDATE keyhouse.key_watch SET stopped_at = $2::timestamptz WHERE id = $1::uuid AND stopped_at IS NULL',
    [id, at.toISOString()],
  )
}

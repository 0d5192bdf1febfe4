/** The log as it is handed out whole: leaves with all that is kept of their events, and tiles. Of every account. */
import type { Buffer } from 'node:buffer'
import type { LoggedEvent } from '../folder/event-line.ts'
import type { Range } from '../folder/paths.ts'
import { leafOf, STORED_COLUMNS, type StoredRow } from '../sequence/stored-row.ts'
import type { Sql } from '../write/change.ts'

/** Bytes of records, decisions and condition values that one page holds, unless its first event alone has more. */
const PAGE_BYTES = 2_500_000
/** Tiles of one page: two megabytes of hashes. */
export const TILES_AT_ONCE = 256

const EVENTS_SQL = `
SELECT index::text AS index, ${STORED_COLUMNS}
FROM (
  SELECT l.index, e.*, sum(octet_length(e.body) + coalesce(octet_length(e.decision::text), 0)
    + coalesce(octet_length(e.context::text), 0)) OVER (ORDER BY l.index, e.id) AS bytes,
    row_number() OVER (ORDER BY l.index, e.id) AS place
  FROM (SELECT * FROM audit.leaf WHERE index >= $1::bigint AND index < $2::bigint ORDER BY index LIMIT $3::int) l
  JOIN audit.event e ON e.ts = l.ts AND e.id = l.event_id
) AS e
WHERE bytes <= $4::bigint OR place = 1
ORDER BY e.index, e.id`

/**
 * Events of the leaves in [start, end), at most `limit` and a page's bytes; `next` is where to go on. Leaves whose event
 * is gone are passed over.
 */
export async function readLog(
  sql: Sql,
  { start, end }: Range,
  limit: number,
): Promise<{ events: LoggedEvent[]; next: number }> {
  const until = Math.min(end, start + limit)
  const rows = await sql<StoredRow & { index: string }>(EVENTS_SQL, [start, until, limit, PAGE_BYTES])
  const events = rows.map((row) => ({
    index: Number(row.index),
    leaf: leafOf(row),
    record: row.body,
    decision: row.decision,
    context: row.context,
  }))
  const last = events.at(-1)
  return { events, next: last ? last.index + 1 : until }
}

/** Tiles of a level from an index on. */
export async function readTilesFrom(
  sql: Sql,
  { level, first, limit = TILES_AT_ONCE }: { level: number; first: number; limit?: number },
): Promise<{ index: number; hashes: Buffer }[]> {
  const rows = await sql<{ index: string; hashes: Buffer }>(
    `SELECT index::text AS index, hashes FROM audit.tile
     WHERE level = $1::smallint AND index >= $2::bigint AND index < $2::bigint + $3::int ORDER BY tile.index`,
    [level, first, limit],
  )
  return rows.map(({ index, hashes }) => ({ index: Number(index), hashes }))
}

/** The first leaf behind all that was archived and taken out; 0 while nothing was. */
export async function firstKept(sql: Sql): Promise<number> {
  const [row] = await sql<{ first: string }>(
    'SELECT coalesce(max(last_index) + 1, 0)::text AS first FROM audit.bundle WHERE removed_at IS NOT NULL',
    [],
  )
  return Number(row?.first ?? 0)
}

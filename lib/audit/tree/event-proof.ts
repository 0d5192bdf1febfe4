/** Where an event is in the log, and what proves it: the leaf's text as its row gives it now, its hash as the tree has it. */

import { leafHashOf, leafOf, STORED_COLUMNS, type StoredRow } from '../sequence/stored-row.ts'
import type { Sql } from '../write/change.ts'
import { type Checkpoint, proofOf, readTiles } from './checkpoints.ts'
import { HASH_BYTES } from './hash.ts'
import { inclusionRanges } from './proof.ts'
import { TILE_WIDTH, tileName } from './tiles.ts'

export type PlacedEvent = {
  readonly id: string
  readonly index: number
  /** Undefined where the row is gone. */
  readonly row: StoredRow | undefined
}

// A row that is gone leaves its entry, which says whose it was.
const PLACE_SQL = `
SELECT l.index::text AS index, e.id IS NOT NULL AS there, ${STORED_COLUMNS}
FROM audit.leaf l LEFT JOIN audit.event e ON e.ts = l.ts AND e.id = l.event_id
LEFT JOIN audit.entry n ON n.ts = l.ts AND n.event_id = l.event_id
WHERE l.event_id = $1::uuid AND l.ts = $2::timestamptz AND coalesce(e.account_id, n.account_id) = $3`

/** The milliseconds that a UUIDv7 begins with: an event's own time. */
const timeOf = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))

/** The event in the log of an account; undefined where it has none by that id. */
export async function placeOf(sql: Sql, account: string, id: string): Promise<PlacedEvent | undefined> {
  const time = timeOf(id)
  // No event's id: the database does not read such years.
  if (time.getUTCFullYear() > 9999) return undefined
  const rows = await sql<StoredRow & { index: string; there: boolean }>(PLACE_SQL, [
    id,
    time.toISOString(),
    account,
  ])
  const [found] = rows
  return found && { id, index: Number(found.index), row: found.there ? found : undefined }
}

export type Proven = {
  /** Empty where the row is gone. */
  readonly leaf: string
  /** 32 bytes, of the tree. */
  readonly leafHash: Buffer
  readonly hashes: readonly Buffer[]
  /** Whether the row is what the tree says. */
  readonly holds: boolean
}

async function treeHash(sql: Sql, index: number): Promise<Buffer> {
  const key = { level: 0, index: Math.floor(index / TILE_WIDTH) }
  const from = (index % TILE_WIDTH) * HASH_BYTES
  const tile = (await readTiles(sql, [key])).get(tileName(key))
  const hash = tile?.hashes.subarray(from, from + HASH_BYTES)
  if (hash?.length !== HASH_BYTES) throw new RangeError(`tile ${tileName(key)} is too short`)
  return hash
}

/** The proof that the event is under the checkpoint. Throws RangeError where tiles are missing. */
export async function proveEvent(
  sql: Sql,
  { index, row }: PlacedEvent,
  checkpoint: Pick<Checkpoint, 'size'>,
): Promise<Proven> {
  const leafHash = await treeHash(sql, index)
  return {
    leaf: row ? leafOf(row) : '',
    leafHash,
    hashes: await proofOf(sql, inclusionRanges(index, checkpoint.size)),
    holds: row !== undefined && leafHashOf(row).equals(leafHash),
  }
}

const COLUMNS = 'origin, size::text AS size, root, at, note'

/** Checkpoints of a size: of the name in use before others. */
export async function checkpointOfSize(
  sql: Sql,
  origin: string,
  size: number,
): Promise<Checkpoint | undefined> {
  const [row] = await sql<Omit<Checkpoint, 'size'> & { size: string }>(
    `SELECT ${COLUMNS} FROM audit.checkpoint WHERE size = $2::bigint AND origin = ANY($3::text[])
     ORDER BY (origin = $1) DESC, at DESC LIMIT 1`,
    [origin, size, await originsOf(sql)],
  )
  return row && { ...row, size: Number(row.size) }
}

/** Few: so that the checkpoints of a size are found by their key. */
async function originsOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ origin: string }>(
    `WITH RECURSIVE names AS (
       (SELECT origin FROM audit.checkpoint ORDER BY origin LIMIT 1)
       UNION ALL
       SELECT (SELECT c.origin FROM audit.checkpoint c WHERE c.origin > names.origin ORDER BY c.origin LIMIT 1)
       FROM names WHERE names.origin IS NOT NULL
     ) SELECT origin FROM names WHERE origin IS NOT NULL`,
    [],
  )
  return rows.map(({ origin }) => origin)
}

/** The newest checkpoint of any name that has a leaf. */
export async function checkpointWithLeaf(sql: Sql, index: number): Promise<Checkpoint | undefined> {
  const [row] = await sql<Omit<Checkpoint, 'size'> & { size: string }>(
    `SELECT ${COLUMNS} FROM audit.checkpoint WHERE size > $1::bigint ORDER BY at DESC LIMIT 1`,
    [index],
  )
  return row && { ...row, size: Number(row.size) }
}

/** Checkpoints and tiles as rows: what the tree's head is, what of it was signed, and the hashes that prove it. */
import type { Sql } from '../write/change.ts'
import { consistencyRanges, extendsTree, proofFrom, type Range, tilesOf } from './proof.ts'
import { edgeOf, rootOfEdge, type Tile, type TileKey, tileName } from './tiles.ts'

export type Checkpoint = {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Buffer
  readonly at: Date
  /** C2SP signed note. */
  readonly note: string
}

export type LogHead = { readonly size: number; readonly root: Buffer; readonly sequencedAt: Date }

export async function readHead(sql: Sql): Promise<LogHead> {
  const [row] = await sql<{ size: string; root: Buffer; at: Date }>(
    'SELECT size::text AS size, root, sequenced_at AS at FROM audit.log',
    [],
  )
  if (!row) throw new Error('the log has no head')
  return { size: Number(row.size), root: row.root, sequencedAt: row.at }
}

type CheckpointRow = Omit<Checkpoint, 'size'> & { readonly size: string }
const checkpointOf = (row: CheckpointRow): Checkpoint => ({ ...row, size: Number(row.size) })

// Order by c.size: `size` alone is the text.
const COLUMNS = 'origin, size::text AS size, root, at, note'

/** The newest of a log's name; undefined while there is none. */
export async function newestCheckpoint(sql: Sql, origin: string): Promise<Checkpoint | undefined> {
  const rows = await sql<CheckpointRow>(
    `SELECT ${COLUMNS} FROM audit.checkpoint c WHERE origin = $1 ORDER BY c.size DESC LIMIT 1`,
    [origin],
  )
  return rows.map(checkpointOf)[0]
}

/** The smallest of a log's name that covers so many leaves. */
export async function checkpointCovering(
  sql: Sql,
  origin: string,
  size: number,
): Promise<Checkpoint | undefined> {
  const rows = await sql<CheckpointRow>(
    `SELECT ${COLUMNS} FROM audit.checkpoint c WHERE origin = $1 AND size >= $2::bigint ORDER BY c.size LIMIT 1`,
    [origin, size],
  )
  return rows.map(checkpointOf)[0]
}

/** Checkpoints, newest first, from before a time on. */
export async function listCheckpoints(
  sql: Sql,
  { before, limit }: { readonly before: Date | undefined; readonly limit: number },
): Promise<Checkpoint[]> {
  const rows = await sql<CheckpointRow>(
    `SELECT ${COLUMNS} FROM audit.checkpoint WHERE $1::timestamptz IS NULL OR at < $1 ORDER BY at DESC LIMIT $2::int`,
    [before?.toISOString() ?? null, limit],
  )
  return rows.map(checkpointOf)
}

/** Gives the row there is: the one of the first who signed that size. */
export async function addCheckpoint(sql: Sql, made: Omit<Checkpoint, 'at'>): Promise<Checkpoint> {
  const added = await sql<CheckpointRow>(
    `INSERT INTO audit.checkpoint (origin, size, root, note) VALUES ($1, $2::bigint, $3, $4)
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [made.origin, made.size, made.root, made.note],
  )
  const [row] =
    added.length > 0
      ? added
      : await sql<CheckpointRow>(
          `SELECT ${COLUMNS} FROM audit.checkpoint WHERE origin = $1 AND size = $2::bigint`,
          [made.origin, made.size],
        )
  if (!row) throw new Error('a checkpoint that was added is not there')
  return checkpointOf(row)
}

/** Tiles by their names; those that are not there are missing. */
export async function readTiles(sql: Sql, keys: readonly TileKey[]): Promise<Map<string, Tile>> {
  if (keys.length === 0) return new Map()
  const rows = await sql<{ level: number; index: string; hashes: Buffer }>(
    `SELECT level, index::text AS index, hashes FROM audit.tile
     WHERE (level, index) IN (SELECT * FROM unnest($1::smallint[], $2::bigint[]))`,
    [keys.map(({ level }) => level), keys.map(({ index }) => index)],
  )
  return new Map(
    rows.map((row) => [
      tileName({ level: row.level, index: Number(row.index) }),
      { ...row, index: Number(row.index) },
    ]),
  )
}

/** The hashes of a proof, from the tiles as they are stored. Throws RangeError where one is too short. */
export async function proofOf(sql: Sql, ranges: readonly Range[]): Promise<Buffer[]> {
  const tiles = await readTiles(sql, tilesOf(ranges))
  return proofFrom(ranges, (key) => tiles.get(tileName(key))?.hashes)
}

/** The root over the first `size` leaves, from the tiles; tiles that have grown since are cut. */
export async function rootAt(sql: Sql, size: number): Promise<Buffer> {
  const keys = edgeOf(size)
  const tiles = await readTiles(sql, keys)
  const edge = keys.map((key) => {
    const width = Math.floor(size / 256 ** key.level) % 256
    const hashes = tiles.get(tileName(key))?.hashes.subarray(0, width * 32)
    if (hashes?.length !== width * 32) throw new RangeError(`tile ${tileName(key)} is too short`)
    return { ...key, hashes }
  })
  return rootOfEdge(edge)
}

/** Whether the tree, as its tiles have it, begins with the one that was signed. */
export async function extendsCheckpoint(
  sql: Sql,
  first: Pick<Checkpoint, 'size' | 'root'>,
  second: Pick<LogHead, 'size' | 'root'>,
): Promise<boolean> {
  if (first.size > second.size) return false
  const proof = await proofOf(sql, consistencyRanges(first.size, second.size))
  return extendsTree({ first, second, proof })
}

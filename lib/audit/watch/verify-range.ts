/**
 * Leaves derived again from the rows they stand for, and tiles from the tiles below: whether what is stored is what was
 * hashed. Works in pieces of few milliseconds; who asks decides how many.
 */
import { Buffer } from 'node:buffer'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { leafHashOf, rowIsOurs, STORED_COLUMNS, type StoredRow } from '../sequence/stored-row.ts'
import { readTiles } from '../tree/checkpoints.ts'
import { HASH_BYTES } from '../tree/hash.ts'
import { nodesAt, perfectRoot, TILE_WIDTH, type Tile, type TileKey, tileName } from '../tree/tiles.ts'
import type { Sql } from '../write/change.ts'
import type { NewFinding } from './findings.ts'

/** Leaves in one piece: some 5 ms of hashing. */
export const PIECE = 256

/** From `first` on, without `end`. */
export type LeafRange = { readonly first: number; readonly end: number }
export type Checking = { readonly sql: Sql; readonly macKey: KeyObject }

type LeafRow = { readonly index: string; readonly event: string; readonly there: boolean } & StoredRow

const LEAVES_SQL = `
SELECT l.index::text AS index, l.event_id AS event, e.id IS NOT NULL AS there, ${STORED_COLUMNS}
FROM audit.leaf l LEFT JOIN audit.event e ON e.ts = l.ts AND e.id = l.event_id
WHERE l.index >= $1::bigint AND l.index < $2::bigint ORDER BY l.index`

/** Days that were taken out by the rules: their leaves are known by tiles alone. */
const BUNDLES_SQL = `
SELECT first_index::text AS first, last_index::text AS last FROM audit.bundle
WHERE removed_at IS NOT NULL AND first_index < $2::bigint AND last_index >= $1::bigint`

const at = (index: number) => ({ first: index, last: index })

/** What is wrong with one row, given the hash that the tree has for it. */
function faultOf(macKey: KeyObject, index: number, row: LeafRow, hash: Uint8Array): NewFinding[] {
  const event = { ...at(index), subject: row.event, details: { eventId: row.event } }
  if (!row.there) return [{ kind: 'missing', ...event }]
  if (!leafHashOf(row).equals(hash)) return [{ kind: 'mismatch', ...event }]
  return rowIsOurs(macKey, row) ? [] : [{ kind: 'mac', ...event }]
}

const about = (kind: 'missing' | 'mismatch', index: number): NewFinding => ({
  kind,
  ...at(index),
  subject: `leaf ${index}`,
  details: { what: 'leaf' },
})

async function hashesOf(sql: Sql, { first, end }: LeafRange): Promise<(index: number) => Buffer> {
  const keys: TileKey[] = []
  for (let index = Math.floor(first / TILE_WIDTH); index * TILE_WIDTH < end; index++)
    keys.push({ level: 0, index })
  const tiles = await readTiles(sql, keys)
  return (index) => {
    const hashes = tiles.get(tileName({ level: 0, index: Math.floor(index / TILE_WIDTH) }))?.hashes
    const from = (index % TILE_WIDTH) * HASH_BYTES
    return (hashes ?? Buffer.alloc(0)).subarray(from, from + HASH_BYTES)
  }
}

/** A leaf that no row names is in order only where its day was taken out. */
async function absent(sql: Sql, range: LeafRange, indexes: readonly number[]): Promise<NewFinding[]> {
  if (indexes.length === 0) return []
  const removed = await sql<{ first: string; last: string }>(BUNDLES_SQL, [range.first, range.end])
  const excused = (index: number) =>
    removed.some(({ first, last }) => index >= Number(first) && index <= Number(last))
  return indexes.filter((index) => !excused(index)).map((index) => about('missing', index))
}

/** One piece. A leaf is named by its event where a row says which that is. */
async function checkLeaves({ sql, macKey }: Checking, range: LeafRange): Promise<NewFinding[]> {
  const rows = await sql<LeafRow>(LEAVES_SQL, [range.first, range.end])
  const hashOf = await hashesOf(sql, range)
  const found: NewFinding[] = []
  const seen = new Set<number>()
  for (const row of rows) {
    const index = Number(row.index)
    if (seen.has(index)) found.push(about('mismatch', index))
    found.push(...faultOf(macKey, index, row, hashOf(index)))
    seen.add(index)
  }
  const without: number[] = []
  for (let index = range.first; index < range.end; index++) if (!seen.has(index)) without.push(index)
  return [...found, ...(await absent(sql, range, without))]
}

/** Full tiles of a level that end in the range, each with the place of its root in the tile above. */
function fullTiles(level: number, { first, end }: LeafRange): { below: TileKey; above: TileKey }[] {
  const found: { below: TileKey; above: TileKey }[] = []
  for (let index = nodesAt(first, level + 1); index < nodesAt(end, level + 1); index++)
    found.push({
      below: { level, index },
      above: { level: level + 1, index: Math.floor(index / TILE_WIDTH) },
    })
  return found
}

function follows(below: Tile | undefined, above: Tile | undefined): boolean {
  if (below?.hashes.length !== TILE_WIDTH * HASH_BYTES || !above) return false
  const from = (below.index % TILE_WIDTH) * HASH_BYTES
  return perfectRoot(below.hashes).equals(above.hashes.subarray(from, from + HASH_BYTES))
}

/** Tiles that became full in the range, of every level, against the level above. */
async function checkTiles(sql: Sql, range: LeafRange): Promise<NewFinding[]> {
  const pairs: { below: TileKey; above: TileKey }[] = []
  for (let level = 0; nodesAt(range.end, level + 1) > 0; level++) pairs.push(...fullTiles(level, range))
  const tiles = await readTiles(
    sql,
    pairs.flatMap(({ below, above }) => [below, above]),
  )
  return pairs
    .filter(({ below, above }) => !follows(tiles.get(tileName(below)), tiles.get(tileName(above))))
    .map(({ below }) => ({
      kind: 'mismatch',
      subject: `tile ${tileName(below)}`,
      first: below.index * TILE_WIDTH ** (below.level + 1),
      last: (below.index + 1) * TILE_WIDTH ** (below.level + 1) - 1,
      details: { what: 'tile', tile: tileName(below) },
    }))
}

/** Everything that is wrong in a range of leaves that the tree has. */
export async function verifyRange(checking: Checking, range: LeafRange): Promise<NewFinding[]> {
  const found: NewFinding[] = []
  for (let first = range.first; first < range.end; first += PIECE) {
    const piece = { first, end: Math.min(range.end, first + PIECE) }
    found.push(...(await checkLeaves(checking, piece)), ...(await checkTiles(checking.sql, piece)))
  }
  return found
}

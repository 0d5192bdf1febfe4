/**
 * The tree as tiles (C2SP tlog-tiles): a tile of level L holds up to 256 hashes of nodes of height 8 L, side by side.
 *
 *   level 1   [ root of tile 0 | root of tile 1 | … ]
 *   level 0   [ leaf 0 … leaf 255 ] [ leaf 256 … leaf 511 ] …
 *
 * Growing touches the right edge only. A tile that is full never changes again.
 */
import { Buffer } from 'node:buffer'
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.ts'

export const TILE_WIDTH = 256

export type TileKey = { readonly level: number; readonly index: number }
export type Tile = TileKey & { readonly hashes: Buffer }

export const tileName = ({ level, index }: TileKey): string => `${level}/${index}`

/** Nodes of a level that a tree of `size` leaves has whole. */
export const nodesAt = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level)

/** The tiles that are not full and not empty: all that is needed to let the tree grow, or to know its root. */
export function edgeOf(size: number): TileKey[] {
  const keys: TileKey[] = []
  for (let level = 0; nodesAt(size, level) > 0; level++) {
    const nodes = nodesAt(size, level)
    if (nodes % TILE_WIDTH > 0) keys.push({ level, index: Math.floor(nodes / TILE_WIDTH) })
  }
  return keys
}

/** The hash of hashes side by side, whose number is a power of two: a perfect subtree. */
export function perfectRoot(hashes: Uint8Array): Buffer {
  let row = Buffer.from(hashes)
  while (row.length > HASH_BYTES) {
    const above: Buffer[] = []
    for (let at = 0; at < row.length; at += 2 * HASH_BYTES)
      above.push(
        nodeHash(row.subarray(at, at + HASH_BYTES), row.subarray(at + HASH_BYTES, at + 2 * HASH_BYTES)),
      )
    row = Buffer.concat(above)
  }
  return row
}

/** Perfect subtrees from left to right, joined to one tree: the right ones are the smaller. */
export function joined(subtrees: readonly Buffer[]): Buffer {
  const last = subtrees.at(-1)
  if (!last) return EMPTY_ROOT
  return subtrees.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

/** The perfect subtrees of a tile that is not full, from left to right. */
function subtreesOf(hashes: Buffer): Buffer[] {
  const found: Buffer[] = []
  const width = hashes.length / HASH_BYTES
  let at = 0
  for (let size = TILE_WIDTH / 2; size >= 1; size /= 2) {
    if ((width & size) === 0) continue
    found.push(perfectRoot(hashes.subarray(at, at + size * HASH_BYTES)))
    at += size * HASH_BYTES
  }
  return found
}

/** The root of a tree whose edge these are: high levels stand on the left. */
export const rootOfEdge = (edge: readonly Tile[]): Buffer =>
  joined([...edge].sort((a, b) => b.level - a.level).flatMap(({ hashes }) => subtreesOf(hashes)))

export type Grown = {
  readonly size: number
  readonly root: Buffer
  /** Every tile that changed, whole. */
  readonly tiles: readonly Tile[]
  /** The tiles that are not full. */
  readonly edge: readonly Tile[]
}

/** A level that grows: the pieces of its open tile, how many hashes they are, and how many nodes it has in all. */
type Growing = { pieces: Buffer[]; width: number; nodes: number; touched: boolean }

/** The tree of `size` leaves and that edge, with more leaves behind. */
export function grow(edge: readonly Tile[], size: number, leaves: readonly Buffer[]): Grown {
  const levels = new Map<number, Growing>(
    edge.map(({ level, hashes }) => [
      level,
      { pieces: [hashes], width: hashes.length / HASH_BYTES, nodes: nodesAt(size, level), touched: false },
    ]),
  )
  const full: Tile[] = []

  const put = (level: number, hash: Buffer): void => {
    const open = levels.get(level) ?? { pieces: [], width: 0, nodes: nodesAt(size, level), touched: true }
    levels.set(level, open)
    open.pieces.push(hash)
    open.width++
    open.nodes++
    open.touched = true
    if (open.width < TILE_WIDTH) return
    const hashes = Buffer.concat(open.pieces)
    full.push({ level, index: open.nodes / TILE_WIDTH - 1, hashes })
    open.pieces = []
    open.width = 0
    put(level + 1, perfectRoot(hashes))
  }
  for (const leaf of leaves) put(0, leaf)

  const grown = [...levels].filter(([, { width }]) => width > 0)
  const tileOf = ([level, { pieces, nodes }]: [number, Growing]): Tile => ({
    level,
    index: Math.floor(nodes / TILE_WIDTH),
    hashes: Buffer.concat(pieces),
  })
  const open = grown.map(tileOf)
  const changed = grown.filter(([, { touched }]) => touched).map(tileOf)
  return { size: size + leaves.length, root: rootOfEdge(open), tiles: [...full, ...changed], edge: open }
}

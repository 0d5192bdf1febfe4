/**
 * Proofs of the tree (RFC 6962 §2.1.1 and §2.1.2), made from tiles, and checked as RFC 9162 §2.1.3.2 and §2.1.4.2 say.
 * A proof is a list of hashes, each of the leaves [start, end): which those are follows from sizes alone.
 */
import { equalBytes } from '../../crypto/equal.ts'
import { HASH_BYTES, nodeHash } from './hash.ts'
import { joined, perfectRoot, TILE_WIDTH, type TileKey, tileName } from './tiles.ts'

/** Leaves from `start` on, without `end`. */
export type Range = { readonly start: number; readonly end: number }

/** The largest power of two below n, which is at least 2. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** What proves that leaf `index` is in the tree of `size`, from the leaf up. Throws RangeError for one that is not. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (index < 0 || index >= size) throw new RangeError(`a tree of ${size} has no leaf ${index}`)
  const ranges: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

function subproof(m: number, { start, end }: Range, whole: boolean): Range[] {
  if (m === end - start) return whole ? [] : [{ start, end }]
  const k = split(end - start)
  if (m <= k) return [...subproof(m, { start, end: start + k }, whole), { start: start + k, end }]
  return [...subproof(m - k, { start: start + k, end }, false), { start, end: start + k }]
}

/** What proves that the tree of `second` begins with the tree of `first`. Throws RangeError for sizes out of order. */
export function consistencyRanges(first: number, second: number): Range[] {
  if (first < 0 || first > second) throw new RangeError(`a tree of ${second} does not extend one of ${first}`)
  return first === 0 || first === second ? [] : subproof(first, { start: 0, end: second }, true)
}

/** A perfect subtree: 2^height leaves, the index-th of its height. */
type Node = { readonly height: number; readonly index: number }

/** A range of a proof as perfect subtrees, from left to right. */
function nodesOf({ start, end }: Range): Node[] {
  const nodes: Node[] = []
  let at = start
  while (at < end) {
    let size = 1
    let height = 0
    while (at % (size * 2) === 0 && at + size * 2 <= end) {
      size *= 2
      height++
    }
    nodes.push({ height, index: at / size })
    at += size
  }
  return nodes
}

/** Where the hashes under a node are: a tile, and which of its hashes. */
function placeOf({ height, index }: Node): { tile: TileKey; from: number; width: number } {
  const level = Math.floor(height / 8)
  const width = 2 ** (height % 8)
  const first = index * width
  return { tile: { level, index: Math.floor(first / TILE_WIDTH) }, from: first % TILE_WIDTH, width }
}

/** The tiles that hold what a proof needs. */
export function tilesOf(ranges: readonly Range[]): TileKey[] {
  const keys = ranges.flatMap(nodesOf).map((node) => placeOf(node).tile)
  return [...new Map(keys.map((key) => [tileName(key), key])).values()]
}

/** The hashes of a proof; `tile` gives a tile's hashes side by side. Throws RangeError where a tile is too short. */
export function proofFrom(
  ranges: readonly Range[],
  tile: (key: TileKey) => Uint8Array | undefined,
): Buffer[] {
  const hashOf = (node: Node) => {
    const { tile: key, from, width } = placeOf(node)
    const hashes = tile(key)?.subarray(from * HASH_BYTES, (from + width) * HASH_BYTES)
    if (hashes?.length !== width * HASH_BYTES) throw new RangeError(`tile ${tileName(key)} is too short`)
    return perfectRoot(hashes)
  }
  return ranges.map((range) => joined(nodesOf(range).map(hashOf)))
}

export type Inclusion = {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Whether the proof leads from the leaf's hash to the root (RFC 9162 §2.1.3.2). */
export function includes({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (index < 0 || index >= size) return false
  let at = index
  let last = size - 1
  let hash: Uint8Array = leaf
  for (const beside of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, beside)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(hash, root)
}

export type Consistency = {
  readonly first: { readonly size: number; readonly root: Uint8Array }
  readonly second: { readonly size: number; readonly root: Uint8Array }
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof shows that the second tree begins with the first (RFC 9162 §2.1.4.2). */
export function extendsTree({ first, second, proof }: Consistency): boolean {
  if (first.size > second.size || first.size < 0) return false
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root)
  // Every tree begins with the empty one.
  if (first.size === 0) return proof.length === 0
  const isPowerOfTwo = 2 ** Math.round(Math.log2(first.size)) === first.size
  const path = isPowerOfTwo ? [first.root, ...proof] : [...proof]
  const [start, ...rest] = path
  if (!start) return false
  let at = first.size - 1
  let last = second.size - 1
  while (at % 2 === 1) {
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  let one = start
  let other = start
  for (const beside of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      one = nodeHash(beside, one)
      other = nodeHash(beside, other)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else {
      other = nodeHash(other, beside)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(one, first.root) && equalBytes(other, second.root)
}

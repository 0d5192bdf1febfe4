/**
 * The tiles of an export, from the leaves up to the root that the checkpoint signs. Each tile must lead to the hash that
 * the tile above has of it; where one does not, the fault is told at the first leaf below that place, unless something
 * was found wrong further down already.
 */
import { Buffer } from 'node:buffer'
import { equalBytes } from '../../crypto/equal.ts'
import { HASH_BYTES } from '../tree/hash.ts'
import { edgeOf, perfectRoot, rootOfEdge, TILE_WIDTH, type Tile, tileName } from '../tree/tiles.ts'
import type { Faults } from './faults.ts'
import { levelsOf, partOf } from './paths.ts'
import type { StoredParts } from './stored-parts.ts'

/** A tile as it stands, and as what is below makes it; undefined where that is not whole. */
export type TwoTiles = { readonly stored: Buffer | undefined; readonly made: Buffer | undefined }

/** What a full tile says to the one above. */
type Child = { readonly roots: readonly Buffer[]; readonly faulty: boolean }
export type Level = {
  /** By index: full tiles of this level. */
  readonly full: ReadonlyMap<number, Child>
  /** The one that is not full. */
  readonly edge: (TwoTiles & { readonly index: number }) | undefined
}

export type NewLevel = {
  readonly put: (index: number, tiles: TwoTiles, faulty: boolean) => void
  readonly level: () => Level
}

const FULL = TILE_WIDTH * HASH_BYTES

/** Collects the tiles of a level of a tree of that size. */
export function newLevel(level: number, size: number): NewLevel {
  const full = new Map<number, Child>()
  let edge: Level['edge']
  return {
    put(index, { stored, made }, faulty) {
      if (partOf({ kind: 'tile', level }, index, size)?.width !== TILE_WIDTH) {
        edge = { index, stored, made }
        return
      }
      const same = stored !== undefined && made !== undefined && equalBytes(stored, made)
      const whole = (same ? [stored] : [made, stored]).filter((hashes) => hashes?.length === FULL)
      // What was filtered is there.
      full.set(index, { roots: whole.map((hashes) => perfectRoot(hashes ?? Buffer.alloc(0))), faulty })
    },
    level: () => ({ full, edge }),
  }
}

type Wanted = {
  readonly stored: StoredParts
  readonly size: number
  /** The first leaf that must be shown of those under a tile; undefined where none must. */
  readonly needed: (level: number, index: number) => number | undefined
}

/** One tile above the leaves: gives what its children make of it, and whether anything at or below it is wrong. */
function checkTile(
  { level, index, hashes }: { level: number; index: number; hashes: Buffer | undefined },
  { below, width }: { below: Level; width: number },
  faults: Faults,
): { made: Buffer | undefined; faulty: boolean } {
  const pieces: Buffer[] = []
  let faulty = false
  for (let place = 0; place < width; place++) {
    const child = below.full.get(index * TILE_WIDTH + place)
    const stated = hashes?.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)
    const holds = !child || !stated || child.roots.some((root) => equalBytes(root, stated))
    faulty ||= child?.faulty === true || !holds
    if (child && !holds && !child.faulty)
      faults.add(
        (index * TILE_WIDTH + place) * TILE_WIDTH ** level,
        `tile ${tileName({ level: level - 1, index: index * TILE_WIDTH + place })} does not lead to what tile ${tileName({ level, index })} has of it`,
      )
    const piece = child?.roots[0] ?? stated
    if (piece?.length === HASH_BYTES) pieces.push(piece)
  }
  return { made: pieces.length === width ? Buffer.concat(pieces) : undefined, faulty }
}

/** The tiles of one level that are there or must be, checked against the level below. */
export async function checkLevel(
  level: number,
  below: Level,
  { stored, size, needed }: Wanted,
  faults: Faults,
): Promise<Level> {
  const family = { kind: 'tile', level } as const
  const collected = newLevel(level, size)
  for (let index = 0; ; index++) {
    const part = partOf(family, index, size)
    if (!part) return collected.level()
    const hashes = await stored.read(family, index)
    const first = needed(level, index)
    if (!hashes && first === undefined) continue
    const before = faults.count()
    checkShape({ level, index, hashes, width: part.width, first }, faults)
    const { made, faulty } = checkTile({ level, index, hashes }, { below, width: part.width }, faults)
    collected.put(index, { stored: hashes, made }, faulty || faults.count() > before)
  }
}

/** A tile is there and as long as its width says. */
export function checkShape(
  tile: {
    level: number
    index: number
    hashes: Buffer | undefined
    width: number
    first: number | undefined
  },
  faults: Faults,
): void {
  const { level, index, hashes, width, first } = tile
  const name = `tile ${tileName({ level, index })}`
  const at = (place: number) => (index * TILE_WIDTH + place) * TILE_WIDTH ** level
  if (!hashes) {
    if (first !== undefined) faults.add(first, `${name} is missing`)
  } else if (hashes.length < width * HASH_BYTES) {
    faults.add(at(Math.floor(hashes.length / HASH_BYTES)), `${name} is too short`)
  } else if (hashes.length > width * HASH_BYTES) {
    faults.add(at(0), `${name} has more bytes than its hashes`)
  }
}

const edgeTiles = (levels: readonly Level[], size: number, of: (tiles: TwoTiles) => Buffer | undefined) =>
  edgeOf(size).flatMap(({ level, index }): Tile[] => {
    const edge = levels[level]?.edge
    const hashes = edge && of(edge)
    return hashes ? [{ level, index, hashes }] : []
  })

/** Whether the tiles at the edge, as they stand or as they are made, lead to the root. */
export function leadsTo(root: Buffer, levels: readonly Level[], size: number): boolean {
  const stored = edgeTiles(levels, size, (tiles) => tiles.stored ?? tiles.made)
  const made = edgeTiles(levels, size, (tiles) => tiles.made ?? tiles.stored)
  return [stored, made].some((edge) => equalBytes(rootOfEdge(edge), root))
}

/** The root that the first `size` leaves had; undefined where the tiles for it are not there. */
export async function rootAt(stored: StoredParts, size: number): Promise<Buffer | undefined> {
  const edge: Tile[] = []
  for (const { level, index } of edgeOf(size)) {
    const width = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH
    const hashes = (await stored.read({ kind: 'tile', level }, index))?.subarray(0, width * HASH_BYTES)
    if (hashes?.length !== width * HASH_BYTES) return undefined
    edge.push({ level, index, hashes })
  }
  return rootOfEdge(edge)
}

/** All levels above the leaves. */
export async function checkTiles(leaves: Level, wanted: Wanted, faults: Faults): Promise<readonly Level[]> {
  const levels = [leaves]
  for (let level = 1, below = leaves; level < levelsOf(wanted.size); level++) {
    below = await checkLevel(level, below, wanted, faults)
    levels.push(below)
  }
  return levels
}

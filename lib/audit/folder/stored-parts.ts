/** The tiles, entries and events that are in an export, found by what a tree of a size would have there. */
import type { Buffer } from 'node:buffer'
import { HASH_BYTES } from '../tree/hash.ts'
import { TILE_WIDTH } from '../tree/tiles.ts'
import type { Faults } from './faults.ts'
import { type Family, type Part, parsePath, partOf, printPath } from './paths.ts'
import { NAMES, type Source } from './source.ts'

export type StoredParts = {
  /** Of the wanted width, else a wider one (tiles cut to what is wanted), else the widest there is. */
  readonly read: (family: Family, index: number) => Promise<Buffer | undefined>
  /** Indexes of a family of which something is there, ascending. */
  readonly indexes: (family: Family) => readonly number[]
}

const keyOf = (family: Family) => (family.kind === 'tile' ? `tile/${family.level}` : family.kind)

const ALLOWED: ReadonlySet<string> = new Set(Object.values(NAMES))

/** The first leaf under the place where a tile, or a file of leaves, has its n-th. */
const leafAt = ({ family, index }: Part, n: number) =>
  (index * TILE_WIDTH + n) * (family.kind === 'tile' ? TILE_WIDTH ** family.level : 1)

/** What a folder should not have is a fault: nobody says what it would be good for. */
function checkPath(path: string, part: Part | undefined, size: number, faults: Faults): void {
  if (ALLOWED.has(path)) return
  if (!part) {
    faults.add(null, `${path} is no file of an export`)
    return
  }
  const expected = partOf(part.family, part.index, size)
  if (expected?.width === part.width) return
  const at =
    expected && part.width < expected.width ? leafAt(part, part.width) : Math.max(size, leafAt(part, 0))
  faults.add(at, `${path} belongs to a log of another size than the checkpoint's ${size}`)
}

/** Reads the names of all files; adds those that do not belong to a tree of that size. */
export async function openStored(source: Source, size: number, faults: Faults): Promise<StoredParts> {
  const byFamily = new Map<string, Map<number, number[]>>()
  for (const path of await source.paths()) {
    const part = parsePath(path)
    checkPath(path, part, size, faults)
    if (!part) continue
    const name = keyOf(part.family)
    const held = byFamily.get(name) ?? new Map<number, number[]>()
    byFamily.set(name, held)
    held.set(part.index, [...(held.get(part.index) ?? []), part.width])
  }
  return {
    async read(family, index) {
      const wanted = partOf(family, index, size)
      const widths = [...(byFamily.get(keyOf(family))?.get(index) ?? [])].sort((a, b) => a - b)
      const width = widths.find((one) => one >= (wanted?.width ?? 0)) ?? widths.at(-1)
      if (!wanted || width === undefined) return undefined
      const bytes = await source.read(printPath({ family, index, width }))
      return family.kind === 'tile' && width > wanted.width
        ? bytes?.subarray(0, wanted.width * HASH_BYTES)
        : bytes
    },
    indexes: (family) => [...(byFamily.get(keyOf(family))?.keys() ?? [])].sort((a, b) => a - b),
  }
}

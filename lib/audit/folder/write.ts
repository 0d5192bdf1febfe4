/**
 * Writes an export: events and entries, then tiles, then what says of which checkpoint it is. It can go on where an
 * earlier one ended, or was interrupted; until it is done the folder says that it is not.
 */
import { Buffer } from 'node:buffer'
import { HASH_BYTES } from '../tree/hash.ts'
import type { TreeHead } from '../tree/note.ts'
import { edgeOf, rootOfEdge, TILE_WIDTH, tileName } from '../tree/tiles.ts'
import { encodeEntries } from './entry-bundle.ts'
import { exportedEvent, type LoggedEvent, printEvent } from './event-line.ts'
import { type Family, levelsOf, parsePath, partOf, printPath, type Range, tilesOver } from './paths.ts'
import { NAMES, type Source } from './source.ts'

export type Sink = Source & {
  /** Whole or not at all. */
  readonly write: (path: string, bytes: Uint8Array | string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
}

/** What a log gives. Events that it no longer has are left out. */
export type Feed = {
  /** From a leaf on, ascending, before `end`; `next` where it goes on. */
  readonly events: (first: number, end: number) => Promise<{ events: readonly LoggedEvent[]; next: number }>
  /** Some tiles of a level from an index on, ascending: at least the first, if there is one. */
  readonly tiles: (level: number, first: number) => Promise<readonly { index: number; hashes: Buffer }[]>
}

/** Why an export cannot go on; in words for a person. */
export class ExportError extends Error {
  override readonly name = 'ExportError'
}

export type ExportTask = {
  readonly feed: Feed
  readonly sink: Sink
  readonly head: TreeHead
  /** Leaves to show, ascending. */
  readonly ranges: readonly Range[]
  readonly progress?: (events: number) => void
}

const EVENTS: Family = { kind: 'events' }
const ENTRIES: Family = { kind: 'entries' }

async function writeBundle({ sink, head }: ExportTask, index: number, events: readonly LoggedEvent[]) {
  const part = partOf(EVENTS, index, head.size)
  if (!part || events.length === 0) return
  const texts: (string | null)[] = Array.from({ length: part.width }, () => null)
  for (const { index: leaf, leaf: text } of events) texts[leaf - index * TILE_WIDTH] = text
  const lines = events.map((event) => {
    const exported = exportedEvent(event)
    if (!exported) throw new ExportError(`The leaf of event ${event.index} cannot be read.`)
    return printEvent(exported)
  })
  await sink.write(printPath({ ...part, family: ENTRIES }), encodeEntries(texts))
  await sink.write(printPath(part), lines.join(''))
}

/** The first leaf of a range whose file is not there yet: files that are full never change. */
function firstMissing(present: ReadonlySet<string>, { start, end }: Range): number {
  let index = Math.floor(start / TILE_WIDTH)
  const isThere = () =>
    [EVENTS, ENTRIES].every((family) => present.has(printPath({ family, index, width: TILE_WIDTH })))
  while ((index + 1) * TILE_WIDTH <= end && isThere()) index++
  return Math.max(start, index * TILE_WIDTH)
}

/** Events of all ranges, in files of 256. Two ranges may meet in one file. */
async function writeEvents(task: ExportTask, present: ReadonlySet<string>): Promise<number> {
  let held: LoggedEvent[] = []
  let index = -1
  let count = 0
  const flush = async () => {
    if (held.length > 0) await writeBundle(task, index, held)
    count += held.length
    held = []
  }
  const put = async (event: LoggedEvent) => {
    const bundle = Math.floor(event.index / TILE_WIDTH)
    if (bundle !== index) await flush()
    index = bundle
    held.push(event)
  }
  for (const range of task.ranges) {
    // Only a log that is shown whole is ever gone on with.
    let at = task.ranges.length === 1 ? firstMissing(present, range) : range.start
    while (at < range.end) {
      const page = await task.feed.events(at, range.end)
      for (const event of page.events) await put(event)
      if (page.next <= at) throw new ExportError(`The log gives nothing from event ${at} on.`)
      at = page.next
      task.progress?.(at)
    }
  }
  await flush()
  return count
}

/** Tiles that lead from the ranges to the root, by level. */
function wantedTiles({ ranges, head }: ExportTask, level: number): number[] {
  const wanted = new Set(
    edgeOf(head.size)
      .filter((tile) => tile.level === level)
      .map((tile) => tile.index),
  )
  for (const range of ranges) {
    const { start, end } = tilesOver(level, range, head.size)
    for (let index = start; index < end; index++) wanted.add(index)
  }
  return [...wanted].sort((a, b) => a - b)
}

/** Tiles that an earlier export wrote when they were not full, by name. */
function earlierTiles(present: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const path of present) {
    const part = parsePath(path)
    if (part?.family.kind !== 'tile' || part.width === TILE_WIDTH) continue
    const name = tileName({ level: part.family.level, index: part.index })
    found.set(name, [...(found.get(name) ?? []), path])
  }
  return found
}

/** What an earlier export wrote of a tile must be how it begins now. */
async function checkGrowth(sink: Sink, hashes: Buffer, earlier: readonly string[]): Promise<void> {
  for (const path of earlier) {
    const before = await sink.read(path)
    const common = Math.min(hashes.length, before?.length ?? 0)
    if (!before?.subarray(0, common).equals(hashes.subarray(0, common)))
      throw new ExportError('This log does not begin with the events that the folder holds.')
  }
}

async function writeTiles(task: ExportTask, present: ReadonlySet<string>): Promise<void> {
  const earlier = earlierTiles(present)
  for (let level = 0; level < levelsOf(task.head.size); level++) {
    const family = { kind: 'tile', level } as const
    const missing = wantedTiles(task, level).filter(
      (index) => !present.has(printPath({ family, index, width: TILE_WIDTH })),
    )
    let page = new Map<number, Buffer>()
    for (const index of missing) {
      if (!page.has(index))
        page = new Map((await task.feed.tiles(level, index)).map((tile) => [tile.index, tile.hashes]))
      const part = partOf(family, index, task.head.size)
      const hashes = page.get(index)?.subarray(0, (part?.width ?? 0) * HASH_BYTES)
      if (!part || hashes?.length !== part.width * HASH_BYTES)
        throw new ExportError(`Tile ${level}/${index} of the log is not whole.`)
      await checkGrowth(task.sink, hashes, earlier.get(tileName({ level, index })) ?? [])
      await task.sink.write(printPath(part), hashes)
    }
  }
}

async function checkRoot({ sink, head }: ExportTask): Promise<void> {
  const edge = await Promise.all(
    edgeOf(head.size).map(async ({ level, index }) => {
      const part = partOf({ kind: 'tile', level }, index, head.size)
      const hashes = part && (await sink.read(printPath(part)))
      return { level, index, hashes: hashes ?? Buffer.alloc(0) }
    }),
  )
  if (!rootOfEdge(edge).equals(head.root))
    throw new ExportError('The tiles of the log do not lead to the root of its checkpoint.')
}

/** What belongs to a smaller log, or was left half-written. */
async function prune({ sink, head }: ExportTask): Promise<void> {
  for (const path of await sink.paths()) {
    const part = parsePath(path)
    const stale = part && partOf(part.family, part.index, head.size)?.width !== part.width
    if (stale || path.endsWith('.tmp')) await sink.remove(path)
  }
}

/**
 * Writes events, entries and tiles, and `named` files last, the checkpoint at the very end. Gives how many events were
 * written now. @throws ExportError, and what the sink throws.
 */
export async function writeExport(task: ExportTask, named: ReadonlyMap<string, string>): Promise<number> {
  const { sink } = task
  await sink.write(NAMES.unfinished, `An export up to event ${task.head.size} is being written here.\n`)
  const present = new Set(await sink.paths())
  const count = await writeEvents(task, present)
  await writeTiles(task, present)
  await checkRoot(task)
  for (const [name, text] of named) await sink.write(name, text)
  await prune(task)
  await sink.remove(NAMES.unfinished)
  return count
}

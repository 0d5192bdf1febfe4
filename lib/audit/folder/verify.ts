/**
 * Checks an export with nothing but its files and the log's public key: every leaf is made again from its event, every
 * tile from what is below, the root from the tiles; the checkpoint's signature covers the root. Streams: 256 events are
 * held at a time, and 32 bytes of every 256.
 */
import { sha256Hex } from '../../crypto/digest.ts'
import { NoteError, openCheckpoint, type TreeHead, type VerifierKey } from '../tree/note.ts'
import { TILE_WIDTH } from '../tree/tiles.ts'
import { type ArchiveStatement, parseArchive, parseSums } from './archive-note.ts'
import { checkLeaves } from './check-leaves.ts'
import { checkShape, checkTiles, type Level, leadsTo, newLevel, rootAt } from './check-tiles.ts'
import type { ExportedEvent } from './event-line.ts'
import { type Fault, type Faults, newFaults } from './faults.ts'
import { type Gap, type Numbers, newNumbers } from './numbers.ts'
import { partOf, type Range, tilesOver } from './paths.ts'
import { openSigned } from './signed.ts'
import { NAMES, type Source } from './source.ts'
import { openStored, type StoredParts } from './stored-parts.ts'

export type VerifyOptions = {
  readonly keys: readonly VerifierKey[]
  /** Leaves before this one need not be shown. */
  readonly from?: number | undefined
  /** Signed checkpoints that this log must begin with. */
  readonly older?: readonly string[] | undefined
  /** Told now and then how many events were checked. */
  readonly progress?: (events: number) => void
}

export type Report = {
  /** What the checkpoint states; undefined when it is none, or nobody known signed it. */
  readonly head: TreeHead | undefined
  /** Of an archived day, what it says it is. */
  readonly archive: ArchiveStatement | undefined
  /** The leaves that had to be shown. */
  readonly required: readonly Range[]
  readonly events: number
  readonly faults: number
  readonly told: readonly Fault[]
  /** Numbers of engines that are missing for good, and those that may come with a later export. */
  readonly gaps: readonly Gap[]
  readonly open: readonly Gap[]
}

const MINUTE_MS = 60_000
const PROGRESS_EVERY = 100_000

const why = (thrown: unknown): string => {
  if (thrown instanceof NoteError) return thrown.message
  throw thrown
}

async function readHead(source: Source, keys: readonly VerifierKey[], faults: Faults) {
  const note = await source.read(NAMES.checkpoint)
  if (!note) {
    faults.add(null, 'there is no checkpoint')
    return undefined
  }
  try {
    return openCheckpoint(note.toString('utf8'), keys)
  } catch (thrown) {
    faults.add(null, `the checkpoint: ${why(thrown)}`)
    return undefined
  }
}

/** The statement of an archived day, and whether the files are those that it means. */
async function readArchive(
  source: Source,
  keys: readonly VerifierKey[],
  faults: Faults,
): Promise<ArchiveStatement | undefined> {
  const note = await source.read(NAMES.archive)
  if (!note) return undefined
  let statement: ArchiveStatement | undefined
  try {
    statement = parseArchive(openSigned(note.toString('utf8'), keys))
  } catch (thrown) {
    faults.add(null, `the archive's note: ${why(thrown)}`)
    return undefined
  }
  if (!statement) {
    faults.add(null, "the archive's note is none")
    return undefined
  }
  await checkSums(source, statement, faults)
  return statement
}

async function checkSums(source: Source, { sums }: ArchiveStatement, faults: Faults): Promise<void> {
  const text = await source.read(NAMES.sums)
  const listed = text && parseSums(text.toString('utf8'))
  if (!text || !listed || sha256Hex(text) !== sums) {
    faults.add(null, "SHA256SUMS is not the one that the archive's note signs")
    return
  }
  for (const [path, hex] of listed) {
    const bytes = await source.read(path)
    if (!bytes || sha256Hex(bytes) !== hex) faults.add(null, `${path} is not the file that SHA256SUMS names`)
  }
}

type Walk = {
  readonly stored: StoredParts
  readonly size: number
  readonly required: readonly Range[]
  readonly needed: (level: number, index: number) => number | undefined
  readonly seen: (event: ExportedEvent) => void
}

/** The first leaf that must be shown of those under a tile. */
const neededOf = (required: readonly Range[], size: number) => (level: number, index: number) => {
  const span = TILE_WIDTH ** (level + 1)
  for (const range of required) {
    const tiles = tilesOver(level, range, size)
    if (index >= tiles.start && index < tiles.end) return Math.max(range.start, index * span)
  }
  // What leads to the root is needed in any case.
  const width = partOf({ kind: 'tile', level }, index, size)?.width ?? 0
  return width < TILE_WIDTH ? index * span : undefined
}

async function checkBundle(index: number, walk: Walk, leaves: ReturnType<typeof newLevel>, faults: Faults) {
  const { stored, size, required, needed, seen } = walk
  const tile = { kind: 'tile', level: 0 } as const
  const width = partOf(tile, index, size)?.width ?? 0
  const hashes = await stored.read(tile, index)
  const events = await stored.read({ kind: 'events' }, index)
  const entries = await stored.read({ kind: 'entries' }, index)
  const start = index * TILE_WIDTH
  const before = faults.count()
  checkShape({ level: 0, index, hashes, width, first: needed(0, index) }, faults)
  const isRequired = (leaf: number) => required.some((range) => leaf >= range.start && leaf < range.end)
  const one = { start, width, required: isRequired, events, entries, tile: hashes, seen }
  const { made, differ } = checkLeaves(one, faults)
  for (const place of differ)
    faults.add(start + place, 'its event and the hash in the tile do not belong together')
  if (hashes || made) leaves.put(index, { stored: hashes, made }, faults.count() > before)
}

/** All leaves that are there or must be. */
async function walkLeaves(walk: Walk, faults: Faults): Promise<Level> {
  const { stored, size, required } = walk
  const leaves = newLevel(0, size)
  const indexes = new Set<number>()
  for (const range of required) {
    const { start, end } = tilesOver(0, range, size)
    for (let index = start; index < end; index++) indexes.add(index)
  }
  for (const family of [{ kind: 'tile', level: 0 }, { kind: 'entries' }, { kind: 'events' }] as const)
    for (const index of stored.indexes(family)) if (index * TILE_WIDTH < size) indexes.add(index)
  for (const index of [...indexes].sort((a, b) => a - b)) await checkBundle(index, walk, leaves, faults)
  return leaves.level()
}

/** What was there at an earlier time must be what the log begins with. */
async function checkOlder(
  { older = [], keys }: VerifyOptions,
  { stored, head }: { stored: StoredParts; head: TreeHead },
  faults: Faults,
): Promise<void> {
  for (const note of older) {
    let earlier: TreeHead
    try {
      earlier = openCheckpoint(note, keys)
    } catch (thrown) {
      faults.add(null, `the older checkpoint: ${why(thrown)}`)
      continue
    }
    if (earlier.size > head.size) {
      faults.add(
        head.size,
        `the log once had ${earlier.size} events; ${earlier.size - head.size} are cut off`,
      )
      continue
    }
    const root = await rootAt(stored, earlier.size)
    if (!root) faults.add(null, `the tiles of the first ${earlier.size} events are not here to compare`)
    else if (!root.equals(earlier.root))
      faults.add(null, `the log does not begin with the ${earlier.size} events that it once had`)
  }
}

/** Takes the numbers of events, and says when one has another's. */
function counting(numbers: Numbers, faults: Faults, progress: VerifyOptions['progress']) {
  let events = 0
  let newest = ''
  return {
    seen(event: ExportedEvent) {
      events++
      if (event.time > newest) newest = event.time
      if (!numbers.take(event))
        faults.add(
          event.index,
          `it has number ${event.counter} (${event.stream}) of engine ${event.engineId}, as another event has`,
        )
      if (events % PROGRESS_EVERY === 0) progress?.(events)
    },
    events: () => events,
    newest: () => newest,
  }
}

/** Everything that can be said of an export. Throws only for what the source throws. */
export async function verifyExport(source: Source, options: VerifyOptions): Promise<Report> {
  const faults = newFaults()
  const numbers = newNumbers()
  const count = counting(numbers, faults, options.progress)
  if (await source.read(NAMES.unfinished))
    faults.add(null, 'an export into this folder was not finished: run it again')
  const archive = await readArchive(source, options.keys, faults)
  const head = await readHead(source, options.keys, faults)
  const from = options.from ?? 0
  const required = archive?.ranges ?? (head && from < head.size ? [{ start: from, end: head.size }] : [])
  if (head && from > head.size) faults.add(head.size, `there is no event ${from}`)
  if (head) {
    const { size } = head
    const stored = await openStored(source, size, faults)
    const walk = { stored, size, required, needed: neededOf(required, size), seen: count.seen }
    const levels = await checkTiles(await walkLeaves(walk, faults), walk, faults)
    if (!leadsTo(head.root, levels, size))
      faults.add(null, 'the hashes do not lead to the root that the checkpoint signs')
    await checkOlder(options, { stored, head }, faults)
  }
  // An archived day has all its own numbers only together with its neighbours.
  const found = archive ? [] : numbers.gaps(required[0]?.start === 0)
  const isOpen = (gap: Gap) => Date.parse(count.newest()) - Date.parse(gap.time) < MINUTE_MS
  return {
    head,
    archive,
    required,
    events: count.events(),
    faults: faults.count(),
    told: faults.told(),
    gaps: found.filter((gap) => !isOpen(gap)),
    open: found.filter(isOpen),
  }
}

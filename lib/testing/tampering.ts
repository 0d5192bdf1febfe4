/**
 * Ways to tamper with an export, each with the first event that a check must name. Every case is drawn from a seed, so
 * that what failed can be done again.
 */
import { Buffer } from 'node:buffer'
import { decodeEntries, encodeEntries } from '#lib/audit/folder/entry-bundle.ts'
import { type ExportedEvent, leafOf, parseEvent, printEvent } from '#lib/audit/folder/event-line.ts'
import { parsePath } from '#lib/audit/folder/paths.ts'
import { HASH_BYTES, leafHash } from '#lib/audit/tree/hash.ts'
import { TILE_WIDTH } from '#lib/audit/tree/tiles.ts'

export type Files = Map<string, Buffer>

/** Numbers below n, the same for the same seed. */
export function drawing(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}

type Draw = (n: number) => number

/** What was done; `index` is the first event that is not as it was, null where no event by itself is concerned. */
export type Tampered = { readonly files: Files; readonly what: string; readonly index: number | null }

export type Untouched = {
  readonly files: Files
  readonly size: number
  /** A signed checkpoint of an earlier time. */
  readonly earlier: { readonly size: number; readonly note: string }
}

const pathsOf = (files: Files, pattern: RegExp) =>
  [...files.keys()].filter((path) => pattern.test(path)).sort()
const pick = <T>(draw: Draw, from: readonly T[]): T => from[draw(from.length)]!
const two = (draw: Draw, n: number): [number, number] => {
  const one = draw(n - 1)
  return [one, one + 1 + draw(n - 1 - one)]
}

/** The file that has an event, in a copy of all files. */
function bundleOf(files: Files, kind: 'events' | 'entries', index: number) {
  const path = [...files.keys()].find((name) => {
    const part = parsePath(name)
    return part?.family.kind === kind && part.index === Math.floor(index / TILE_WIDTH)
  })!
  return { path, place: index % TILE_WIDTH, bytes: files.get(path)! }
}

const linesOf = (bytes: Buffer) => bytes.toString('utf8').split('\n').slice(0, -1)
const joinLines = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''))
const put = (files: Files, path: string, bytes: Buffer): Files => new Map(files).set(path, bytes)

function changedText(draw: Draw, text: string): string {
  const at = draw(text.length)
  const other = text[at] === 'x' ? 'y' : 'x'
  return text.slice(0, at) + other + text.slice(at + 1)
}

const FIELDS = [
  'record',
  'record',
  'record',
  'decision',
  'context',
  'id',
  'time',
  'account',
  'region',
  'keyId',
  'engineId',
  'stream',
] as const

function editEvent({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes)
  const event = parseEvent(lines[place]!)!
  const field = pick(draw, FIELDS)
  const value = event[field]
  const changed: ExportedEvent = { ...event, [field]: value === null ? 'x' : changedText(draw, value) }
  lines[place] = printEvent(changed).trimEnd()
  return { files: put(files, path, joinLines(lines)), what: `${field} of event ${index} edited`, index }
}

function editCounter({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes)
  const event = parseEvent(lines[place]!)!
  lines[place] = printEvent({ ...event, counter: String(Number(event.counter) + 1 + draw(size)) }).trimEnd()
  return { files: put(files, path, joinLines(lines)), what: `counter of event ${index} edited`, index }
}

function nullify({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes)
  const event = parseEvent(lines[place]!)!
  const field = pick(draw, ['decision', 'context'] as const)
  lines[place] = printEvent({ ...event, [field]: event[field] === null ? '{}' : null }).trimEnd()
  return {
    files: put(files, path, joinLines(lines)),
    what: `${field} of event ${index} taken away or added`,
    index,
  }
}

function editEntry({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'entries', index)
  const { texts } = decodeEntries(bytes)
  texts[place] = changedText(draw, texts[place]!)
  return { files: put(files, path, encodeEntries(texts)), what: `entry ${index} edited`, index }
}

/** Event, entry and hash alike: only the tiles above, or the signature, know. */
function rewrite({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes)
  const event = parseEvent(lines[place]!)!
  const changed = { ...event, record: changedText(draw, event.record) }
  lines[place] = printEvent(changed).trimEnd()
  const entries = bundleOf(files, 'entries', index)
  const { texts } = decodeEntries(entries.bytes)
  texts[place] = leafOf(changed)
  const tilePath = pathsOf(files, /^tile\/0\//).find(
    (name) => parsePath(name)!.index === Math.floor(index / TILE_WIDTH),
  )!
  const tile = Buffer.from(files.get(tilePath)!)
  leafHash(Buffer.from(leafOf(changed))).copy(tile, place * HASH_BYTES)
  const done = put(
    put(put(files, path, joinLines(lines)), entries.path, encodeEntries(texts)),
    tilePath,
    tile,
  )
  // Of a full tile the one above has the root; of the last, only the signed root.
  const full = tile.length === TILE_WIDTH * HASH_BYTES
  return {
    files: done,
    what: `event ${index} rewritten with its entry and hash`,
    index: full ? index - place : null,
  }
}

function deleteLine({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes).filter((_, at) => at !== place)
  return { files: put(files, path, joinLines(lines)), what: `event ${index} deleted`, index }
}

/** As if it had never been: everything after it in its file moves up by one. */
function deleteAndCloseUp({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes).filter((_, at) => at !== place)
  const moved = lines.map((line, at) =>
    at < place ? line : printEvent({ ...parseEvent(line)!, index: index - place + at }).trimEnd(),
  )
  const entries = bundleOf(files, 'entries', index)
  const texts = decodeEntries(entries.bytes).texts.filter((_, at) => at !== place)
  const done = put(put(files, path, joinLines(moved)), entries.path, encodeEntries(texts))
  return { files: done, what: `event ${index} deleted and the rest of its file moved up`, index }
}

function insertCopy({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes)
  lines.splice(place, 0, lines[place]!)
  return { files: put(files, path, joinLines(lines)), what: `event ${index} inserted twice`, index }
}

/** A made-up event in its place; everything behind it in its file moves down. */
function insertForged({ files, size }: Untouched, draw: Draw): Tampered {
  const index = draw(size)
  const { path, place, bytes } = bundleOf(files, 'events', index)
  const lines = linesOf(bytes)
  const event = parseEvent(lines[place]!)!
  const forged = printEvent({ ...event, record: changedText(draw, event.record) }).trimEnd()
  const behind = lines.slice(place).map((line) => {
    const other = parseEvent(line)!
    return printEvent({ ...other, index: other.index + 1 }).trimEnd()
  })
  const done = put(files, path, joinLines([...lines.slice(0, place), forged, ...behind]))
  return { files: done, what: `a forged event inserted at ${index}`, index }
}

function swapLines({ files, size }: Untouched, draw: Draw): Tampered {
  const { path, bytes } = bundleOf(files, 'events', draw(size))
  const lines = linesOf(bytes)
  const [one, other] = two(draw, lines.length)
  const index = parseEvent(lines[one]!)!.index
  const relabel = draw(2) === 0
  const put2 = (line: string, from: string) =>
    relabel ? printEvent({ ...parseEvent(line)!, index: parseEvent(from)!.index }).trimEnd() : line
  const swapped = [...lines]
  swapped[one] = put2(lines[other]!, lines[one]!)
  swapped[other] = put2(lines[one]!, lines[other]!)
  return {
    files: put(files, path, joinLines(swapped)),
    what: `events ${index} and ${index + other - one} swapped`,
    index,
  }
}

function swapEntries({ files, size }: Untouched, draw: Draw): Tampered {
  const at = draw(size)
  const { path, bytes, place } = bundleOf(files, 'entries', at)
  const { texts } = decodeEntries(bytes)
  const [one, other] = two(draw, texts.length)
  const [a, b] = [texts[one]!, texts[other]!]
  texts[one] = b
  texts[other] = a
  return { files: put(files, path, encodeEntries(texts)), what: `entries swapped`, index: at - place + one }
}

/** The first leaf under the n-th hash of a tile. */
const under = (path: string, n: number) => {
  const { family, index } = parsePath(path)!
  return (index * TILE_WIDTH + n) * TILE_WIDTH ** (family.kind === 'tile' ? family.level : 0)
}

function editTile({ files }: Untouched, draw: Draw): Tampered {
  const path = pick(draw, pathsOf(files, /^tile\/\d\//))
  const hashes = Buffer.from(files.get(path)!)
  const at = draw(hashes.length)
  hashes[at] = hashes[at]! ^ (1 << draw(8))
  return {
    files: put(files, path, hashes),
    what: `byte ${at} of ${path} edited`,
    index: under(path, Math.floor(at / HASH_BYTES)),
  }
}

function swapTiles({ files }: Untouched, draw: Draw): Tampered {
  const paths = pathsOf(files, /^tile\/0\/\d+$/)
  const [one, other] = two(draw, paths.length)
  const [a, b] = [paths[one]!, paths[other]!]
  const done = put(put(files, a, files.get(b)!), b, files.get(a)!)
  return { files: done, what: `${a} and ${b} swapped`, index: under(a, 0) }
}

function cutTile({ files }: Untouched, draw: Draw): Tampered {
  const path = pick(draw, pathsOf(files, /^tile\/\d\//))
  const bytes = files.get(path)!
  const length = draw(bytes.length)
  const index = under(path, Math.floor(length / HASH_BYTES))
  return { files: put(files, path, bytes.subarray(0, length)), what: `${path} cut to ${length} bytes`, index }
}

function cutEvents({ files, size }: Untouched, draw: Draw): Tampered {
  const { path, bytes } = bundleOf(files, 'events', draw(size))
  const length = draw(bytes.length)
  const kept = bytes.subarray(0, length)
  const index = under(path, linesOf(kept).length)
  return { files: put(files, path, kept), what: `${path} cut to ${length} bytes`, index }
}

/** Everything from one file of events on is gone, as if the log had ended there. */
function dropTail({ files, size }: Untouched, draw: Draw): Tampered {
  const from = draw(Math.ceil(size / TILE_WIDTH))
  const kept = [...files].filter(([path]) => {
    const part = parsePath(path)
    return part?.family.kind !== 'events' || part.index < from
  })
  return { files: new Map(kept), what: `events cut off from file ${from} on`, index: from * TILE_WIDTH }
}

function dropFile({ files }: Untouched, draw: Draw): Tampered {
  const path = pick(draw, pathsOf(files, /^(tile|events)\//))
  const done = new Map(files)
  done.delete(path)
  return { files: done, what: `${path} deleted`, index: under(path, 0) }
}

function addFile({ files, size }: Untouched, draw: Draw): Tampered {
  const from = pick(draw, pathsOf(files, /^events\//))
  const path = `events/${String(Math.ceil(size / TILE_WIDTH) + draw(9)).padStart(3, '0')}.ndjson`
  return { files: put(files, path, files.get(from)!), what: `${path} added`, index: under(path, 0) }
}

function replay({ files, earlier }: Untouched): Tampered {
  const done = put(files, 'checkpoint', Buffer.from(earlier.note))
  return { files: done, what: `the checkpoint of ${earlier.size} events put back`, index: earlier.size }
}

function editCheckpoint({ files }: Untouched, draw: Draw): Tampered {
  const note = Buffer.from(files.get('checkpoint')!)
  const at = draw(note.length)
  note[at] = note[at]! ^ (1 << draw(8))
  return { files: put(files, 'checkpoint', note), what: `byte ${at} of the checkpoint edited`, index: null }
}

/** One bit of one file of events or entries, wherever it falls. */
function flip({ files }: Untouched, draw: Draw): Tampered {
  const path = pick(draw, pathsOf(files, /^events\//))
  const bytes = Buffer.from(files.get(path)!)
  const at = draw(bytes.length)
  const place = linesOf(bytes.subarray(0, at)).length
  bytes[at] = bytes[at]! ^ (1 << draw(8))
  return { files: put(files, path, bytes), what: `one bit of ${path} at ${at}`, index: under(path, place) }
}

const WAYS = [
  editEvent,
  editEvent,
  editEvent,
  editCounter,
  nullify,
  editEntry,
  rewrite,
  deleteLine,
  deleteAndCloseUp,
  insertCopy,
  insertForged,
  swapLines,
  swapEntries,
  editTile,
  editTile,
  swapTiles,
  cutTile,
  cutEvents,
  dropTail,
  dropFile,
  addFile,
  replay,
  editCheckpoint,
  flip,
]

/** The case of a seed. */
export function tampered(untouched: Untouched, seed: number): Tampered {
  const draw = drawing(seed)
  return pick(draw, WAYS)(untouched, draw)
}

/** 256 leaves of an export: each made again from its event, and compared with its entry and its hash in the tile. */
import { Buffer } from 'node:buffer'
import { equalBytes } from '../../crypto/equal.ts'
import { HASH_BYTES, leafHash } from '../tree/hash.ts'
import { TILE_WIDTH } from '../tree/tiles.ts'
import { decodeEntries, encodeEntries } from './entry-bundle.ts'
import { type ExportedEvent, leafOf, parseEvent, printEvent } from './event-line.ts'
import type { Faults } from './faults.ts'

export type LeavesToCheck = {
  /** Of the first. */
  readonly start: number
  readonly width: number
  readonly required: (index: number) => boolean
  readonly events: Buffer | undefined
  readonly entries: Buffer | undefined
  /** The tile of level 0 that has their hashes, and the root that the tile above states for it. */
  readonly tile: Buffer | undefined
  readonly seen: (event: ExportedEvent) => void
}

/** Events by their place among the 256. What is out of order or unreadable is a fault at the place that it spoils. */
function placed({ start, width, events }: LeavesToCheck, add: Faults['add']): Map<number, ExportedEvent> {
  const found = new Map<number, ExportedEvent>()
  const lines = events?.toString('utf8').split('\n') ?? []
  let next = start
  for (const line of lines.slice(0, -1)) {
    const event = parseEvent(line)
    if (!event) {
      add(next, 'its line cannot be read as an event')
      next++
    } else if (event.index < next) {
      add(event.index, 'its line stands out of order, or twice')
    } else if (event.index >= start + width) {
      add(Math.max(next, start), `a line for event ${event.index} stands where it does not belong`)
    } else {
      found.set(event.index - start, event)
      next = event.index + 1
    }
  }
  if (lines.at(-1)) add(next, 'the file of events ends within a line')
  return found
}

/** Every byte of the file is one that an export writes, or something was written around what was checked. */
function checkBytes(
  { start, events }: LeavesToCheck,
  found: ReadonlyMap<number, ExportedEvent>,
  add: Faults['add'],
) {
  if (!events) return
  let at = 0
  for (const [place, event] of found) {
    const line = Buffer.from(printEvent(event))
    if (!line.equals(events.subarray(at, at + line.length))) {
      add(start + place, 'its line has more or other bytes than its event')
      return
    }
    at += line.length
  }
}

function checkEntries(
  { start, width, entries, required }: LeavesToCheck,
  texts: readonly (string | null)[],
  add: Faults['add'],
): void {
  if (!entries) {
    const first = Array.from({ length: width }, (_, i) => start + i).find(required)
    if (first !== undefined) add(first, 'the file of its entry is missing')
    return
  }
  if (encodeEntries(texts).equals(entries)) return
  const { texts: stated, whole } = decodeEntries(entries)
  // What is not shown as an event is not shown as an entry either; a file that ends early lacks what follows.
  const wrong = texts.findIndex((text, place) => place >= stated.length || stated[place] !== text)
  if (wrong >= 0) add(start + wrong, 'its entry is not what its event makes')
  else if (stated.length > width || !whole)
    add(start + width, 'the file of entries goes on after the last entry')
  else add(start, 'the file of entries has other bytes than its texts')
}

export type CheckedLeaves = {
  /** Hashes side by side, made from events where there are any, else from the tile; undefined where neither is whole. */
  readonly made: Buffer | undefined
  readonly differ: readonly number[]
  readonly faulty: boolean
}

/** Adds what is wrong with events and entries; which hashes differ from the tile's, the caller judges. */
export function checkLeaves(leaves: LeavesToCheck, faults: Faults): CheckedLeaves {
  const { start, width, tile, required, seen } = leaves
  const before = faults.count()
  const found = placed(leaves, faults.add)
  const texts: (string | null)[] = []
  const hashes: Buffer[] = []
  const differ: number[] = []
  for (let place = 0; place < width; place++) {
    const event = found.get(place)
    const stated = tile?.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)
    if (!event) {
      if (required(start + place)) faults.add(start + place, 'the event is missing')
      texts.push(null)
      if (stated) hashes.push(stated)
      continue
    }
    const text = leafOf(event)
    const hash = leafHash(Buffer.from(text))
    texts.push(text)
    hashes.push(hash)
    if (stated && !equalBytes(stated, hash)) differ.push(place)
    seen(event)
  }
  checkEntries(leaves, texts, faults.add)
  if (faults.count() === before) checkBytes(leaves, found, faults.add)
  const made = Buffer.concat(hashes)
  return {
    made: made.length === width * HASH_BYTES && hashes.length <= TILE_WIDTH ? made : undefined,
    differ,
    faulty: faults.count() > before,
  }
}

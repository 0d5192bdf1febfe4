/**
 * Where what stands in an export's folder (C2SP tlog-tiles, and our own `events` beside it).
 *
 *   tile/<level>/<n>       tile/entries/<n>       events/<n>.ndjson
 *
 * Each holds 256 hashes, leaf texts or events. <n> is written in groups of three digits, all but the last with an x:
 * 1234067 is x001/x234/067. One that is not full has .p/<width> behind <n>.
 */
import { nodesAt, TILE_WIDTH } from '../tree/tiles.ts'

/** `level` is of tiles only. */
export type Family =
  | { readonly kind: 'tile'; readonly level: number }
  | { readonly kind: 'entries' | 'events' }

/** A file that holds `width` things, the first of which is the (256 × index)-th of its family. */
export type Part = { readonly family: Family; readonly index: number; readonly width: number }

function printIndex(index: number): string {
  const last = String(index % 1000).padStart(3, '0')
  const rest = Math.floor(index / 1000)
  return rest === 0 ? last : `${printIndex(rest).replace(/(^|\/)(\d{3})$/, '$1x$2')}/${last}`
}

const nameOf = (family: Family) =>
  family.kind === 'tile' ? `tile/${family.level}` : family.kind === 'entries' ? 'tile/entries' : 'events'

/** tile/0/x001/234.p/17 */
export function printPath({ family, index, width }: Part): string {
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`
  const ending = family.kind === 'events' ? '.ndjson' : ''
  return `${nameOf(family)}/${printIndex(index)}${partial}${ending}`
}

function familyOf(name: string): Family {
  if (name === 'events') return { kind: 'events' }
  return name === 'tile/entries' ? { kind: 'entries' } : { kind: 'tile', level: Number(name.slice(5)) }
}

/** What a path names, or undefined when it is the path of no tile, entries or events. */
export function parsePath(path: string): Part | undefined {
  const [, name, digits, width, ending] =
    /^(tile\/(?:\d|entries)|events)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?(\.ndjson)?$/.exec(path) ??
    []
  if (name === undefined || digits === undefined || (name === 'events') !== (ending !== undefined))
    return undefined
  const part = {
    family: familyOf(name),
    index: Number(digits.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  return printPath(part) === path ? part : undefined
}

/** Leaves from `start` on, without `end`. */
export type Range = { readonly start: number; readonly end: number }

/** The file of a family that holds its index-th 256, in a tree of that size; undefined when there is none. */
export function partOf(family: Family, index: number, size: number): Part | undefined {
  const nodes = family.kind === 'tile' ? nodesAt(size, family.level) : size
  const width = Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH)
  return width > 0 ? { family, index, width } : undefined
}

/** How many levels of tiles a tree of that size has. */
export function levelsOf(size: number): number {
  let levels = 0
  while (nodesAt(size, levels) > 0) levels++
  return levels
}

/** The index-th tile of each level that a range of leaves needs, so that it can be led up to the root. */
export function tilesOver(level: number, { start, end }: Range, size: number): Range {
  const span = TILE_WIDTH ** (level + 1)
  const whole = Math.ceil(nodesAt(size, level) / TILE_WIDTH)
  return {
    start: Math.min(Math.floor(start / span), whole),
    end: end <= start ? Math.min(Math.floor(start / span), whole) : Math.min(Math.ceil(end / span), whole),
  }
}

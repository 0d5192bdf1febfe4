/**
 * The signed statement of an archived day: which leaves the archive holds, and which files.
 *
 *   keyhouse-audit-archive/v1        every line ends in a line feed
 *   <origin>
 *   <day, YYYY-MM-DD, UTC>
 *   <events, decimal>
 *   <leaves, as first-last,first-last …, or - for none>
 *   <SHA-256 of the file SHA256SUMS, 64 hex digits>
 */
import type { Range } from './paths.ts'

const VERSION = 'keyhouse-audit-archive/v1'

export type ArchiveStatement = {
  readonly origin: string
  readonly day: string
  readonly events: number
  readonly ranges: readonly Range[]
  readonly sums: string
}

const printRanges = (ranges: readonly Range[]) =>
  ranges.length === 0 ? '-' : ranges.map(({ start, end }) => `${start}-${end - 1}`).join(',')

export const printArchive = ({ origin, day, events, ranges, sums }: ArchiveStatement): string =>
  `${[VERSION, origin, day, events, printRanges(ranges), sums].join('\n')}\n`

/** Undefined for a text that is no statement. */
export function parseArchive(text: string): ArchiveStatement | undefined {
  const [version, origin, day, events, listed, sums, rest] = text.split('\n')
  if (version !== VERSION || !origin || !day || !events || !listed || !sums || rest !== '') return undefined
  const ranges =
    listed === '-'
      ? []
      : listed.split(',').map((range) => {
          const [first = Number.NaN, last = Number.NaN] = range.split('-').map(Number)
          return { start: first, end: last + 1 }
        })
  const statement = { origin, day, events: Number(events), ranges, sums }
  return printArchive(statement) === text ? statement : undefined
}

/** Ascending indexes as ranges. */
export function rangesOf(indexes: readonly number[]): Range[] {
  const ranges: { start: number; end: number }[] = []
  for (const index of indexes) {
    const last = ranges.at(-1)
    if (last && last.end === index) last.end = index + 1
    else ranges.push({ start: index, end: index + 1 })
  }
  return ranges
}

/** One line of SHA256SUMS, as sha256sum writes it. */
export const printSum = (hex: string, path: string): string => `${hex}  ${path}\n`

/** Paths with their sums; undefined for a text that is none. */
export function parseSums(text: string): ReadonlyMap<string, string> | undefined {
  const lines = text.split('\n').slice(0, -1)
  const pairs = lines.flatMap((line) => {
    const [, hex, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    return hex !== undefined && path !== undefined ? [[path, hex] as const] : []
  })
  return pairs.length === lines.length ? new Map(pairs) : undefined
}

/** How much an export would be, in a sentence, and how to split what is too much for one file. */
import { count, formatNumber } from '#lib/console/format.ts'
import { EVENT_BYTES, type EventFormat, MOST_EXPORTED } from '#lib/domain/events-export.ts'

const UNITS = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const

/** About 14 MB: two figures, because it is only an estimate. */
export function aboutBytes(bytes: number): string {
  const [size, unit] = UNITS.find(([least]) => bytes >= least) ?? [1e3, 'kB']
  return `${formatNumber(Math.max(1, Number((bytes / size).toPrecision(2))))} ${unit}`
}

type Total = { readonly Count: number; readonly CountIsExact: boolean }
type Range = { readonly from: Date | null; readonly to: Date | null }

/** In how many parts of the range about equally many events would fit into a file each. */
function splitSentence({ Count }: Total, { from, to }: Range): string {
  const parts = Math.ceil(Count / MOST_EXPORTED)
  const hint = from && to && parts > 1 ? `, in ${formatNumber(parts)} parts or more` : ''
  return `A file has at most ${formatNumber(MOST_EXPORTED)} events: split the range${hint}.`
}

/** "12,408 events, about 14 MB." */
export function estimateSentence(total: Total | undefined, format: EventFormat, range: Range): string {
  if (!total) return 'Counting…'
  const { Count, CountIsExact } = total
  if (CountIsExact && Count === 0)
    return 'No event matches. The file would hold nothing but what it says of itself.'
  const size = aboutBytes(Count * EVENT_BYTES[format])
  const many = CountIsExact
    ? `${count(Count, 'event')}, about ${size}.`
    : `More than ${count(Count, 'event')}, more than about ${size}.`
  return Count > MOST_EXPORTED ? `${many} ${splitSentence(total, range)}` : many
}

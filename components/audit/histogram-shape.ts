/** The bars of a histogram: where they stand, how high their parts are, and what they say. */
import { formatClock, formatDate, formatNumber, type Zone } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import type { Stretch } from './range-moves.ts'

export type Histogram = OutputOf<'EventHistogram'>
export type Bucket = Histogram['Buckets'][number]

/** From below: what is normal, what failed, what was refused. */
export const SERIES = ['Ok', 'Error', 'Denied'] as const
export type Series = (typeof SERIES)[number]

export const totalOf = ({ Ok, Denied, Error: failed }: Bucket): number => Ok + Denied + failed

export type Part = { readonly series: Series; readonly y: number; readonly height: number }
export type Bar = { readonly x: number; readonly width: number; readonly parts: readonly Part[] }

// What happened once among thousands is still seen.
const LEAST = 2

function partsOf(bucket: Bucket, scale: number, height: number): Part[] {
  const parts: Part[] = []
  let y = height
  for (const series of SERIES) {
    const part = bucket[series] === 0 ? 0 : Math.max(LEAST, bucket[series] * scale)
    if (part === 0) continue
    y -= part
    parts.push({ series, y, height: part })
  }
  return parts
}

/** Bars of a drawing in pixels, a little apart where there is room. */
export function barsOf(buckets: readonly Bucket[], width: number, height: number): readonly Bar[] {
  const most = Math.max(1, ...buckets.map(totalOf))
  const step = width / Math.max(1, buckets.length)
  const gap = step > 6 ? Math.min(3, step / 5) : step > 3 ? 1 : 0
  // Room for parts that are drawn higher than they are.
  const scale = (height - 2 * LEAST) / most
  return buckets.map((bucket, index) => ({
    x: index * step,
    width: Math.max(0.5, step - gap),
    parts: partsOf(bucket, scale, height),
  }))
}

/** The bar at a place of the drawing. */
export const barAt = (x: number, width: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.floor((x / Math.max(1, width)) * count)))

/** Where a bar begins; of the place after the last, where the histogram ends. Never outside of what was asked. */
export function edgeOf({ From, To, Buckets }: Histogram, index: number): Date {
  const at = Buckets[index]?.At ?? To
  return new Date(Math.min(To, Math.max(From, at)) * 1000)
}

/** The stretch of some bars, both included: exactly what their numbers count. */
export const stretchOfBars = (histogram: Histogram, first: number, last: number): Stretch => ({
  from: edgeOf(histogram, first),
  to: edgeOf(histogram, last + 1),
})

/** A moment as the histogram's width needs it: with its day where it goes over more than one, with seconds where it is short. */
export function momentWords(moment: Date, { From, To, StepSeconds }: Histogram, zone: Zone): string {
  const clock = formatClock(moment, zone)
  const time = StepSeconds < 60 ? clock.slice(0, 8) : clock.slice(0, 5)
  if (To - From <= 86_400) return time
  const day = formatDate(moment, zone).replace(/^(\d+ \w{3})\w* .*$/, '$1')
  return StepSeconds >= 86_400 ? day : `${day}, ${time}`
}

/** 10 OK, 1 error, 2 denied */
export function countWords({ Ok, Error: failed, Denied }: Bucket): string {
  const said = [
    Ok > 0 && `${formatNumber(Ok)} OK`,
    failed > 0 && `${formatNumber(failed)} ${failed === 1 ? 'error' : 'errors'}`,
    Denied > 0 && `${formatNumber(Denied)} denied`,
  ].filter(Boolean)
  return said.length === 0 ? 'no events' : said.join(', ')
}

/** The sum of some bars, both included. */
export const sumOf = (buckets: readonly Bucket[], first: number, last: number): Bucket =>
  buckets.slice(first, last + 1).reduce(
    (sum, one) => ({
      At: sum.At,
      Ok: sum.Ok + one.Ok,
      Denied: sum.Denied + one.Denied,
      Error: sum.Error + one.Error,
    }),
    { At: buckets[first]?.At ?? 0, Ok: 0, Denied: 0, Error: 0 },
  )

/** A day of key use as a chart draws it: its steps stacked, and the paths of it. Pure. */
import { formatClock, formatNumber } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'

export type Histogram = OutputOf<'EventHistogram'>
export type Bucket = Histogram['Buckets'][number]

export const SERIES = ['Ok', 'Error', 'Denied'] as const
export type Series = (typeof SERIES)[number]
export const SERIES_NAMES: Record<Series, string> = { Ok: 'OK', Error: 'Error', Denied: 'Denied' }

export const totalOf = (buckets: readonly Bucket[], series: Series): number =>
  buckets.reduce((sum, bucket) => sum + bucket[series], 0)

export const sumOf = (bucket: Bucket): number => bucket.Ok + bucket.Error + bucket.Denied

export const highest = (buckets: readonly Bucket[]): number => Math.max(0, ...buckets.map(sumOf))

/** A round number not below the highest, so that the scale can be read: 1, 2, 3, 4, 6, 8, 10, 20 and so on. */
export function scaleTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return [1, 2, 3, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= most) ?? most
}

export type Frame = { readonly width: number; readonly height: number; readonly top: number }

const round = (number: number) => Math.round(number * 10) / 10

/** What lies below a series in the stack, and with it. */
function edges(bucket: Bucket, series: Series): readonly [number, number] {
  const below = SERIES.slice(0, SERIES.indexOf(series)).reduce((sum, name) => sum + bucket[name], 0)
  return [below, below + bucket[series]]
}

const xOf = (at: number, many: number, { width }: Frame) => round(((at + 0.5) / many) * width)
const yOf = (value: number, { height, top }: Frame) => round(height - (value / top) * height)

/** The area of a series, as an SVG path. */
export function areaPath(buckets: readonly Bucket[], series: Series, frame: Frame): string {
  const points = buckets.map((bucket, at) => {
    const [below, above] = edges(bucket, series)
    return { x: xOf(at, buckets.length, frame), below: yOf(below, frame), above: yOf(above, frame) }
  })
  const upper = points.map(({ x, above }) => `${x} ${above}`)
  const lower = points.map(({ x, below }) => `${x} ${below}`).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}

/** The upper edge of a series where it is more than nothing, so that two in a thousand are still seen. */
export function edgePath(buckets: readonly Bucket[], series: Series, frame: Frame): string {
  const many = buckets.length
  const half = round(frame.width / many / 2)
  const has = (at: number) => (buckets[at]?.[series] ?? 0) > 0
  return buckets
    .flatMap((bucket, at) => {
      if (!has(at)) return []
      const [x, y] = [xOf(at, many, frame), yOf(edges(bucket, series)[1], frame)]
      if (has(at - 1)) return [`L${x} ${y}`]
      // One step alone is as wide as a step.
      return [has(at + 1) ? `M${x} ${y}` : `M${x - half} ${y}L${x + half} ${y}`]
    })
    .join('')
}

/** 14:15 */
export const stepTime = ({ At }: Bucket): string => formatClock(new Date(At * 1000)).slice(0, 5)

/** 120 OK, 1 error, 2 denied */
export const stepWords = ({ Ok, Error: failed, Denied }: Bucket): string =>
  `${formatNumber(Ok)} OK, ${formatNumber(failed)} ${failed === 1 ? 'error' : 'errors'}, ${formatNumber(Denied)} denied`

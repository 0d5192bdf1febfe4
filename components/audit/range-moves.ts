/** From one stretch of time to the next: earlier, later, closer, further away. Pure; the present is handed in. */
import { type Bounds, PRESET_NAMES, PRESETS, type RangeQuery } from './range.ts'

/** A stretch with both of its ends. */
export type Stretch = { readonly from: Date; readonly to: Date }

const SHORTEST_MS = 1000

const widthOf = ({ from, to }: Stretch) => to.getTime() - from.getTime()
const moved = (moment: Date, ms: number) => new Date(moment.getTime() + ms)

/** What the address says of a stretch: a preset where it is the newest of its width, else two moments. */
function queryOf(stretch: Stretch, at: Date): RangeQuery {
  const width = widthOf(stretch)
  const newest = stretch.to >= at
  const last = newest ? PRESET_NAMES.find((name) => PRESETS[name].ms === width) : undefined
  return last ? { last, from: null, to: null } : { last: null, ...stretch }
}

/** The stretch of a range, whose open ends are told by what was found in it. */
export function stretchOf(bounds: Bounds, found: Stretch | undefined, at: Date): Stretch | undefined {
  const from = bounds.from ?? found?.from
  const to = bounds.to ?? found?.to ?? at
  return from && from < to ? { from, to } : undefined
}

/** As wide, and ending where this one begins. */
export const earlier = (stretch: Stretch, at: Date): RangeQuery =>
  queryOf({ from: moved(stretch.from, -widthOf(stretch)), to: stretch.from }, at)

/** As wide, and beginning where this one ends; the newest of its width where that would be in the future. */
export function later(stretch: Stretch, at: Date): RangeQuery {
  const width = widthOf(stretch)
  const to = moved(stretch.to, width)
  return queryOf(to > at ? { from: moved(at, -width), to: at } : { from: stretch.to, to }, at)
}

/** Twice as wide about the same middle, never into the future. */
export function zoomedOut(stretch: Stretch, at: Date): RangeQuery {
  const width = widthOf(stretch)
  const to = moved(stretch.to, width / 2)
  const end = to > at ? at : to
  return queryOf({ from: moved(end, -2 * width), to: end }, at)
}

/** The middle half. */
export function zoomedIn(stretch: Stretch): RangeQuery {
  const width = widthOf(stretch)
  if (width / 2 < SHORTEST_MS) return { last: null, ...stretch }
  return { last: null, from: moved(stretch.from, width / 4), to: moved(stretch.to, -width / 4) }
}

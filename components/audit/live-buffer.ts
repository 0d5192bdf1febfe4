/** The rows of a live tail: those that are shown, and those that wait until the list is let go. */
import type { TailBatch } from '#lib/domain/tail.ts'
import type { EventRow } from './events-query.ts'

/** So many rows are kept. The counts go on. */
const MOST_ROWS = 1000
const RATE_SECONDS = 5

type Second = { readonly count: number; readonly oneIn: number }
const NOTHING: Second = { count: 0, oneIn: 1 }

export type LiveBuffer = {
  /** Newest first. */
  readonly rows: readonly EventRow[]
  readonly held: readonly EventRow[]
  /** Events that wait: exact, also where only a sample of them is here. */
  readonly waiting: number
  /** Events that matched since the tail began. */
  readonly matched: number
  /** The second that is going on, and those before it, the newest first. */
  readonly second: Second
  readonly seconds: readonly Second[]
}

export const EMPTY_BUFFER: LiveBuffer = {
  rows: [],
  held: [],
  waiting: 0,
  matched: 0,
  second: NOTHING,
  seconds: [],
}

const before = (fresh: readonly EventRow[], rows: readonly EventRow[]) => {
  const known = new Set(fresh.map(({ id }) => id))
  return [...fresh, ...rows.filter(({ id }) => !known.has(id))].slice(0, MOST_ROWS)
}

/** The buffer with one more batch, whose events are shown only while nothing holds the list. */
export function taken(buffer: LiveBuffer, batch: TailBatch<EventRow>, hold: boolean): LiveBuffer {
  const { count, oneIn } = buffer.second
  const counted = {
    ...buffer,
    matched: buffer.matched + batch.Count,
    second: { count: count + batch.Count, oneIn: Math.max(oneIn, batch.OneIn) },
  }
  if (hold || buffer.waiting > 0) {
    return { ...counted, held: before(batch.Events, buffer.held), waiting: buffer.waiting + batch.Count }
  }
  return { ...counted, rows: before(batch.Events, buffer.rows) }
}

/** The buffer with nothing waiting. */
export const released = (buffer: LiveBuffer): LiveBuffer =>
  buffer.waiting === 0 ? buffer : { ...buffer, rows: before(buffer.held, buffer.rows), held: [], waiting: 0 }

/** The buffer a second later. */
export const ticked = (buffer: LiveBuffer): LiveBuffer => ({
  ...buffer,
  second: NOTHING,
  seconds: [buffer.second, ...buffer.seconds].slice(0, RATE_SECONDS),
})

/** Events a second over the last few, and which part of them is among the rows: one in so many. */
export function paceOf({ seconds }: LiveBuffer): { readonly rate: number; readonly oneIn: number } {
  const events = seconds.reduce((sum, { count }) => sum + count, 0)
  return {
    rate: Math.round(events / Math.max(1, seconds.length)),
    oneIn: Math.max(1, ...seconds.map(({ oneIn }) => oneIn)),
  }
}

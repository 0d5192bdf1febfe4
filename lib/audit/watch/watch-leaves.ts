/**
 * The watch over leaves: new ones are derived again from their events within seconds, old ones in turn, so many a
 * minute that a log of a day is looked at whole in minutes, and a small one every minute.
 */

import { readHead } from '../tree/checkpoints.ts'
import type { Sql } from '../write/change.ts'
import { addFindings, type NewFinding } from './findings.ts'
import { type Checking, PIECE, verifyRange } from './verify-range.ts'

/** Leaves in one look at what is new, and in one at what is old. */
const NEW_AT_ONCE = 4096
const AGAIN_AT_ONCE = 20_480

type Progress = { readonly verified: number; readonly again: number }

async function readProgress(sql: Sql): Promise<Progress> {
  const [row] = await sql<{ verified: string; again: string }>(
    'SELECT verified::text AS verified, again::text AS again FROM audit.verification',
    [],
  )
  return { verified: Number(row?.verified ?? 0), again: Number(row?.again ?? 0) }
}

const VERIFIED_SQL = 'UPDATE audit.verification SET verified = $1::bigint, at = clock_timestamp()'
const AGAIN_SQL = 'UPDATE audit.verification SET again = $1::bigint, at = clock_timestamp()'

/** Every leaf that the tree has got since the last look, up to a bound. */
export async function lookAtNew(checking: Checking): Promise<void> {
  const { sql } = checking
  const { size } = await readHead(sql)
  const { verified } = await readProgress(sql)
  const end = Math.min(size, verified + NEW_AT_ONCE)
  for (let first = Math.min(verified, size); first < end; first += PIECE) {
    const next = Math.min(end, first + PIECE)
    await addFindings(sql, await verifyRange(checking, { first, end: next }))
    await sql(VERIFIED_SQL, [next])
  }
}

/** The next piece of what was looked at before; from the beginning when the end is reached. */
export async function lookAgain(checking: Checking): Promise<void> {
  const { sql } = checking
  const { verified, again } = await readProgress(sql)
  let first = again >= verified ? 0 : again
  const most = Math.min(verified, AGAIN_AT_ONCE)
  for (let done = 0; done < most; done += PIECE) {
    const end = Math.min(verified, first + PIECE)
    await addFindings(sql, await verifyRange(checking, { first, end }))
    first = end >= verified ? 0 : end
  }
  await sql(AGAIN_SQL, [first])
}

// The sequencer goes by time: behind its newest leaf there should be nothing without one.
const UNPLACED_SQL = `
SELECT e.id AS event FROM audit.event e
WHERE e.ts >= now() - $1::int * interval '1 minute' AND e.ts < now() - $2::int * interval '1 minute'
  AND e.ts < (SELECT max(ts) FROM audit.leaf) - interval '2 minutes'
  AND NOT EXISTS (SELECT FROM audit.leaf l WHERE l.ts = e.ts AND l.event_id = e.id)
LIMIT 100`

// The last quarter of an hour in every look, and one hour of the day in turn.
const NEAR = [15, 2] as const
const HOURS = 24

const unplaced = (event: string): NewFinding => ({
  kind: 'missing',
  subject: `unplaced ${event}`,
  first: null,
  last: null,
  details: { what: 'unplaced', eventId: event },
})

/** Events that nobody gave a place in the log, in two looks one after the other. */
export function openUnplacedWatch(sql: Sql): () => Promise<void> {
  const before = new Map<string, ReadonlySet<string>>()
  let hour = 0

  /** Whether something was found that a second look has yet to confirm. */
  async function look(name: string, from: number, to: number): Promise<boolean> {
    const events = (await sql<{ event: string }>(UNPLACED_SQL, [from, to])).map(({ event }) => event)
    const known = before.get(name)
    before.set(name, new Set(events))
    await addFindings(sql, events.filter((event) => known?.has(event)).map(unplaced))
    return events.some((event) => !known?.has(event))
  }

  return async () => {
    await look('near', ...NEAR)
    const name = `hour ${hour}`
    if (await look(name, (hour + 1) * 60, hour * 60)) return
    before.delete(name)
    hour = (hour + 1) % HOURS
  }
}

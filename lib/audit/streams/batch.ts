/** Events in the order of the log, from a place on, as streams tell them to other systems. */
import type { Buffer } from 'node:buffer'
import type { Sql } from '../write/change.ts'

export type StreamedEvent = {
  /** Its leaf. */
  readonly index: number
  readonly id: string
  readonly ts: Date
  /** The record's exact text, which is JSON; of an event that cannot be read, JSON that says so. */
  readonly record: string
}

/** Some events; and the place behind them, which is further where events are missing. */
export type Batch = { readonly events: readonly StreamedEvent[]; readonly end: number }

/** Events of one batch, and roughly their bytes: a receiver must take it at once. */
const MOST_EVENTS = 250
const MOST_BYTES = 1_000_000

type Row = { index: string; id: string; ts: Date; body: Buffer | null }

// An event that is no longer there leaves its leaf: the stream goes on behind it, and the watch over the log reports it.
const STATEMENT = `
SELECT l.index::text AS index, l.event_id AS id, l.ts, e.body FROM audit.leaf l
LEFT JOIN audit.event e ON e.ts = l.ts AND e.id = l.event_id
WHERE l.index >= $1::bigint ORDER BY l.index LIMIT ${MOST_EVENTS}`

function recordOf({ id, body }: Row & { body: Buffer }): string {
  const text = body.toString('utf8')
  try {
    JSON.parse(text)
    return text
  } catch {
    return JSON.stringify({ eventID: id, keyhouse: { unreadable: true } })
  }
}

/** The next events from a place on; `end` is the place itself where there are none yet. */
export async function readBatch(sql: Sql, from: number): Promise<Batch> {
  const rows = await sql<Row>(STATEMENT, [from])
  const events: StreamedEvent[] = []
  let bytes = 0
  let end = from
  for (const row of rows) {
    const { body } = row
    if (body && bytes > 0 && bytes + body.length > MOST_BYTES) break
    end = Number(row.index) + 1
    if (!body) continue
    bytes += body.length
    events.push({ index: end - 1, id: row.id, ts: row.ts, record: recordOf({ ...row, body }) })
  }
  return { events, end }
}

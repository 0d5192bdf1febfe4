/** One event with all that is kept of it: record, decision, condition values, and the events before and after it. */
import type pg from 'pg'
import { type EventSummary, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './summary.ts'

export type StoredEvent = {
  readonly summary: EventSummary
  /** JSON texts as they were stored, or null. */
  readonly decision: string | null
  readonly context: string | null
  /** Ids of the next older and next newer event of the account. */
  readonly older: string | null
  readonly newer: string | null
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The milliseconds in a UUIDv7 (RFC 9562 §5.7): they are the event's ts, and so find its partition. */
const timeOf = (id: string) => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))

const EVENT_SQL = `
SELECT ${SUMMARY_COLUMNS}, e.decision::text AS decision, e.context::text AS context,
  (SELECT o.event_id FROM audit.entry o WHERE o.account_id = $1 AND o.ts <= $2::timestamptz AND (o.ts, o.event_id) < (n.ts, n.event_id)
   ORDER BY o.ts DESC, o.event_id DESC LIMIT 1) AS older,
  (SELECT o.event_id FROM audit.entry o WHERE o.account_id = $1 AND o.ts >= $2::timestamptz AND (o.ts, o.event_id) > (n.ts, n.event_id)
   ORDER BY o.ts, o.event_id LIMIT 1) AS newer
FROM audit.entry n JOIN audit.event e ON e.ts = n.ts AND e.id = n.event_id
WHERE n.account_id = $1 AND n.ts = $2::timestamptz AND n.event_id = $3::uuid`

type DetailRow = SummaryRow & Pick<StoredEvent, 'decision' | 'context' | 'older' | 'newer'>

/** The event of that id in that account's log, or undefined. */
export async function readEvent(
  pool: pg.Pool,
  account: string,
  id: string,
): Promise<StoredEvent | undefined> {
  if (!UUID.test(id)) return undefined
  const { rows } = await pool.query<DetailRow>(EVENT_SQL, [account, timeOf(id).toISOString(), id])
  const [row] = rows
  if (!row) return undefined
  const { decision, context, older, newer } = row
  return { summary: summaryOf(row), decision, context, older, newer }
}

/**
 * Connections that were refused before anyone was authenticated: counted by minute, address, reason, access key and
 * operation, and written every second, so that a stranger's noise costs a row a minute and not a row a request (R55).
 */

import { LONGEST, loggedLine } from '../record/logged-text.ts'
import type { Sql } from './change.ts'

export type RefusedConnection = {
  readonly address: string
  /** The code of the refusal. */
  readonly reason: string
  readonly accessKeyId?: string | undefined
  readonly operation?: string | undefined
  /** Seconds between the two clocks, where that was the reason. */
  readonly skewSeconds?: number | undefined
}

export type RefusedConnections = {
  /** Counts one refusal. Costs nothing but memory, and little of it. */
  report(refusal: RefusedConnection, at: Date): void
  /** Writes what was counted. Called every second; a failure keeps the counts. */
  flush(): Promise<void>
  start(): void
  stop(): Promise<void>
}

const EVERY_MS = 1000
// Beyond this, within one second, addresses and keys are counted together.
const MOST_ROWS = 1000
const MINUTE_MS = 60_000

type Row = Required<Pick<RefusedConnection, 'address' | 'reason'>> & {
  minute: number
  accessKeyId: string
  operation: string
  skewSeconds: number | null
  count: number
  lastAt: number
}

const UPSERT_SQL = `
INSERT INTO audit.refused_connection AS r
  (minute, address, reason, access_key_id, operation, skew_seconds, count, last_at)
SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::timestamptz[])
ORDER BY 1, 2, 3, 4, 5
ON CONFLICT (minute, address, reason, access_key_id, operation) DO UPDATE SET count = r.count + excluded.count,
  skew_seconds = coalesce(excluded.skew_seconds, r.skew_seconds), last_at = greatest(r.last_at, excluded.last_at)`

// The ids and names are a stranger's words: only what looks like one is kept.
const named = (text: string | undefined, shape: RegExp) =>
  text !== undefined && shape.test(text) ? text : ''

function rowOf(refusal: RefusedConnection, at: number): Row {
  return {
    minute: at - (at % MINUTE_MS),
    address: loggedLine(refusal.address, LONGEST.name),
    reason: loggedLine(refusal.reason, LONGEST.name),
    accessKeyId: named(refusal.accessKeyId, /^\w{1,128}$/),
    operation: named(refusal.operation, /^\w{1,64}$/),
    skewSeconds: refusal.skewSeconds === undefined ? null : Math.round(refusal.skewSeconds),
    count: 1,
    lastAt: at,
  }
}

/** The same refusal without what makes it one of many. */
const crowd = (row: Row): Row => ({
  ...row,
  address: 'many',
  accessKeyId: '',
  operation: '',
  skewSeconds: null,
})

const keyOf = (row: Row) =>
  JSON.stringify([row.minute, row.address, row.reason, row.accessKeyId, row.operation])

function addTo(rows: Map<string, Row>, row: Row): void {
  const full = rows.size >= MOST_ROWS && !rows.has(keyOf(row))
  const counted = full ? crowd(row) : row
  const known = rows.get(keyOf(counted))
  if (known) {
    known.count += counted.count
    known.lastAt = Math.max(known.lastAt, counted.lastAt)
    known.skewSeconds = counted.skewSeconds ?? known.skewSeconds
  } else rows.set(keyOf(counted), counted)
}

const columns = (rows: readonly Row[]): unknown[] => [
  rows.map((row) => new Date(row.minute).toISOString()),
  rows.map((row) => row.address),
  rows.map((row) => row.reason),
  rows.map((row) => row.accessKeyId),
  rows.map((row) => row.operation),
  rows.map((row) => row.skewSeconds),
  rows.map((row) => row.count),
  rows.map((row) => new Date(row.lastAt).toISOString()),
]

/** Opens the counters over the audit writer's connections, or any that may write here. */
export function openRefusedConnections(sql: Sql): RefusedConnections {
  let counted = new Map<string, Row>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    if (counted.size === 0) return
    const rows = [...counted.values()]
    counted = new Map()
    try {
      await sql(UPSERT_SQL, columns(rows))
    } catch (error) {
      for (const row of rows) addTo(counted, row)
      throw error
    }
  }

  function flush(): Promise<void> {
    const mine = writing.then(write)
    writing = mine.catch(() => undefined)
    return mine
  }

  return {
    report: (refusal, at) => addTo(counted, rowOf(refusal, at.getTime())),
    flush,
    start() {
      timer ??= setInterval(() => void flush().catch(() => undefined), EVERY_MS)
    },
    async stop() {
      clearInterval(timer)
      timer = undefined
      await flush().catch(() => undefined)
    },
  }
}

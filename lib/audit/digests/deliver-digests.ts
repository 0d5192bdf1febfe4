/**
 * Delivers log and digest files hour by hour. What was delivered stands in audit.delivery; an hour that was interrupted
 * is written again, byte for byte.
 */
import { gzipSync } from 'node:zlib'
import { sha256Hex } from '../../crypto/digest.ts'
import type { Sink } from '../folder/write.ts'
import type { Sql } from '../write/change.ts'
import {
  type Digest,
  digestFile,
  digestPath,
  digestStatement,
  type Link,
  type LogFile,
  logFile,
  logPath,
  notePath,
  signatureOf,
  type Trail,
} from './digest-files.ts'

const NAME = 'digests'
const HOUR_MS = 3_600_000
/** Events may be committed a little after the moment that they name. */
const SETTLED_MS = 300_000
const RECORDS_IN_A_FILE = 5000

export type DigestDelivery = {
  /** Of the sequencer's role. */
  readonly sql: Sql
  readonly sink: Sink
  /** Every account and Region, whether it has events or not. */
  readonly trails: () => Promise<readonly Trail[]>
  readonly sign: (text: string) => Promise<string>
  /** Of the key that signs. */
  readonly verifierKey: () => Promise<string>
  readonly now: () => Date
}

type State = {
  /** The beginning of the first hour that is not delivered. */
  readonly next: string
  readonly chains: Readonly<Record<string, Link>>
}

/** The hour in which it is asked first is the first that is delivered. */
async function readState(sql: Sql, now: Date): Promise<State> {
  const [row] = await sql<{ state: Partial<State> }>('SELECT state FROM audit.delivery WHERE name = $1', [
    NAME,
  ])
  const { next, chains = {} } = row?.state ?? {}
  if (next !== undefined) return { next, chains }
  const first = { next: new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS).toISOString(), chains }
  await noteDelivered(sql, first)
  return first
}

async function noteDelivered(sql: Sql, state: State): Promise<void> {
  await sql(
    `INSERT INTO audit.delivery AS d (name, delivered, delivered_at, state)
     SELECT $1, coalesce(max(index) + 1, 0), clock_timestamp(), $2::jsonb FROM audit.leaf WHERE ts < $3::timestamptz
     ON CONFLICT (name) DO UPDATE SET delivered = greatest(d.delivered, excluded.delivered), delivered_at = excluded.delivered_at,
       state = excluded.state, failing_since = NULL, fault = NULL`,
    [NAME, JSON.stringify(state), state.next],
  )
}

/** Why it does not go on, until it does. */
export async function noteDigestsFailed(sql: Sql, fault: string): Promise<void> {
  await sql(
    `INSERT INTO audit.delivery AS d (name, failing_since, fault) VALUES ($1, clock_timestamp(), $2)
     ON CONFLICT (name) DO UPDATE SET failing_since = coalesce(d.failing_since, excluded.failing_since), fault = excluded.fault`,
    [NAME, fault],
  )
}

type Hour = { readonly start: Date; readonly end: Date }
type EventRow = { readonly id: string; readonly ts: Date; readonly record: string }

const PAGE_SQL = `
SELECT id::text AS id, ts, convert_from(body, 'UTF8') AS record FROM audit.event
WHERE ts >= $1::timestamptz AND ts < $2::timestamptz AND account_id = $3 AND region = $4
  AND (ts, id) > ($5::timestamptz, $6::uuid)
ORDER BY ts, id LIMIT $7::int`

const FIRST = '00000000-0000-0000-0000-000000000000'

async function* pagesOf(
  sql: Sql,
  { start, end }: Hour,
  { account, region }: Trail,
): AsyncGenerator<EventRow[]> {
  let from = { ts: start, id: FIRST }
  for (;;) {
    const values = [start.toISOString(), end.toISOString(), account, region, from.ts.toISOString(), from.id]
    const rows = await sql<EventRow>(PAGE_SQL, [...values, RECORDS_IN_A_FILE])
    const last = rows.at(-1)
    if (!last) return
    yield rows
    from = last
  }
}

async function writeLogs({ sql, sink }: DigestDelivery, hour: Hour, trail: Trail): Promise<LogFile[]> {
  const files: LogFile[] = []
  for await (const rows of pagesOf(sql, hour, trail)) {
    const path = logPath(trail, hour.end, files.length)
    const text = logFile(rows.map(({ record }) => record))
    await sink.write(path, gzipSync(text))
    const times = rows.map(({ ts }) => ts)
    files.push({
      path,
      hash: sha256Hex(text),
      oldest: times[0] ?? hour.start,
      newest: times.at(-1) ?? hour.start,
    })
  }
  return files
}

/** The log files of one hour, and the digest over them; gives what the next is chained to. */
async function writeHour(
  delivery: DigestDelivery,
  hour: Hour,
  of: { trail: Trail; before: Link | null },
): Promise<Link> {
  const { sink, sign, verifierKey } = delivery
  const files = await writeLogs(delivery, hour, of.trail)
  const fingerprint = (await verifierKey()).split('+').slice(0, 2).join('+')
  const digest: Digest = { ...of, ...hour, files, fingerprint }
  const json = digestFile(digest)
  const path = digestPath(of.trail, hour.end)
  await sink.write(path, gzipSync(json))
  const note = await sign(digestStatement(digest, json))
  await sink.write(notePath(path), note)
  return { path, hash: sha256Hex(json), signature: signatureOf(note) }
}

const nameOf = ({ account, region }: Trail) => `${account}/${region}`

/** Those that are configured, those that go on, and those that have an event in the hour. */
async function trailsOf(
  { sql, trails }: DigestDelivery,
  { chains }: State,
  { start, end }: Hour,
): Promise<Trail[]> {
  const seen = await sql<Trail>(
    `SELECT DISTINCT account_id AS account, region FROM audit.event WHERE ts >= $1::timestamptz AND ts < $2::timestamptz`,
    [start.toISOString(), end.toISOString()],
  )
  const going = Object.keys(chains).map((name) => {
    const [account = '', region = ''] = name.split('/')
    return { account, region }
  })
  return [
    ...new Map([...(await trails()), ...going, ...seen].map((trail) => [nameOf(trail), trail])).values(),
  ]
}

/** Every hour that is over; gives how many were delivered. Throws what the folder or the database throws. */
export async function deliverDigests(delivery: DigestDelivery): Promise<number> {
  const { sql, now } = delivery
  let state = await readState(sql, now())
  for (let hours = 0; ; hours++) {
    const start = new Date(state.next)
    const hour = { start, end: new Date(start.getTime() + HOUR_MS) }
    if (hour.end.getTime() + SETTLED_MS > now().getTime()) return hours
    const chains: Record<string, Link> = { ...state.chains }
    for (const trail of await trailsOf(delivery, state, hour))
      chains[nameOf(trail)] = await writeHour(delivery, hour, {
        trail,
        before: chains[nameOf(trail)] ?? null,
      })
    state = { next: hour.end.toISOString(), chains }
    await noteDelivered(sql, state)
  }
}

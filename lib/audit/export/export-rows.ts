/**
 * Events for a file: page after page from the oldest on, below a place in the log, so that the same question has the same
 * answer however often it is asked. No statement goes on for long: one that does is asked again over less time.
 */
import type pg from 'pg'
import { tookTooLong, within } from '../search/bounded.ts'
import { newParameters, type Parameters } from '../search/parameters.ts'
import { filterOf, questionOf } from '../search/question.ts'

export type ExportQuestion = {
  readonly account: string
  readonly filter: string
  /** [from, to) */
  readonly from: Date | undefined
  readonly to: Date
  /** Only these, whatever the filter says. */
  readonly ids: readonly string[] | undefined
  /** Places of the log below this. */
  readonly size: number
}

/** What a file may say of an event: its entry, and the record itself. */
export type ExportRow = {
  readonly index: number
  readonly ts: Date
  readonly event_id: string
  readonly account_id: string
  readonly region: string
  readonly event_source: string
  readonly event_name: string
  readonly class: string
  readonly outcome: string
  readonly error_code: string | null
  readonly read_only: boolean
  readonly source: string
  readonly actor_type: string
  readonly actor_arn: string
  readonly actor_name: string | null
  readonly session_name: string | null
  readonly access_key_id: string | null
  readonly address: string | null
  readonly agent: string | null
  readonly request_id: string | null
  readonly key_id: string | null
  readonly alias_name: string | null
  readonly via_service: string | null
  readonly grant_id: string | null
  readonly policy_version: number | null
  readonly duration_ms: number | null
  readonly resources: readonly string[]
  readonly material_ids: readonly string[]
  readonly context: readonly string[]
  readonly tags: readonly string[]
  readonly record: string
}

const COLUMNS = `n.index::float8 AS index, n.ts, n.event_id, n.account_id, n.region, n.event_source, n.event_name, n.class, n.outcome,
  n.error_code, n.read_only, n.source, n.actor_type, n.actor_arn, n.actor_name, n.session_name, n.access_key_id, n.address, n.agent,
  n.request_id, n.key_id, n.alias_name, n.via_service, n.grant_id, n.policy_version, n.duration_ms, n.resources, n.material_ids,
  n.context, n.tags, convert_from(e.body, 'UTF8') AS record`

const PAGE = 1000
const SHORTEST_MS = 1000
const LONGEST_MS = 4000

/** The milliseconds in a UUIDv7 (RFC 9562 §5.7): they are the event's ts, and so find its partition. */
const timeOf = (id: string) => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString()

function whereOf(question: ExportQuestion, bind: Parameters['bind']): string[] {
  const { account, size, ids, filter, from, to } = question
  const parts = [`n.account_id = ${bind(account)}`, `n.index < ${bind(size, 'bigint')}`]
  if (!ids) return [...parts, filterOf(questionOf({ account, filter, from, to }), bind)]
  return [
    ...parts,
    `n.ts = ANY (${bind(ids.map(timeOf), 'timestamptz[]')})`,
    `n.event_id = ANY (${bind(ids, 'uuid[]')})`,
  ]
}

/** Part of the question's time, and where in it to go on. */
type Window = {
  readonly from: Date
  readonly until: Date
  readonly after: { readonly ts: Date; readonly id: string } | undefined
}

/** A page of a window, or undefined when that takes too long. */
async function page(
  pool: pg.Pool,
  question: ExportQuestion,
  window: Window,
): Promise<ExportRow[] | undefined> {
  const { values, bind } = newParameters()
  const { from, until, after } = window
  const parts = whereOf(question, bind)
  parts.push(`n.ts >= ${bind((after?.ts ?? from).toISOString(), 'timestamptz')}`)
  parts.push(`n.ts < ${bind(until.toISOString(), 'timestamptz')}`)
  if (after) {
    const place = `(${bind(after.ts.toISOString(), 'timestamptz')}, ${bind(after.id, 'uuid')})`
    parts.push(`(n.ts, n.event_id) > ${place}`)
  }
  const text = `SELECT ${COLUMNS} FROM (
      SELECT n.* FROM audit.entry n WHERE ${parts.join(' AND ')} ORDER BY n.ts, n.event_id LIMIT ${PAGE}
    ) n JOIN audit.event e ON e.ts = n.ts AND e.id = n.event_id ORDER BY n.ts, n.event_id`
  return within(pool, LONGEST_MS, (ask) => ask<ExportRow>(text, values))
}

async function firstTime(pool: pg.Pool, { account }: ExportQuestion): Promise<Date | undefined> {
  const text = 'SELECT min(ts) AS ts FROM audit.entry WHERE account_id = $1'
  return (await pool.query<{ ts: Date | null }>(text, [account])).rows[0]?.ts ?? undefined
}

async function* exportRows(pool: pg.Pool, question: ExportQuestion): AsyncGenerator<readonly ExportRow[]> {
  const from = question.from ?? (await firstTime(pool, question))
  if (!from) return
  let window: Window = { from, until: question.to, after: undefined }
  while (window.from < question.to) {
    const begins = window.after?.ts ?? window.from
    const length = window.until.getTime() - begins.getTime()
    const rows = await page(pool, question, window)
    if (!rows) {
      if (length <= SHORTEST_MS) throw tookTooLong()
      window = { ...window, until: new Date(begins.getTime() + Math.floor(length / 4)) }
      continue
    }
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last && rows.length === PAGE) window = { ...window, after: { ts: last.ts, id: last.event_id } }
    else {
      const until = Math.min(question.to.getTime(), window.until.getTime() + 2 * length)
      window = { from: window.until, until: new Date(until), after: undefined }
    }
  }
}

async function splitOf(pool: pg.Pool, question: ExportQuestion, most: number): Promise<Date | undefined> {
  const { values, bind } = newParameters()
  const parts = whereOf(question, bind)
  if (question.from) parts.push(`n.ts >= ${bind(question.from.toISOString(), 'timestamptz')}`)
  parts.push(`n.ts < ${bind(question.to.toISOString(), 'timestamptz')}`)
  const text = `SELECT n.ts FROM audit.entry n WHERE ${parts.join(' AND ')}
    ORDER BY n.ts, n.event_id OFFSET ${bind(most, 'bigint')} LIMIT 1`
  const found = await within(pool, LONGEST_MS, (ask) => ask<{ ts: Date }>(text, values))
  return found?.[0]?.ts
}

export type EventExports = {
  /** All events of a question, in pages, oldest first. @throws KmsError ValidationException for a filter with a fault. */
  rows(question: ExportQuestion): AsyncGenerator<readonly ExportRow[]>
  /**
   * The time of the first event that would not fit into a file of so many, or undefined where all do. Where that takes too
   * long to find out, nobody knows before the file ends there.
   */
  splitOf(question: ExportQuestion, most: number): Promise<Date | undefined>
}

/** Opens exports over the reader's connections. */
export const openEventExports = (pool: pg.Pool): EventExports => ({
  rows: (question) => exportRows(pool, question),
  splitOf: (question, most) => splitOf(pool, question, most),
})

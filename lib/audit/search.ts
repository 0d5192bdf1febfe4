/**
 * Reading the log: pages by keyset over audit.entry, single events, and what CloudTrail's LookupEvents asks.
 * It reads what the sequencer has filled in; who needs to be exact catches up first.
 */
import type pg from 'pg'
import type { KeyObject } from '../crypto/secret-key.ts'
import { parseFilter } from '../domain/filter.ts'
import { AUDIT_FIELDS } from '../domain/operations/insight.ts'
import { KmsError } from '../domain/refusal.ts'
import { conditions, newParameters, type Parameters } from './conditions.ts'
import { readEvent, type StoredEvent } from './event-detail.ts'
import { type Lookup, lookup } from './lookup.ts'
import { type Cursors, cursors, type Direction, type Position } from './position.ts'
import { type EventSummary, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './summary.ts'

export type EventQuery = {
  readonly account: string
  /** [from, to) */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly filter: string
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  readonly cursor?: string | undefined
  /** The page with this event in its middle. */
  readonly around?: string | undefined
}

export type EventPage = {
  readonly events: readonly EventSummary[]
  readonly next: string | null
  readonly previous: string | null
  /** Of the whole filter and range; exact to 10,000. */
  readonly count: number
  readonly countIsExact: boolean
}

export type AuditSearch = {
  page(query: EventQuery): Promise<EventPage>
  /** One event of an account with all that is kept of it. */
  event(account: string, id: string): Promise<StoredEvent | undefined>
  /** CloudTrail's question: newest first. */
  lookup(question: Lookup): Promise<EventSummary[]>
  /** Cursors for lists that are built on this search. */
  cursors(purpose: string): Cursors
}

export const COUNTED = 10_000

/** What a filter says, or the refusal that names its first fault and place. */
function termsOf(filter: string) {
  const { terms, faults } = parseFilter(filter, AUDIT_FIELDS)
  const [fault] = faults
  if (fault)
    throw new KmsError(
      'ValidationException',
      `${fault.message} (at character ${fault.start + 1} of the filter)`,
    )
  return terms
}

function whereOf(query: EventQuery, bind: Parameters['bind']): string {
  const parts = [`n.account_id = ${bind(query.account)}`]
  if (query.from) parts.push(`n.ts >= ${bind(query.from.toISOString(), 'timestamptz')}`)
  if (query.to) parts.push(`n.ts < ${bind(query.to.toISOString(), 'timestamptz')}`)
  return [...parts, ...conditions(termsOf(query.filter), bind)].join(' AND ')
}

type Step = {
  readonly from: Position | undefined
  readonly descending: boolean
  readonly including?: boolean
  readonly limit: number
}

/** Rows from a position on, in the step's own order. */
async function rowsFrom(pool: pg.Pool, query: EventQuery, step: Step): Promise<SummaryRow[]> {
  const { values, bind } = newParameters()
  let where = whereOf(query, bind)
  if (step.from) {
    const sign = `${step.descending ? '<' : '>'}${step.including ? '=' : ''}`
    where += ` AND (n.ts, n.event_id) ${sign} (${bind(step.from.ts.toISOString(), 'timestamptz')}, ${bind(step.from.id, 'uuid')})`
  }
  const order = step.descending ? 'DESC' : 'ASC'
  const text = `SELECT ${SUMMARY_COLUMNS} FROM (
      SELECT n.* FROM audit.entry n WHERE ${where} ORDER BY n.ts ${order}, n.event_id ${order} LIMIT ${bind(step.limit, 'int')}
    ) n JOIN audit.event e ON e.ts = n.ts AND e.id = n.event_id ORDER BY n.ts ${order}, n.event_id ${order}`
  return (await pool.query<SummaryRow>(text, values)).rows
}

async function countOf(pool: pg.Pool, query: EventQuery): Promise<Pick<EventPage, 'count' | 'countIsExact'>> {
  const { values, bind } = newParameters()
  const text = `SELECT count(*)::int AS count FROM (
    SELECT FROM audit.entry n WHERE ${whereOf(query, bind)} LIMIT ${bind(COUNTED + 1, 'int')}) AS found`
  const count = (await pool.query<{ count: number }>(text, values)).rows[0]?.count ?? 0
  return { count: Math.min(count, COUNTED), countIsExact: count <= COUNTED }
}

/** Rows in the list's order, and whether there are more at either end. */
type Found = { readonly rows: readonly SummaryRow[]; readonly before: boolean; readonly after: boolean }

async function pageFrom(
  pool: pg.Pool,
  query: EventQuery,
  from: (Position & { direction: Direction }) | undefined,
): Promise<Found> {
  const backwards = from?.direction === 'backwards'
  const descending = (query.order === 'newest') !== backwards
  const rows = await rowsFrom(pool, query, { from, descending, limit: query.limit + 1 })
  const more = rows.length > query.limit
  const kept = rows.slice(0, query.limit)
  return backwards
    ? { rows: kept.reverse(), before: more, after: true }
    : { rows: kept, before: from !== undefined, after: more }
}

/** Half of the page before the event, the event, and the rest after it. */
async function pageAround(pool: pg.Pool, query: EventQuery, middle: Position): Promise<Found> {
  const half = Math.floor((query.limit - 1) / 2)
  const descending = query.order === 'newest'
  const before = await rowsFrom(pool, query, { from: middle, descending: !descending, limit: half + 1 })
  const limit = query.limit - Math.min(half, before.length)
  const after = await rowsFrom(pool, query, { from: middle, descending, including: true, limit: limit + 1 })
  return {
    rows: [...before.slice(0, half).reverse(), ...after.slice(0, limit)],
    before: before.length > half,
    after: after.length > limit,
  }
}

async function findAround(pool: pg.Pool, query: EventQuery, id: string): Promise<Found> {
  const event = await readEvent(pool, query.account, id)
  if (!event) throw new KmsError('NotFoundException', `Event '${id}' does not exist`)
  return pageAround(pool, query, { ts: event.summary.ts, id })
}

const positionOf = (row: SummaryRow): Position => ({ ts: row.ts, id: row.event_id })

/** Opens the search over the reader's connections. `markerKey` authenticates cursors. */
export function openAuditSearch(options: {
  readonly pool: pg.Pool
  readonly markerKey: KeyObject
}): AuditSearch {
  const { pool, markerKey } = options
  const pages = cursors(markerKey, 'search-events')

  async function page(query: EventQuery): Promise<EventPage> {
    const question = [query.account, query.from?.getTime(), query.to?.getTime(), query.filter, query.order]
    const from = query.cursor === undefined ? undefined : pages.open(question, query.cursor)
    const finding =
      query.around === undefined ? pageFrom(pool, query, from) : findAround(pool, query, query.around)
    const [found, count] = await Promise.all([finding, countOf(pool, query)])
    const first = found.rows[0]
    const last = found.rows.at(-1)
    return {
      events: found.rows.map(summaryOf),
      next: last && found.after ? pages.seal(question, 'onwards', positionOf(last)) : null,
      previous: first && found.before ? pages.seal(question, 'backwards', positionOf(first)) : null,
      ...count,
    }
  }

  return {
    page,
    event: (account, id) => readEvent(pool, account, id),
    lookup: (question) => lookup(pool, question),
    cursors: (purpose) => cursors(markerKey, purpose),
  }
}

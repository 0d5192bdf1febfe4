/**
 * Pages of the log by keyset, both ways. The days beside the page's beginning are asked first: a plan over all days costs more
 * than most pages do. A page that no index serves is gathered piece by piece, and says how far it came.
 */
import type pg from 'pg'
import { KmsError } from '../../domain/refusal.ts'
import { resolveAliases } from './alias-keys.ts'
import { pieceByPiece, tookTooLong, within } from './bounded.ts'
import { readEvent } from './event-detail.ts'
import { newParameters, type Parameters } from './parameters.ts'
import type { Direction, Position } from './position.ts'
import { beyond, type EventScope, filterOf, type Question, questionOf, whereOf } from './question.ts'

export type EventQuery = EventScope & {
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  readonly cursor?: string | undefined
  /** The page with this event in its middle. */
  readonly around?: string | undefined
}

/** Events in the list's order, and where the pages on both sides begin; null where there are none. */
export type FoundPage = {
  readonly rows: readonly Position[]
  readonly previous: Position | null
  readonly next: Position | null
  /** Where looking stopped before the page was full: what lies beyond has not been looked at. */
  readonly stopped: Position | null
}

const DAY_MS = 86_400_000
/** Days beside the beginning that are asked together; then all that are left. */
const DAYS = [1, 4, 16]
const WHOLE_MS = 1500
const PIECES_MS = 2000
const MOST_ROWS = 2_000_000

/** A walk from a place on. */
export type Step = {
  readonly from: Position | undefined
  readonly descending: boolean
  readonly including?: boolean
  readonly limit: number
  /** Where a list without bounds begins. */
  readonly now: Date | undefined
}

/** The range as parts in the step's own order, small ones first. */
export function windowsOf(question: Question, { from: at, descending, now }: Step): Question[] {
  // Nothing is newer than now, wherever the range ends.
  const end = question.to && now && now < question.to ? now : (question.to ?? now)
  const anchor = at?.ts ?? (descending ? end : question.from)
  if (!anchor) return [question]
  const windows: Question[] = []
  let { from, to } = question
  let reached = 0
  for (const days of DAYS) {
    reached += days * DAY_MS
    const edge = new Date(anchor.getTime() + (descending ? -reached : reached))
    const isBeyond = descending ? from && edge <= from : to && edge >= to
    if (isBeyond) break
    windows.push(descending ? { ...question, from: edge, to } : { ...question, from, to: edge })
    if (descending) to = edge
    else from = edge
  }
  return [...windows, { ...question, from, to }]
}

function statement(where: string, { descending }: Step, limit: string): string {
  const order = descending ? 'DESC' : 'ASC'
  return `SELECT n.ts, n.event_id AS id FROM audit.entry n WHERE ${where} ORDER BY n.ts ${order}, n.event_id ${order} LIMIT ${limit}`
}

function beginOf({ from, descending, including }: Step, bind: Parameters['bind']): string {
  const sign = `${descending ? '<' : '>'}${including ? '=' : ''}` as const
  return from ? ` AND ${beyond(from, sign, bind)}` : ''
}

/** Events from a position on, in the step's own order; undefined when that took too long. */
async function rowsFrom(pool: pg.Pool, question: Question, step: Step): Promise<Position[] | undefined> {
  const time = AbortSignal.timeout(WHOLE_MS)
  const rows: Position[] = []
  for (const window of windowsOf(question, step)) {
    if (time.aborted) return undefined
    const { values, bind } = newParameters()
    const where = `${whereOf(window, bind)}${beginOf(step, bind)}`
    const text = statement(where, step, bind(step.limit - rows.length, 'int'))
    const found = await within(pool, WHOLE_MS, (ask) => ask<Position>(text, values))
    if (!found) return undefined
    rows.push(...found)
    if (rows.length >= step.limit) return rows
  }
  return rows
}

/** The same by pieces of the log: what was found in two seconds, and where it stopped if that is not all. */
export async function rowsByPieces(
  pool: pg.Pool,
  question: Question,
  step: Step,
  most: { readonly mostRows: number; readonly milliseconds: number } = {
    mostRows: MOST_ROWS,
    milliseconds: PIECES_MS,
  },
): Promise<{ rows: Position[]; stopped: Position | null }> {
  const { from, descending, limit } = step
  const rows: Position[] = []
  const { end } = await pieceByPiece(pool, { question, from, descending, ...most }, async (ask, piece) => {
    const { values, bind } = newParameters()
    const where = `${piece.bounds(bind)} AND ${filterOf(question, bind)}`
    rows.push(...(await ask<Position>(statement(where, step, bind(limit - rows.length, 'int')), values)))
    return rows.length >= limit ? 'enough' : 'more'
  })
  return { rows, stopped: rows.length < limit ? (end ?? null) : null }
}

async function pageFrom(
  pool: pg.Pool,
  query: EventQuery,
  from: (Position & { direction: Direction }) | undefined,
): Promise<FoundPage> {
  const question = await resolveAliases(pool, questionOf(query))
  const backwards = from?.direction === 'backwards'
  const descending = (query.order === 'newest') !== backwards
  const step = { from, descending, limit: query.limit + 1, now: query.now }
  const whole = await rowsFrom(pool, question, step)
  const { rows, stopped } = whole ? { rows: whole, stopped: null } : await rowsByPieces(pool, question, step)
  const kept = rows.slice(0, query.limit)
  const last = kept.at(-1)
  const onwards = rows.length > query.limit && last ? last : stopped
  // Where the asker came from.
  const back = from ? (kept[0] ?? null) : null
  return backwards
    ? { rows: kept.reverse(), previous: onwards, next: back, stopped }
    : { rows: kept, previous: back, next: onwards, stopped }
}

/** Half of the page before the event, the event, and the rest after it. */
async function pageAround(pool: pg.Pool, query: EventQuery, middle: Position): Promise<FoundPage> {
  const question = await resolveAliases(pool, questionOf(query))
  const half = Math.floor((query.limit - 1) / 2)
  const descending = query.order === 'newest'
  const begin = { from: middle, now: query.now }
  const before = await rowsFrom(pool, question, { ...begin, descending: !descending, limit: half + 1 })
  if (!before) throw tookTooLong()
  const limit = query.limit - Math.min(half, before.length)
  const step = { ...begin, descending, including: true, limit: limit + 1 }
  const after = await rowsFrom(pool, question, step)
  if (!after) throw tookTooLong()
  const rows = [...before.slice(0, half).reverse(), ...after.slice(0, limit)]
  return {
    rows,
    previous: before.length > half ? (rows[0] ?? null) : null,
    next: after.length > limit ? (rows.at(-1) ?? null) : null,
    stopped: null,
  }
}

async function findAround(pool: pg.Pool, query: EventQuery, id: string): Promise<FoundPage> {
  const event = await readEvent(pool, query.account, id)
  if (!event) throw new KmsError('NotFoundException', `Event '${id}' does not exist`)
  return pageAround(pool, query, { ts: event.summary.ts, id })
}

/** The page of a query, from a cursor's place on. */
export const findPage = (
  pool: pg.Pool,
  query: EventQuery,
  from: (Position & { direction: Direction }) | undefined,
): Promise<FoundPage> =>
  query.around === undefined ? pageFrom(pool, query, from) : findAround(pool, query, query.around)

/**
 * How many events a question has: whole where counts by minute and hour answer it, else exact to ten thousand. A search
 * that no index serves is counted piece by piece; its cursor goes on where a call stopped.
 */
import type pg from 'pg'
import { openMarker, sealMarker } from '../../crypto/marker.ts'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { KmsError } from '../../domain/refusal.ts'
import { resolveAliases } from './alias-keys.ts'
import { pieceByPiece, within } from './bounded.ts'
import { isRolledUp } from './conditions.ts'
import { newParameters } from './parameters.ts'
import { fingerprint, type Position } from './position.ts'
import { type EventScope, filterOf, fixedIn, type Question, questionOf, whereOf } from './question.ts'
import { rolledRows } from './rollup.ts'

export const COUNTED = 10_000

export type EventCount = { readonly count: number; readonly countIsExact: boolean }

/** Of a search that goes piece by piece: rows looked at, of how many in the range, and where it goes on. */
export type CountedSoFar = EventCount & {
  readonly searched?: number
  readonly of?: number
  readonly cursor?: string
}

const WHOLE_MS = 1500
const BESIDE_MS = 1000
const PIECES_MS = 2000
const MOST_ROWS = 2_000_000

/** All rows of a question, from counts by minute and hour; undefined when that took too long. */
async function rolledCount(pool: pg.Pool, question: Question): Promise<EventCount | undefined> {
  const { values, bind } = newParameters()
  const text = `SELECT coalesce(sum(count), 0)::float8 AS count FROM (${rolledRows(question, { columns: [], coarsest: 'hour', bind })}) AS r`
  const rows = await within(pool, WHOLE_MS, (ask) => ask<{ count: number }>(text, values))
  return rows && { count: rows[0]?.count ?? 0, countIsExact: true }
}

/** Up to ten thousand and one rows, counted; undefined when that took too long. */
async function boundedCount(
  pool: pg.Pool,
  question: Question,
  milliseconds: number,
): Promise<EventCount | undefined> {
  const { values, bind } = newParameters()
  const text = `SELECT count(*)::int AS count FROM (
    SELECT FROM audit.entry n WHERE ${whereOf(question, bind)} LIMIT ${bind(COUNTED + 1, 'int')}) AS found`
  const rows = await within(pool, milliseconds, (ask) => ask<{ count: number }>(text, values))
  const count = rows?.[0]?.count
  return count === undefined ? undefined : { count: Math.min(count, COUNTED), countIsExact: count <= COUNTED }
}

/** The count beside a page; undefined where it is not to be had in a second. */
export async function countBeside(pool: pg.Pool, scope: EventScope): Promise<EventCount | undefined> {
  const question = await resolveAliases(pool, questionOf(scope))
  return isRolledUp(question.terms) ? rolledCount(pool, question) : boundedCount(pool, question, BESIDE_MS)
}

type SoFar = { readonly count: number; readonly searched: number; readonly from: Position | undefined }

/** Goes on counting, newest first, where an earlier call stopped. */
export async function countByPieces(
  pool: pg.Pool,
  question: Question,
  sofar: SoFar,
  most: { readonly mostRows: number; readonly milliseconds: number } = {
    mostRows: MOST_ROWS,
    milliseconds: PIECES_MS,
  },
): Promise<SoFar> {
  let { count } = sofar
  const walk = { question, from: sofar.from, descending: true, ...most }
  const { rows, end } = await pieceByPiece(pool, walk, async (ask, piece) => {
    const { values, bind } = newParameters()
    const text = `SELECT count(*)::int AS count FROM audit.entry n WHERE ${piece.bounds(bind)} AND ${filterOf(question, bind)}`
    count += (await ask<{ count: number }>(text, values))[0]?.count ?? 0
    return count > COUNTED ? 'enough' : 'more'
  })
  return { count, searched: sofar.searched + rows, from: end }
}

const PURPOSE = 'count-events'

type Sealed = {
  readonly question: string
  readonly count: number
  readonly searched: number
  readonly ts: number
  readonly id: string
}
const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'question' in value && 'searched' in value && 'id' in value

function openCursor(key: KeyObject, scope: EventScope, cursor: string): SoFar {
  const sealed = openMarker(key, PURPOSE, cursor)
  if (!isSealed(sealed) || sealed.question !== fingerprint(fixedIn(scope)))
    throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
  const { count, searched, ts, id } = sealed
  return { count, searched, from: { ts: new Date(ts), id } }
}

/** Counts, or goes on counting from a cursor of an earlier answer. @throws KmsError InvalidMarkerException */
export async function countEvents(
  pool: pg.Pool,
  markerKey: KeyObject,
  scope: EventScope & { readonly cursor?: string | undefined },
): Promise<CountedSoFar> {
  const question = await resolveAliases(pool, questionOf(scope))
  if (scope.cursor === undefined) {
    const rolled = isRolledUp(question.terms)
    const whole = await (rolled ? rolledCount(pool, question) : boundedCount(pool, question, WHOLE_MS))
    if (whole) return whole
  }
  const before =
    scope.cursor === undefined
      ? { count: 0, searched: 0, from: undefined }
      : openCursor(markerKey, scope, scope.cursor)
  const { count, searched, from } = await countByPieces(pool, question, before)
  if (count > COUNTED) return { count: COUNTED, countIsExact: false }
  const all = await rolledCount(pool, { ...question, terms: [] })
  const of = Math.max(all?.count ?? 0, searched)
  if (!from) return { count, countIsExact: true, searched, of }
  const place = { question: fingerprint(fixedIn(scope)), count, searched, ts: from.ts.getTime(), id: from.id }
  return { count, countIsExact: false, searched, of, cursor: sealMarker(markerKey, PURPOSE, place) }
}

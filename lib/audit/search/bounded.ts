/** Questions that end: each statement has its time on the server, and a search that nothing serves goes piece by piece. */
import type pg from 'pg'
import { KmsError } from '../../domain/refusal.ts'
import { sqlState } from '../write/pool.ts'
import type { Parameters } from './parameters.ts'
import { newParameters } from './parameters.ts'
import type { Position } from './position.ts'
import { beyond, type Question, rangeOf } from './question.ts'

const QUERY_CANCELED = '57014'

/** Runs one statement on the connection that a question holds. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<Row[]>

/**
 * Does something with statements that may take so many milliseconds each; undefined when one of them took longer.
 * Nothing is written. Compiling a plan costs more than these statements save by it.
 */
export async function within<T>(
  pool: pg.Pool,
  milliseconds: number,
  work: (ask: Ask) => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect()
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${milliseconds}; SET LOCAL jit = off`)
    const done = await work(async (text, values) => (await client.query(text, values)).rows)
    await client.query('COMMIT')
    client.release()
    return done
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    )
    if (sqlState(error) === QUERY_CANCELED) return undefined
    throw error
  }
}

/** What a question that took too long is answered with. */
export const tookTooLong = () =>
  new KmsError(
    'DependencyTimeoutException',
    'The search took too long and was stopped. Choose a shorter time range, or a filter that names a key, a principal or an event.',
  )

const PIECE_ROWS = 20_000
const PIECE_MS = 1000

/** A part of the range: conditions of its ends, and where the next one begins. Rows of the log, not only those that match. */
export type Piece = {
  /** Its ends, as conditions on audit.entry `n`. */
  readonly bounds: (bind: Parameters['bind']) => string
  readonly rows: number
  /** Its last row in the order of the walk; undefined for the piece that ends the range. */
  readonly end: Position | undefined
}

type Walk = {
  readonly question: Question
  /** Not included. */
  readonly from: Position | undefined
  readonly descending: boolean
}

async function nextPiece(ask: Ask, { question, from, descending }: Walk): Promise<Piece> {
  const [onwards, order] = descending ? (['<', 'DESC'] as const) : (['>', 'ASC'] as const)
  const begin = (bind: Parameters['bind']) => (from ? ` AND ${beyond(from, onwards, bind)}` : '')
  const { values, bind } = newParameters()
  const rows = await ask<{ ts: Date; id: string; place: number }>(
    `SELECT ts, id, place FROM (SELECT n.ts, n.event_id AS id, row_number() OVER (ORDER BY n.ts ${order}, n.event_id ${order})::int AS place
       FROM (SELECT n.ts, n.event_id FROM audit.entry n WHERE ${rangeOf(question, bind)}${begin(bind)}
         ORDER BY n.ts ${order}, n.event_id ${order} LIMIT ${PIECE_ROWS}) n) AS piece ORDER BY place DESC LIMIT 1`,
    values,
  )
  const [last] = rows
  const end = last && last.place === PIECE_ROWS ? { ts: last.ts, id: last.id } : undefined
  return {
    bounds: (to) =>
      `${rangeOf(question, to)}${begin(to)}${end ? ` AND ${beyond(end, `${onwards === '<' ? '>' : '<'}=`, to)}` : ''}`,
    rows: last?.place ?? 0,
    end,
  }
}

/**
 * Goes through a range piece by piece, until `look` says that it is enough, so many rows were looked at, two seconds are
 * over or the range is. Gives where it stopped: undefined at the range's end.
 * @throws KmsError DependencyTimeoutException when not even one piece could be looked at in time.
 */
export async function pieceByPiece(
  pool: pg.Pool,
  walk: Walk & { readonly mostRows: number; readonly milliseconds: number },
  look: (ask: Ask, piece: Piece) => Promise<'more' | 'enough'>,
): Promise<{ readonly rows: number; readonly end: Position | undefined }> {
  const time = AbortSignal.timeout(walk.milliseconds)
  let { from } = walk
  let rows = 0
  while (true) {
    const found = await within(pool, PIECE_MS, async (ask) => {
      const piece = await nextPiece(ask, { ...walk, from })
      return { piece, said: await look(ask, piece) }
    })
    if (!found && rows === 0) throw tookTooLong()
    if (!found) return { rows, end: from }
    rows += found.piece.rows
    from = found.piece.end
    const over = found.said === 'enough' || time.aborted || rows >= walk.mostRows
    if (from === undefined || over) return { rows, end: from }
  }
}

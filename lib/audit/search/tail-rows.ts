/** What matched a filter between two places of the log: how many, exactly, and as many of them as are to be shown. */
import type pg from 'pg'
import type { TailBatch } from '../../domain/tail.ts'
import { tookTooLong, within } from './bounded.ts'
import { newParameters } from './parameters.ts'
import { filterOf, type Question, questionOf } from './question.ts'
import { type EventSummary, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './summary.ts'

export type TailQuestion = { readonly account: string; readonly filter: string }

/** (after, to] */
type Range = { readonly after: number; readonly to: number; readonly most: number }

/** The place of the newest event; -1 while there is none. A place in the log and its entry appear together. */
export async function readLast(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ size: string }>('SELECT size::text AS size FROM audit.log')
  return Number(rows[0]?.size ?? 0) - 1
}

/** No range is too long for a tail's filter: it looks at what is new. */
const NO_TIME = { from: new Date(0), to: new Date(0) }

/** @throws KmsError ValidationException for a filter with a fault. */
export const checkFilter = (question: TailQuestion): Question => questionOf({ ...question, ...NO_TIME })

const LONGEST_MS = 4000

type Row = SummaryRow & { readonly matched: number; readonly one_in: number }

/**
 * Of too many, every 2nd, 4th, 8th … is taken, by powers of two so that a steady stream has a steady sample. Entries of a
 * range lie in few days: their least time leaves the partitions of the others out.
 */
export async function matchingBetween(
  pool: pg.Pool,
  question: TailQuestion,
  { after, to, most }: Range,
): Promise<TailBatch<EventSummary>> {
  const { values, bind } = newParameters()
  const range = `n.index > ${bind(after, 'bigint')} AND n.index <= ${bind(to, 'bigint')}`
  const where = [
    range,
    `n.ts >= (SELECT min(n.ts) FROM audit.entry n WHERE ${range})`,
    `n.account_id = ${bind(question.account)}`,
    filterOf(checkFilter(question), bind),
  ].join(' AND ')
  const oneIn = `power(2, ceil(log(2, greatest(1, m.matched::numeric / ${bind(most, 'int')}))))::int`
  const text = `SELECT ${SUMMARY_COLUMNS}, n.matched::int AS matched, n.one_in FROM (
      SELECT m.*, ${oneIn} AS one_in FROM (
        SELECT n.*, count(*) OVER () AS matched, row_number() OVER (ORDER BY n.index DESC) AS place
        FROM audit.entry n WHERE ${where}) m
    ) n JOIN audit.event e ON e.ts = n.ts AND e.id = n.event_id
    WHERE (n.place - 1) % n.one_in = 0 ORDER BY n.index DESC`
  const rows = await within(pool, LONGEST_MS, (ask) => ask<Row>(text, values))
  if (!rows) throw tookTooLong()
  const [first] = rows
  return {
    Events: rows.map(summaryOf),
    Count: first?.matched ?? 0,
    OneIn: first?.one_in ?? 1,
    Last: to,
  }
}

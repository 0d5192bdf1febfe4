/**
 * Counts by minute and by hour, and the ragged ends of a range from entries: together exactly the rows of the range, in one
 * statement and so of one moment.
 */
import type { Parameters } from './parameters.ts'
import { filterOf, type Question, rangeOf } from './question.ts'

const MINUTE = 60_000
const HOUR = 3_600_000

type Part = {
  readonly table: 'entry' | 'minute' | 'hour'
  readonly from: number | undefined
  readonly to: number | undefined
}

const up = (at: number | undefined, unit: number) => at && Math.ceil(at / unit) * unit
const down = (at: number | undefined, unit: number) => at && Math.floor(at / unit) * unit
const isEmpty = ({ from, to }: Part) => from !== undefined && to !== undefined && from >= to

/** The middle of a range in whole units, and what is left at both ends; all of it at the beginning where none is whole. */
function split(
  part: Omit<Part, 'table'>,
  unit: number,
): { head: typeof part; middle: typeof part; tail: typeof part } {
  const from = up(part.from, unit)
  const to = down(part.to, unit)
  const none = { from: 0, to: 0 }
  if (from !== undefined && to !== undefined && from >= to) return { head: part, middle: none, tail: none }
  return {
    head: part.from === undefined ? none : { from: part.from, to: from },
    middle: { from, to },
    tail: part.to === undefined ? none : { from: to, to: part.to },
  }
}

/** A range as parts that tables have in whole, coarser ones first where they may be used. */
export function partsOf(from: Date | undefined, to: Date | undefined, coarsest: Part['table']): Part[] {
  const whole = { from: from?.getTime(), to: to?.getTime() }
  if (coarsest === 'entry') return [{ table: 'entry' as const, ...whole }].filter((part) => !isEmpty(part))
  const minutes = split(whole, MINUTE)
  const hours = split(minutes.middle, HOUR)
  const middle: Part[] =
    coarsest === 'minute'
      ? [{ table: 'minute', ...minutes.middle }]
      : [
          { table: 'minute', ...hours.head },
          { table: 'hour', ...hours.middle },
          { table: 'minute', ...hours.tail },
        ]
  const parts: Part[] = [{ table: 'entry', ...minutes.head }, ...middle, { table: 'entry', ...minutes.tail }]
  return parts.filter((part) => !isEmpty(part))
}

/** Hours of days that were taken out of the database are still counted; their events cannot be listed any more. */
const KEPT = `coalesce((SELECT (max(b.day) + 1)::timestamp AT TIME ZONE 'UTC' FROM audit.bundle b WHERE b.removed_at IS NOT NULL), '-infinity')`

/** Rows (at, columns…, count) of a question whose filter counts can answer; `n` is each table in turn. */
export function rolledRows(
  question: Question,
  {
    columns,
    coarsest,
    bind,
  }: { columns: readonly string[]; coarsest: Part['table']; bind: Parameters['bind'] },
): string {
  const parts = partsOf(question.from, question.to, coarsest)
  // A range without length has no rows.
  if (parts.length === 0)
    return `SELECT ${['now() AS at', ...columns.map((name) => `'' AS ${name}`), '0 AS count'].join(', ')} WHERE false`
  const filter = filterOf(question, bind)
  const dated = (at: number | undefined) => (at === undefined ? undefined : new Date(at))
  const rows = parts.map(({ table, from, to }) => {
    const range = rangeOf({ ...question, from: dated(from), to: dated(to) }, bind)
    const [at, count] = table === 'entry' ? ['n.ts', '1'] : ['n.at', 'n.count']
    const where = table === 'entry' ? range : `${range.replaceAll('n.ts ', 'n.at ')} AND n.at >= ${KEPT}`
    return `SELECT ${[`${at} AS at`, ...columns.map((name) => `n.${name}`), `${count} AS count`].join(', ')}
      FROM audit.${table} n WHERE ${where} AND ${filter}`
  })
  return rows.join(' UNION ALL ')
}

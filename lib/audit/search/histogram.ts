/**
 * Events over time, by outcome, in at most 120 bars. A bar reaches from its beginning to the next one's, the last to the
 * range's end, and says as many as the list has rows there.
 */
import type pg from 'pg'
import type { EventHistogram, HistogramBucket } from '../../domain/evidence.ts'
import { resolveAliases } from './alias-keys.ts'
import { pieceByPiece, tookTooLong, within } from './bounded.ts'
import { isRolledUp } from './conditions.ts'
import { newParameters, type Parameters } from './parameters.ts'
import { type EventScope, filterOf, type Question, questionOf, whereOf } from './question.ts'
import { rolledRows } from './rollup.ts'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** Seconds. */
const STEPS = [1, 5, 10, 30, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY]
export const MOST_BUCKETS = 120

const WHOLE_MS = 2000
const PIECES_MS = 2000
const MOST_ROWS = 500_000

type Range = { readonly from: Date; readonly to: Date }

const barsIn = ({ from, to }: Range, step: number) =>
  Math.ceil(to.getTime() / 1000 / step) - Math.floor(from.getTime() / 1000 / step)

/** The shortest step, in seconds, that makes no more bars; for many months, whole days that double. */
export function stepOf(range: Range, most: number): number {
  const known = STEPS.find((step) => barsIn(range, step) <= most)
  if (known !== undefined) return known
  let step = 2 * DAY
  while (barsIn(range, step) > most && step < Number.MAX_SAFE_INTEGER / 4) step *= 2
  return step
}

/** Where bars begin: the range's beginning, and every whole step in it. */
function beginningsOf({ from, to }: Range, step: number): Date[] {
  if (from >= to) return []
  const unit = step * 1000
  const beginnings = [from]
  for (let at = (Math.floor(from.getTime() / unit) + 1) * unit; at < to.getTime(); at += unit)
    beginnings.push(new Date(at))
  return beginnings
}

type Count = { readonly bar: Date; readonly outcome: string; readonly count: number }

/** Rows with `at`, `outcome` and `count`, by bar. */
const barred = (rows: string, step: number, bind: Parameters['bind']) =>
  `SELECT date_bin(make_interval(secs => ${bind(step, 'float8')}), at, 'epoch'::timestamptz) AS bar, outcome, sum(count)::float8 AS count
   FROM (${rows}) AS r GROUP BY 1, 2`

function bucketsOf(range: Range, step: number, counts: readonly Count[]): HistogramBucket[] {
  const unit = step * 1000
  const sums = new Map<string, number>()
  for (const { bar, outcome, count } of counts) {
    const name = `${bar.getTime()} ${outcome}`
    sums.set(name, (sums.get(name) ?? 0) + count)
  }
  return beginningsOf(range, step).map((At) => {
    const bar = Math.floor(At.getTime() / unit) * unit
    const sum = (outcome: string) => sums.get(`${bar} ${outcome}`) ?? 0
    return { At, Ok: sum('ok'), Denied: sum('denied'), Error: sum('error') }
  })
}

type Counted = { readonly counts: readonly Count[]; readonly searchedFrom: Date | null }

async function fromRollups(pool: pg.Pool, question: Question, step: number): Promise<Counted> {
  const { values, bind } = newParameters()
  const coarsest = step % HOUR === 0 ? 'hour' : 'minute'
  const rows = rolledRows(question, { columns: ['outcome'], coarsest, bind })
  const counts = await within(pool, WHOLE_MS, (ask) => ask<Count>(barred(rows, step, bind), values))
  if (!counts) throw tookTooLong()
  return { counts, searchedFrom: null }
}

const ofEntries = (where: string) =>
  `SELECT n.ts AS at, n.outcome, 1 AS count FROM audit.entry n WHERE ${where}`

/** The newest part of the range, as far as two seconds or half a million rows reach. */
export async function histogramByPieces(
  pool: pg.Pool,
  question: Question,
  step: number,
  most: { readonly mostRows: number; readonly milliseconds: number } = {
    mostRows: MOST_ROWS,
    milliseconds: PIECES_MS,
  },
): Promise<Counted> {
  const counts: Count[] = []
  const walk = { question, from: undefined, descending: true, ...most }
  const { end } = await pieceByPiece(pool, walk, async (ask, piece) => {
    const { values, bind } = newParameters()
    const rows = ofEntries(`${piece.bounds(bind)} AND ${filterOf(question, bind)}`)
    counts.push(...(await ask<Count>(barred(rows, step, bind), values)))
    return 'more'
  })
  // Of the very millisecond at which it stopped, some rows may be left.
  return { counts, searchedFrom: end ? new Date(end.ts.getTime() + 1) : null }
}

async function fromEntries(pool: pg.Pool, question: Question, step: number): Promise<Counted> {
  const { values, bind } = newParameters()
  const text = barred(ofEntries(whereOf(question, bind)), step, bind)
  const counts = await within(pool, WHOLE_MS, (ask) => ask<Count>(text, values))
  return counts ? { counts, searchedFrom: null } : histogramByPieces(pool, question, step)
}

/** The oldest event of an account that is still there. */
async function beginningOf(pool: pg.Pool, account: string): Promise<Date | undefined> {
  const text = 'SELECT n.ts FROM audit.entry n WHERE n.account_id = $1 ORDER BY n.ts, n.event_id LIMIT 1'
  const rows = await within(pool, WHOLE_MS, (ask) => ask<{ ts: Date }>(text, [account]))
  return rows?.[0]?.ts
}

/** Of a range without an end, what has happened so far, this second included; without a beginning, from the oldest on. */
async function rangeOf(pool: pg.Pool, scope: EventScope & { now: Date }): Promise<Range> {
  const to = scope.to ?? new Date((Math.floor(scope.now.getTime() / 1000) + 1) * 1000)
  const from = scope.from ?? (await beginningOf(pool, scope.account)) ?? to
  return { from: from < to ? from : to, to }
}

export async function eventHistogram(
  pool: pg.Pool,
  scope: EventScope & { readonly now: Date; readonly mostBuckets?: number | undefined },
): Promise<EventHistogram> {
  const asked = await resolveAliases(pool, questionOf(scope))
  const range = await rangeOf(pool, scope)
  const question = { ...asked, ...range }
  const step = stepOf(range, scope.mostBuckets ?? MOST_BUCKETS)
  const rolled = isRolledUp(question.terms) && step % MINUTE === 0
  const { counts, searchedFrom } = await (rolled ? fromRollups : fromEntries)(pool, question, step)
  return {
    From: range.from,
    To: range.to,
    StepSeconds: step,
    Buckets: bucketsOf(range, step, counts),
    Exact: searchedFrom === null,
    SearchedFrom: searchedFrom,
  }
}

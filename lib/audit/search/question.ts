/** A question of the log: whose, when, and what filter; read once, and said to the database as conditions. */
import { type FilterTerm, parseFilter } from '../../domain/filter.ts'
import { AUDIT_FIELDS } from '../../domain/operations/insight.ts'
import { KmsError } from '../../domain/refusal.ts'
import { conditions, looksIntoRecords } from './conditions.ts'
import type { Parameters } from './parameters.ts'
import type { Position } from './position.ts'

/** What lists, counts, histograms and facets are asked about. */
export type EventScope = {
  readonly account: string
  /** [from, to); without an end, all there is. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly filter: string
  /** For ranges that end now. */
  readonly now?: Date | undefined
}

export type Question = {
  readonly account: string
  readonly from: Date | undefined
  readonly to: Date | undefined
  readonly terms: readonly FilterTerm[]
}

const DAY_MS = 86_400_000

/** Every record of the range is read: that is for one day. */
function checkRange({ from, to, now }: EventScope): void {
  const end = to ?? now
  if (from && end && end.getTime() - from.getTime() <= DAY_MS) return
  throw new KmsError(
    'ValidationException',
    'Text in quotation marks is looked for in whole records, which takes a time range of at most 24 hours.',
  )
}

/**
 * @throws KmsError ValidationException with the filter's first fault and its place, or for a range that is too long;
 * InvalidTimeRangeException for one that ends before it begins.
 */
export function questionOf(scope: EventScope): Question {
  const { account, from, to, filter } = scope
  if (from && to && from > to)
    throw new KmsError('InvalidTimeRangeException', 'The start time must not be after the end time.')
  const { terms, faults } = parseFilter(filter, AUDIT_FIELDS)
  const [fault] = faults
  if (fault)
    throw new KmsError(
      'ValidationException',
      `${fault.message} (at character ${fault.start + 1} of the filter)`,
    )
  if (looksIntoRecords(terms)) checkRange(scope)
  return { account, from, to, terms }
}

/** What stays the same from page to page. */
export const fixedIn = ({ account, from, to, filter }: EventScope): readonly unknown[] => [
  account,
  from?.getTime(),
  to?.getTime(),
  filter,
]

/** Where in its own order a step begins; the days that it cannot reach are left out by the bound on ts alone. */
export function beyond(position: Position, sign: '<' | '<=' | '>' | '>=', bind: Parameters['bind']): string {
  const ts = bind(position.ts.toISOString(), 'timestamptz')
  const day = sign.startsWith('<') ? `n.ts <= ${ts}` : `n.ts >= ${ts}`
  return `${day} AND (n.ts, n.event_id) ${sign} (${ts}, ${bind(position.id, 'uuid')})`
}

/** The account and the range, as conditions on audit.entry `n`. */
export function rangeOf({ account, from, to }: Question, bind: Parameters['bind']): string {
  const parts = [`n.account_id = ${bind(account)}`]
  if (from) parts.push(`n.ts >= ${bind(from.toISOString(), 'timestamptz')}`)
  if (to) parts.push(`n.ts < ${bind(to.toISOString(), 'timestamptz')}`)
  return parts.join(' AND ')
}

/** The filter alone. */
export const filterOf = ({ account, terms }: Question, bind: Parameters['bind']): string =>
  conditions(terms, { bind, account }).join(' AND ') || 'true'

/** The whole question, as conditions on audit.entry `n`. */
export const whereOf = (question: Question, bind: Parameters['bind']): string =>
  `${rangeOf(question, bind)} AND ${filterOf(question, bind)}`

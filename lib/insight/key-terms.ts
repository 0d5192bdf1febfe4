/** The filter above the list of keys, as terms its statement understands. */
import { holdingPattern, likePattern } from '#lib/audit/search/parameters.ts'
import { type FieldTerm, type FilterTerm, type FilterValue, parseFilter } from '#lib/domain/filter.ts'
import { KEY_FIELDS, type KeyField } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { KeyTerm } from '#lib/store/search-keys.ts'

const DAY_MS = 24 * 3_600_000
const AGE = /^([<>])(\d{1,5})d$/

const isKeyField = (field: string): field is KeyField => Object.hasOwn(KEY_FIELDS, field)

const refuse = (message: string, at: number) =>
  new KmsError('ValidationException', `${message} (at character ${at + 1} of the filter)`)

const aliasPattern = (value: FilterValue) =>
  likePattern(
    value.text.startsWith('alias/') || (value.glob && value.text === '')
      ? value
      : { ...value, text: `alias/${value.text}` },
  )

/** used:never, used:>30d (the last use is longer ago), used:<30d (it is not). */
function usedTerm(term: FieldTerm, now: Date): KeyTerm {
  const { negated, values, start } = term
  if (values.length !== 1) throw refuse('used takes one value', start)
  const value = values[0]?.text ?? ''
  if (value === 'never') return { field: 'used', negated, never: true }
  const age = AGE.exec(value)
  if (!age) throw refuse('used can be never, >30d or <30d', start)
  const limit = new Date(now.getTime() - Number(age[2]) * DAY_MS)
  return { field: 'used', negated, ...(age[1] === '>' ? { before: limit } : { since: limit }) }
}

function keyTerm(term: FilterTerm, now: Date): KeyTerm {
  const { negated } = term
  if (term.kind === 'text') {
    // Words are looked for anywhere in a text.
    return { field: 'text', negated, patterns: [holdingPattern(term.value)] }
  }
  if (term.kind === 'group') throw refuse('This list takes no parentheses', term.start)
  if (term.field === 'used') return usedTerm(term, now)
  if (!isKeyField(term.field)) throw refuse(`There is no field ${term.field}`, term.start)
  const pattern = term.field === 'alias' ? aliasPattern : likePattern
  return { field: term.field, negated, patterns: term.values.map(pattern) }
}

/** @throws KmsError ValidationException with the first fault and its place. */
export function keyTerms(filter: string, now: Date): KeyTerm[] {
  const { terms, faults } = parseFilter(filter, KEY_FIELDS)
  const [fault] = faults
  if (fault) throw refuse(fault.message, fault.start)
  return terms.map((term) => keyTerm(term, now))
}

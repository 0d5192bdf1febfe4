/**
 * A filter's terms as conditions on audit.entry. The text of a condition comes from this file and those of its fields
 * alone; what people typed only ever becomes a parameter.
 */
import type { FieldTerm, FilterTerm, TextTerm } from '../../domain/filter.ts'
import { piecesOf } from '../../domain/filter-value.ts'
import type { AuditField } from '../../domain/operations/insight.ts'
import { matcherOf } from './condition-fields.ts'
import { type Asked, escapedLike, holdingPattern, type Parameters } from './parameters.ts'

/** Words are looked for in what a row of the list shows (AUD-2). */
const WORDS_IN = ['event_name', 'actor_arn', 'alias_name', 'key_id', 'error_code', 'address'] as const

// A subquery of its own for each row, so that only the events of rows that are looked at are read.
const RECORD = `(SELECT convert_from(e.body, 'UTF8') FROM audit.event e WHERE e.ts = n.ts AND e.id = n.event_id)`

/** In quotation marks, text is looked for in the whole record: as it stands there, and as the value that JSON writes so. */
function textCondition({ value, quoted }: TextTerm, bind: Parameters['bind']): string {
  if (quoted) {
    const written = (text: string) => JSON.stringify(text).slice(1, -1)
    const patterns = [(text: string) => text, written].map((as) =>
      piecesOf(value).map((piece) => escapedLike(as(piece))),
    )
    return `${RECORD} ILIKE ANY (${bind([...new Set(patterns.map((pieces) => `%${pieces.join('%')}%`))], 'text[]')})`
  }
  const pattern = bind(holdingPattern(value))
  return `(${WORDS_IN.map((name) => `n.${name} ILIKE ${pattern}`).join(' OR ')})`
}

function fieldCondition(term: FieldTerm, asked: Asked): string {
  // A field that the parser let through and that is none of ours matches nothing, rather than everything.
  return matcherOf(term.field)?.(term.values, asked) ?? 'false'
}

function condition(term: FilterTerm, asked: Asked): string {
  if (term.kind === 'field') return fieldCondition(term, asked)
  if (term.kind === 'text') return textCondition(term, asked.bind)
  return `(${term.any.map((all) => conditions(all, asked).join(' AND ')).join(' OR ')})`
}

/** The conditions of a filter, to be joined by AND. `n` is audit.entry, whose rows are already of the asked account. */
export function conditions(terms: readonly FilterTerm[], asked: Asked): string[] {
  return terms.map((term) => {
    const text = condition(term, asked)
    // A column without a value is not the value: NOT alone would leave such rows out.
    return term.negated ? `(${text}) IS NOT TRUE` : text
  })
}

/** Columns that audit.minute and audit.hour have as well, under the same names. */
const ROLLED_UP: readonly string[] = ['class', 'outcome', 'source', 'event', 'region'] satisfies AuditField[]

/** Whether counts by minute and hour can answer a filter. */
export const isRolledUp = (terms: readonly FilterTerm[]): boolean =>
  terms.every((term) =>
    term.kind === 'group'
      ? term.any.every(isRolledUp)
      : term.kind === 'field' && ROLLED_UP.includes(term.field),
  )

/** Whether a filter looks into whole records. */
export const looksIntoRecords = (terms: readonly FilterTerm[]): boolean =>
  terms.some((term) =>
    term.kind === 'group' ? term.any.some(looksIntoRecords) : term.kind === 'text' && term.quoted === true,
  )

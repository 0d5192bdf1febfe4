/**
 * Aliases in a filter's key: terms, as the keys that they point to when the question is asked. Known beforehand, they are
 * plain ids, which indexes serve.
 */
import type pg from 'pg'
import type { FieldTerm, FilterTerm } from '../../domain/filter.ts'
import { type FilterValue, fitsValue } from '../../domain/filter-value.ts'
import { keyReference } from './condition-fields.ts'
import { likePattern } from './parameters.ts'
import type { Question } from './question.ts'

const isKeyTerm = (term: FilterTerm): term is FieldTerm => term.kind === 'field' && term.field === 'key'

const aliasesIn = (terms: readonly FilterTerm[]): FilterValue[] =>
  terms.flatMap((term) => {
    if (term.kind === 'group') return term.any.flatMap(aliasesIn)
    return isKeyTerm(term) ? term.values.flatMap((value) => keyReference(value).alias ?? []) : []
  })

type Known = readonly { readonly name: string; readonly keyId: string }[]

function resolved(value: FilterValue, known: Known): FilterValue[] {
  const { alias, id } = keyReference(value)
  const keys = alias ? known.filter(({ name }) => fitsValue(name, alias)) : []
  return [...(id ? [id] : []), ...keys.map(({ keyId }) => ({ text: keyId, glob: false }))]
}

const withKeys = (terms: readonly FilterTerm[], known: Known): FilterTerm[] =>
  terms.map((term) => {
    if (term.kind === 'group') return { ...term, any: term.any.map((all) => withKeys(all, known)) }
    return isKeyTerm(term)
      ? { ...term, values: term.values.flatMap((value) => resolved(value, known)) }
      : term
  })

/** The question with keys in place of aliases. An alias that is not there stands for no key. */
export async function resolveAliases(pool: pg.Pool, question: Question): Promise<Question> {
  const aliases = aliasesIn(question.terms)
  if (aliases.length === 0) return question
  const { rows } = await pool.query<{ name: string; keyId: string }>(
    `SELECT a.name, a.key_id AS "keyId" FROM keyhouse.alias a WHERE a.account_id = $1 AND a.name LIKE ANY ($2::text[])`,
    [question.account, aliases.map(likePattern)],
  )
  return { ...question, terms: withKeys(question.terms, rows) }
}

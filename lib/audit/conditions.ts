/**
 * A filter's terms as conditions on audit.entry. The text of a condition comes from this file alone; what people typed
 * only ever becomes a parameter.
 */

import { KEY_ID, parseArn } from '../domain/arn.ts'
import type { FieldTerm, FilterTerm, FilterValue } from '../domain/filter.ts'
import type { AuditField } from '../domain/operations/insight.ts'

/** Collects parameters: `bind` gives the place of each. */
export type Parameters = {
  readonly values: unknown[]
  readonly bind: (value: unknown, type?: string) => string
}

export function newParameters(): Parameters {
  const values: unknown[] = []
  const bind = (value: unknown, type?: string) => {
    values.push(value)
    return type ? `$${values.length}::${type}` : `$${values.length}`
  }
  return { values, bind }
}

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')
/** A pattern of LIKE for a value. */
export const likePattern = ({ text, glob }: FilterValue) => `${escaped(text)}${glob ? '%' : ''}`

type Matcher = (values: readonly FilterValue[], bind: Parameters['bind']) => string

const NEVER = 'false'
const either = (...parts: string[]) => (parts.length === 0 ? NEVER : `(${parts.join(' OR ')})`)

/** A column equal to a value, or like one with a star. Equality is kept apart because indexes serve it. */
function column(name: string): Matcher {
  return (values, bind) => {
    const exact = values.filter((value) => !value.glob).map((value) => value.text)
    const globs = values.filter((value) => value.glob).map(likePattern)
    const parts: string[] = []
    if (exact.length > 0) parts.push(`${name} = ANY (${bind(exact, 'text[]')})`)
    if (globs.length > 0) parts.push(`${name} LIKE ANY (${bind(globs, 'text[]')})`)
    return either(...parts)
  }
}

/** An ARN, a name, or the end of an ARN: user/alice. */
const actor: Matcher = (values, bind) => {
  const arn = column('n.actor_arn')(values, bind)
  if (values.every(({ text }) => text.startsWith('arn:'))) return arn
  const endings = bind(
    values.map((value) => `%:${likePattern(value)}`),
    'text[]',
  )
  return either(arn, column('n.actor_name')(values, bind), `n.actor_arn LIKE ANY (${endings})`)
}

const withPrefix = (value: FilterValue): FilterValue =>
  value.text.startsWith('alias/') ? value : { ...value, text: `alias/${value.text}` }

const alias: Matcher = (values, bind) => column('n.alias_name')(values.map(withPrefix), bind)

/** What a key: value names. A key is meant whichever alias it has today; an alias means the key it points to now. */
function keyReference(value: FilterValue): { readonly alias?: FilterValue; readonly id?: FilterValue } {
  const resource = parseArn(value.text)?.resource ?? value.text
  if (resource.startsWith('alias/')) return { alias: { ...value, text: resource } }
  const id = resource.replace(/^key\//, '')
  if (value.glob || KEY_ID.test(id)) return { id: { ...value, text: id } }
  // Eight characters are how the console shows an id; any other word is an alias without its prefix.
  if (/^[0-9a-f]{8}$/.test(id))
    return { id: { text: id, glob: true }, alias: withPrefix({ ...value, text: id }) }
  return { alias: withPrefix({ ...value, text: id }) }
}

/** A second key of a call (ReEncrypt) is only among its resources; the name of that operation keeps the index useful. */
const key: Matcher = (values, bind) => {
  const references = values.map(keyReference)
  const ids = references.flatMap(({ id }) => id ?? [])
  const aliases = references.flatMap(({ alias: name }) => name ?? [])
  const parts: string[] = []
  if (ids.length > 0) {
    const second = bind(
      ids.map((id) => `%:key/${likePattern(id)}`),
      'text[]',
    )
    parts.push(column('n.key_id')(ids, bind))
    parts.push(
      `(n.event_name = 'ReEncrypt' AND EXISTS (SELECT FROM unnest(n.resources) r WHERE r LIKE ANY (${second})))`,
    )
  }
  if (aliases.length > 0) {
    const named = column('a.name')(aliases, bind)
    parts.push(
      `n.key_id IN (SELECT a.key_id FROM keyhouse.alias a WHERE a.account_id = n.account_id AND ${named})`,
    )
  }
  return either(...parts)
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const eventId: Matcher = (values, bind) => {
  const ids = values.filter(({ text, glob }) => !glob && UUID.test(text)).map(({ text }) => text)
  return ids.length === 0 ? NEVER : `n.event_id = ANY (${bind(ids, 'uuid[]')})`
}

const MATCHERS: Record<AuditField, Matcher> = {
  outcome: column('n.outcome'),
  class: column('n.class'),
  event: column('n.event_name'),
  actor,
  key,
  alias,
  error: column('n.error_code'),
  request: column('n.request_id'),
  id: eventId,
  source: column('n.source'),
  region: column('n.region'),
  ip: column('n.address'),
  'access-key': column('n.access_key_id'),
}

const isField = (name: string): name is AuditField => Object.hasOwn(MATCHERS, name)

/** Words are looked for in what a row of the list shows (AUD-2). */
const WORDS_IN = ['event_name', 'actor_arn', 'alias_name', 'key_id', 'error_code', 'address'] as const

function words(value: FilterValue, bind: Parameters['bind']): string {
  const pattern = bind(`%${escaped(value.text)}%`)
  return either(...WORDS_IN.map((name) => `n.${name} ILIKE ${pattern}`))
}

function fieldCondition(term: FieldTerm, bind: Parameters['bind']): string {
  // A field that the parser let through and that is none of ours matches nothing, rather than everything.
  return isField(term.field) ? MATCHERS[term.field](term.values, bind) : NEVER
}

/** The conditions of a filter, to be joined by AND. `n` is audit.entry. */
export function conditions(terms: readonly FilterTerm[], bind: Parameters['bind']): string[] {
  return terms.map((term) => {
    const condition = term.kind === 'field' ? fieldCondition(term, bind) : words(term.value, bind)
    // A column without a value is not the value: NOT alone would leave such rows out.
    return term.negated ? `(${condition}) IS NOT TRUE` : condition
  })
}

/** A value of a facet in a filter's text, out of it, or not in it: what check boxes and menus do to the text. */
import type { FacetName } from '#lib/domain/evidence.ts'
import { type FieldTerm, type FilterTerm, parseFilter, printFilter, printTerm } from '#lib/domain/filter.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'

/** What a facet's value says in a filter: `only` such events, or all but those. */
export type Standing = 'only' | 'without' | 'unsaid'

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const WORD = /^[^\s,"*()]+$/
const NAME = /^[^\s:"(),*]+$/

/** A term of one value, as it is typed. */
export const termText = (field: string, value: string): string =>
  `${field}:${WORD.test(value) ? value : quoted(value)}`

/** A field with a name of its own: ctx.tenant, ctx."aws:s3:arn". */
export const fieldOf = (field: string, name: string): string =>
  `${field}.${NAME.test(name) ? name : quoted(name)}`

const PRINCIPAL = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(.+\/.+)$/

/** What a principal is called in a filter: user/alice where it is of the account whose log it is, else its ARN. */
export function actorValue(arn: string, account: string): string {
  const [, owner, name] = PRINCIPAL.exec(arn) ?? []
  return name !== undefined && owner === account ? name : arn
}

/** The term that finds a value of a facet. Of a name in encryption contexts: any value of that name. */
export function termOfFacet(facet: FacetName, value: string, account: string): string {
  if (facet === 'actor') return termText(facet, actorValue(value, account))
  if (facet === 'ctx') return `${fieldOf('ctx', value)}:*`
  return termText(facet, value)
}

const isField = (term: FilterTerm | undefined): term is FieldTerm => term?.kind === 'field'

/** The term by itself; undefined where the grammar cannot say it. */
function fieldTerm(text: string): FieldTerm | undefined {
  const [term] = parseFilter(text, AUDIT_FIELDS).terms
  return isField(term) ? term : undefined
}

const alone = (term: FieldTerm, value: FieldTerm['values'][number]) =>
  printTerm({ ...term, values: [value], negated: false })
const says = (term: FilterTerm, wanted: string): term is FieldTerm =>
  isField(term) && term.values.some((value) => alone(term, value) === wanted)

/** How a term such as `event:Decrypt` stands in a filter. */
export function standingIn(filter: string, text: string): Standing {
  const term = fieldTerm(text)
  if (!term) return 'unsaid'
  const found = parseFilter(filter, AUDIT_FIELDS).terms.find((one) => says(one, printTerm(term)))
  return found ? (found.negated ? 'without' : 'only') : 'unsaid'
}

function without(terms: readonly FilterTerm[], wanted: string): FilterTerm[] {
  return terms.flatMap((term): FilterTerm[] => {
    if (!says(term, wanted)) return [term]
    const values = term.values.filter((value) => alone(term, value) !== wanted)
    return values.length === 0 ? [] : [{ ...term, values }]
  })
}

/** The filter with that term standing otherwise. Values of one field are joined: any of them, or none of them. */
export function withStanding(filter: string, text: string, standing: Standing): string {
  const parsed = parseFilter(filter, AUDIT_FIELDS)
  const term = fieldTerm(text)
  // What cannot be read is not thrown away.
  if (!term || parsed.faults.length > 0)
    return standing === 'unsaid' ? filter : `${filter} ${standing === 'without' ? '-' : ''}${text}`.trim()
  const rest = without(parsed.terms, printTerm(term))
  if (standing === 'unsaid') return printFilter(rest)
  const negated = standing === 'without'
  const at = rest.findIndex((one) => isField(one) && one.field === term.field && one.negated === negated)
  const same = rest[at]
  if (!isField(same)) return printFilter([...rest, { ...term, negated }])
  return printFilter(rest.with(at, { ...same, values: [...same.values, ...term.values] }))
}

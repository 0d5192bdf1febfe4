/**
 * What the events of a question are, by outcome, principal, key and the like: the most frequent values of each facet,
 * counted without the facet's own terms. Whole where counts by minute and hour know it, else over the newest events.
 */
import type pg from 'pg'
import { FACETS, type Facet, type FacetName } from '../../domain/evidence.ts'
import { type FilterTerm, printFilter } from '../../domain/filter.ts'
import { resolveAliases } from './alias-keys.ts'
import { within } from './bounded.ts'
import { isRolledUp } from './conditions.ts'
import { groupedValues, type ValueCount } from './facet-values.ts'
import { escapedLike, newParameters, type Parameters } from './parameters.ts'
import { type EventScope, filterOf, type Question, questionOf, rangeOf, whereOf } from './question.ts'
import { rolledRows } from './rollup.ts'

const TOP = 8
const TOP_SEARCHED = 50
const NEWEST = 100_000
const STATEMENT_MS = 1500
/** Agents and addresses are grouped after they were counted. */
const MOST_TO_GROUP = 2000

export type FacetQuery = EventScope & {
  readonly facet?: FacetName | undefined
  /** Values that hold this. */
  readonly words?: string | undefined
}

/** Facets that counts by minute and hour know, and their column there. */
const ROLLED: Partial<Record<FacetName, string>> = {
  outcome: 'outcome',
  class: 'class',
  event: 'event_name',
  region: 'region',
}

const column = (name: string) =>
  `SELECT s.${name} AS value, s.count FROM combined s WHERE s.${name} IS NOT NULL`

/** Values of each facet, and how many events of the sample have them. */
const VALUES: Record<FacetName, string> = {
  outcome: column('outcome'),
  class: column('class'),
  event: column('event_name'),
  actor: column('actor_arn'),
  // As key: finds them: of a ReEncrypt both.
  key: `${column('key_id')} UNION ALL SELECT split_part(r, ':key/', 2), 1 FROM sample s, unnest(s.second) AS r
    WHERE split_part(r, ':key/', 2) NOT IN ('', coalesce(s.key_id, ''))`,
  ip: column('address'),
  error: column('error_code'),
  region: column('region'),
  agent: column('agent'),
  ctx: `SELECT c.name AS value, s.count FROM (SELECT context, count(*) AS count FROM sample WHERE context <> '{}' GROUP BY 1) s,
    LATERAL (SELECT DISTINCT split_part(p, '=', 1) AS name FROM unnest(s.context) AS p) AS c`,
}
/** Most events are alike in all of these: they are counted together before anything is made of them. */
const COMBINED = 'outcome, class, event_name, actor_arn, key_id, address, error_code, region, agent'
const SAMPLED = `${COMBINED}, context, CASE event_name WHEN 'ReEncrypt' THEN resources END AS second`
const NEWEST_FIRST = 'ORDER BY n.ts DESC, n.event_id DESC'

const isGrouped = (facet: FacetName) => facet === 'ip' || facet === 'agent'
const isOwn = (facet: FacetName, term: FilterTerm) =>
  term.kind === 'field' && (facet === 'ctx' ? term.field.startsWith('ctx.') : term.field === facet)

type Part = {
  readonly question: Question
  readonly facets: readonly FacetName[]
  readonly words: string | undefined
}
type Row = ValueCount & { readonly facet: FacetName }
type Counted = { readonly rows: readonly Row[]; readonly exact: boolean }

/** Facets with the same other terms are counted together. */
function partsOf(question: Question, { facet, words: typed }: FacetQuery): Part[] {
  // No column holds it.
  const words = typed?.replaceAll('\0', '')
  const parts = new Map<string, Part & { facets: FacetName[] }>()
  for (const name of facet ? [facet] : FACETS) {
    const terms = question.terms.filter((term) => !isOwn(name, term))
    const same = parts.get(printFilter(terms))
    if (same) same.facets.push(name)
    else parts.set(printFilter(terms), { question: { ...question, terms }, facets: [name], words })
  }
  return [...parts.values()]
}

const limitOf = (words: string | undefined) => (words === undefined ? TOP : TOP_SEARCHED)

/** The most frequent values among rows of (value, count), and one more to tell whether there are more. */
function top(facet: FacetName, rows: string, { question, words }: Part, bind: Parameters['bind']): string {
  const grouped = isGrouped(facet)
  const pattern = words === undefined || words === '' || grouped ? undefined : bind(`%${escapedLike(words)}%`)
  const ofKeys =
    facet === 'key' && pattern
      ? ` OR value IN (SELECT a.key_id FROM keyhouse.alias a WHERE a.account_id = ${bind(question.account)} AND a.name ILIKE ${pattern})`
      : ''
  const where = pattern ? `WHERE value ILIKE ${pattern}${ofKeys}` : ''
  return `(SELECT '${facet}' AS facet, value, sum(count)::float8 AS count FROM (${rows}) AS v ${where}
    GROUP BY value ORDER BY 3 DESC, value LIMIT ${grouped ? MOST_TO_GROUP : limitOf(words) + 1})`
}

/** From counts by minute and hour. */
async function rolled(pool: pg.Pool, part: Part): Promise<Counted> {
  const { values, bind } = newParameters()
  const columns = part.facets.flatMap((facet) => ROLLED[facet] ?? [])
  const rows = rolledRows(part.question, { columns, coarsest: 'hour', bind })
  const tops = part.facets.map((facet) => {
    const from = `SELECT ${ROLLED[facet]} AS value, count FROM rolled`
    return top(facet, from, part, bind)
  })
  const text = `WITH rolled AS MATERIALIZED (${rows}) ${tops.join(' UNION ALL ')}`
  const found = await within(pool, STATEMENT_MS, (ask) => ask<Row>(text, values))
  return { rows: found ?? [], exact: found !== undefined }
}

const countedIn = (sample: string, part: Part, bind: Parameters['bind']) => {
  const tops = part.facets.map((facet) => top(facet, VALUES[facet], part, bind))
  return `WITH sample AS MATERIALIZED (${sample}),
    combined AS MATERIALIZED (SELECT ${COMBINED}, count(*) AS count FROM sample GROUP BY ${COMBINED})
    SELECT '' AS facet, '' AS value, count(*)::float8 AS count FROM sample UNION ALL ${tops.join(' UNION ALL ')}`
}

/** The newest events that match; where those take too long to find, what matches among the newest events. */
async function sampled(pool: pg.Pool, part: Part): Promise<Counted> {
  const { question } = part
  const matching = newParameters()
  const newest = `SELECT ${SAMPLED} FROM audit.entry n WHERE ${whereOf(question, matching.bind)} ${NEWEST_FIRST} LIMIT ${NEWEST + 1}`
  const first = await within(pool, STATEMENT_MS, (ask) =>
    ask<Row | { facet: ''; value: ''; count: number }>(
      countedIn(newest, part, matching.bind),
      matching.values,
    ),
  )
  const total = first?.find(({ facet }) => facet === '')?.count ?? 0
  if (first) return { rows: first.filter((row) => row.facet !== ''), exact: total <= NEWEST }
  const looked = newParameters()
  const among = `SELECT ${SAMPLED} FROM (SELECT n.* FROM audit.entry n WHERE ${rangeOf(question, looked.bind)} ${NEWEST_FIRST} LIMIT ${NEWEST}) n
    WHERE ${filterOf(question, looked.bind)}`
  const second = await within(pool, STATEMENT_MS, (ask) =>
    ask<Row | { facet: ''; value: ''; count: number }>(countedIn(among, part, looked.bind), looked.values),
  )
  return { rows: (second ?? []).filter((row) => row.facet !== ''), exact: false }
}

function facetOf(name: FacetName, { rows, exact }: Counted, words: string | undefined): Facet {
  const own = rows.filter(({ facet }) => facet === name)
  const values = isGrouped(name) ? groupedValues(name, own, words ?? '') : own
  const limit = limitOf(words)
  return {
    Name: name,
    Values: values.slice(0, limit).map(({ value, count }) => ({ Value: value, Count: count })),
    More: values.length > limit,
    Exact: exact && !(isGrouped(name) && own.length === MOST_TO_GROUP),
  }
}

async function facetsOf(pool: pg.Pool, part: Part): Promise<Facet[]> {
  const known = isRolledUp(part.question.terms) ? part.facets.filter((facet) => ROLLED[facet]) : []
  const others = part.facets.filter((facet) => !known.includes(facet))
  const counted = async (facets: readonly FacetName[], count: typeof rolled) => {
    if (facets.length === 0) return []
    const found = await count(pool, { ...part, facets })
    return facets.map((facet) => facetOf(facet, found, part.words))
  }
  return [...(await counted(known, rolled)), ...(await counted(others, sampled))]
}

/** All facets of a question, or the one that is asked for, in their own order. */
export async function eventFacets(pool: pg.Pool, query: FacetQuery): Promise<Facet[]> {
  const facets: Facet[] = []
  // One after the other: a look at the page is not to take every connection.
  const question = await resolveAliases(pool, questionOf(query))
  for (const part of partsOf(question, query)) facets.push(...(await facetsOf(pool, part)))
  return facets.toSorted((a, b) => FACETS.indexOf(a.Name) - FACETS.indexOf(b.Name))
}

/** What each field of the log's filter means in columns of audit.entry `n`. */
import { KEY_ID, parseArn } from '../../domain/arn.ts'
import { type FilterValue, readComparison } from '../../domain/filter-value.ts'
import type { AuditField } from '../../domain/operations/insight.ts'
import { addressesOf, inRanges } from './address-condition.ts'
import { agentsOf } from './agent-families.ts'
import { type Asked, likePattern } from './parameters.ts'

type Values = readonly FilterValue[]
type Matcher = (values: Values, asked: Asked) => string

const NEVER = 'false'
const either = (...parts: string[]) => (parts.length === 0 ? NEVER : `(${parts.join(' OR ')})`)
const isAny = ({ text, glob, rest }: FilterValue) => glob && text === '' && rest === undefined
const exactOf = (values: Values) => values.filter(({ glob }) => !glob).map(({ text }) => text)
const patternsOf = (values: Values) => values.filter(({ glob }) => glob).map(likePattern)

/** A column equal to a value, or like one with a star. Equality is kept apart because indexes serve it. */
function column(name: string): Matcher {
  return (values, { bind }) => {
    if (values.some(isAny)) return `${name} IS NOT NULL`
    const exact = exactOf(values)
    const patterns = patternsOf(values)
    const parts: string[] = []
    if (exact.length > 0) parts.push(`${name} = ANY (${bind(exact, 'text[]')})`)
    if (patterns.length > 0) parts.push(`${name} LIKE ANY (${bind(patterns, 'text[]')})`)
    return either(...parts)
  }
}

/** A member of a column of texts. Overlap is what indexes serve. */
function member(name: string): Matcher {
  return (values, { bind }) => {
    const exact = exactOf(values)
    const patterns = patternsOf(values)
    const parts: string[] = []
    if (exact.length > 0) parts.push(`${name} && ${bind(exact, 'text[]')}`)
    if (patterns.length > 0)
      parts.push(`EXISTS (SELECT FROM unnest(${name}) AS m WHERE m LIKE ANY (${bind(patterns, 'text[]')}))`)
    // As the index of contexts is kept.
    return `(${name} <> '{}' AND ${either(...parts)})`
  }
}

/** name=value, of one name. */
const pair =
  (of: string, name: string): Matcher =>
  (values, asked) =>
    member(of)(
      values.map((value) => ({ ...value, text: `${name}=${value.text}` })),
      asked,
    )

function compared(name: string, kind: 'number' | 'duration'): Matcher {
  return (values, { bind }) => {
    const parts = values.map((value) => {
      if (isAny(value)) return `${name} IS NOT NULL`
      const found = value.glob ? undefined : readComparison(kind, value.text)
      return found ? `${name} ${found.operator} ${bind(found.number, 'int')}` : NEVER
    })
    return either(...parts)
  }
}

const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov']

/** user/alice as the ARNs that it may stand for in this account's log. */
const arnsOf = (resource: string, account: string) =>
  PARTITIONS.flatMap((partition) =>
    ['iam', 'sts'].map((service) => `arn:${partition}:${service}::${account}:${resource}`),
  )

/** An ARN, a name, or the end of an ARN: user/alice. */
const actor: Matcher = (values, asked) => {
  const { bind, account } = asked
  if (values.some(isAny)) return 'true'
  const short = values.filter(({ text }) => !text.startsWith('arn:'))
  const arns = [
    ...values.filter((value) => !short.includes(value)),
    ...short.flatMap((value) => arnsOf(value.text, account).map((text) => ({ ...value, text }))),
  ]
  const parts = [column('n.actor_arn')(arns, asked)]
  if (short.length > 0) {
    parts.push(column('n.actor_name')(short, asked))
    // Services and other accounts are named by themselves.
    parts.push(column('n.actor_arn')(short, asked))
  }
  const anywhere = short.filter(({ glob }) => glob).map((value) => `%:${likePattern(value)}`)
  if (anywhere.length > 0) parts.push(`n.actor_arn LIKE ANY (${bind(anywhere, 'text[]')})`)
  return either(...parts)
}

const withPrefix = (value: FilterValue): FilterValue =>
  isAny(value) || value.text.startsWith('alias/') ? value : { ...value, text: `alias/${value.text}` }

const alias: Matcher = (values, asked) => column('n.alias_name')(values.map(withPrefix), asked)

/** What a key: value names. A key is meant whichever alias it has today; an alias means the key it points to now. */
export function keyReference(value: FilterValue): {
  readonly alias?: FilterValue
  readonly id?: FilterValue
} {
  const resource = parseArn(value.text)?.resource ?? value.text
  if (resource.startsWith('alias/')) return { alias: { ...value, text: resource } }
  const id = resource.replace(/^key\//, '')
  if (value.glob || KEY_ID.test(id)) return { id: { ...value, text: id } }
  // Eight characters are how the console shows an id; any other word is an alias without its prefix.
  if (/^[0-9a-f]{8}$/.test(id))
    return { id: { text: id, glob: true }, alias: withPrefix({ ...value, text: id }) }
  return { alias: withPrefix({ ...value, text: id }) }
}

/** The keys that are meant, as an array of the database: those named, and those that aliases point to now. */
function keysMeant(ids: Values, aliases: Values, asked: Asked): string | undefined {
  const named = exactOf(ids)
  const parts = named.length > 0 ? [asked.bind(named, 'text[]')] : []
  if (aliases.length > 0) {
    const account = asked.bind(asked.account)
    parts.push(
      `ARRAY(SELECT a.key_id FROM keyhouse.alias a WHERE a.account_id = ${account} AND ${column('a.name')(aliases, asked)})`,
    )
  }
  return parts.length === 0 ? undefined : `(${parts.join(' || ')})`
}

/** A second key of a call (ReEncrypt) is only among its resources; the name of that operation keeps the index useful. */
const key: Matcher = (values, asked) => {
  if (values.some(isAny)) return 'n.key_id IS NOT NULL'
  const references = values.map(keyReference)
  const ids = references.flatMap(({ id }) => id ?? [])
  const meant = keysMeant(
    ids,
    references.flatMap(({ alias: name }) => name ?? []),
    asked,
  )
  const patterns = patternsOf(ids)
  const like = patterns.length > 0 ? asked.bind(patterns, 'text[]') : undefined
  const is = (id: string) =>
    either(...(meant ? [`${id} = ANY (${meant})`] : []), ...(like ? [`${id} LIKE ANY (${like})`] : []))
  const second = `EXISTS (SELECT FROM unnest(n.resources) r WHERE ${is(`split_part(r, ':key/', 2)`)})`
  return either(is('n.key_id'), `(n.event_name = 'ReEncrypt' AND ${second})`)
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** The milliseconds in a UUIDv7 (RFC 9562 §5.7) are the event's ts: they find its day. */
const timeOf = (id: string) => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString()

const eventId: Matcher = (values, { bind }) => {
  const ids = exactOf(values).filter((text) => UUID.test(text))
  if (ids.length === 0) return NEVER
  return `(n.event_id = ANY (${bind(ids, 'uuid[]')}) AND n.ts = ANY (${bind(ids.map(timeOf), 'timestamptz[]')}))`
}

const address: Matcher = (values, asked) => {
  const ranges = values.filter(({ text, glob }) => !glob && text.includes('/'))
  const others = values.filter((value) => !ranges.includes(value))
  const parts = others.length > 0 ? [column('n.address')(others, asked)] : []
  for (const version of ['v4', 'v6'] as const) {
    const known = ranges
      .flatMap(({ text }) => addressesOf(text) ?? [])
      .filter((one) => one.version === version)
    if (known.length === 0) continue
    const inets = asked.bind(
      known.map(({ inet }) => inet),
      'inet[]',
    )
    const begins = asked.bind(
      known.map(({ begin }) => `${begin}%`),
      'text[]',
    )
    parts.push(inRanges('n.address', version, { inets, begins }))
  }
  return either(...parts)
}

/** A whole agent, or a family of them. */
const agent: Matcher = (values, asked) => {
  const { bind } = asked
  const families = exactOf(values).map((family) => {
    const { fit, unfit } = agentsOf(family)
    const own =
      fit.length > 0
        ? `n.agent ILIKE ANY (${bind(fit.map(likePattern), 'text[]')})`
        : `substring(n.agent FROM '^[^/[:space:]]+') = ${bind(family, 'text')}`
    const others =
      unfit.length > 0 ? ` AND NOT n.agent ILIKE ANY (${bind(unfit.map(likePattern), 'text[]')})` : ''
    return `(${own}${others})`
  })
  return either(column('n.agent')(values, asked), ...families)
}

/** Of who acted, or of something that was touched: either way across accounts. */
const account: Matcher = (values, asked) => {
  const of = (arn: string) => column(`split_part(${arn}, ':', 5)`)(values, asked)
  return either(
    column('n.actor_arn')(values, asked),
    of('n.actor_arn'),
    `EXISTS (SELECT FROM unnest(n.resources) r WHERE ${of('r')})`,
  )
}

const readOnly: Matcher = (values, { bind }) =>
  either(`n.read_only::text LIKE ANY (${bind(values.map(likePattern), 'text[]')})`)

type Family = 'ctx.*' | 'tag.*'

const MATCHERS: Record<Exclude<AuditField, Family>, Matcher> = {
  outcome: column('n.outcome'),
  class: column('n.class'),
  event: column('n.event_name'),
  actor,
  'actor.type': column('n.actor_type'),
  session: column('n.session_name'),
  account,
  key,
  alias,
  error: column('n.error_code'),
  grant: column('n.grant_id'),
  material: member('n.material_ids'),
  ip: address,
  agent,
  via: column('n.via_service'),
  'access-key': column('n.access_key_id'),
  request: column('n.request_id'),
  id: eventId,
  'policy-version': compared('n.policy_version', 'number'),
  duration: compared('n.duration_ms', 'duration'),
  'read-only': readOnly,
  source: column('n.source'),
  region: column('n.region'),
}

const FAMILIES: Readonly<Record<string, string>> = { ctx: 'n.context', tag: 'n.tags' }

const isField = (name: string): name is keyof typeof MATCHERS => Object.hasOwn(MATCHERS, name)

/** What a field matches; undefined for one that the log does not have. */
export function matcherOf(field: string): Matcher | undefined {
  if (isField(field)) return MATCHERS[field]
  const [, family = '', name = ''] = /^([^.]+)\.(.+)$/s.exec(field) ?? []
  const of = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined
  return of === undefined ? undefined : pair(of, name)
}

/**
 * What CloudTrail's LookupEvents asks of the log: at most one attribute, one account and Region, newest first. Each
 * attribute is one or more ways to its events, each way along an index of its own; the newest of all are the answer.
 */
import type pg from 'pg'
import { KEY_ID, parseArn } from '../../domain/arn.ts'
import type { LookupAttributeKey } from '../../domain/operations/lookup-events.ts'
import { tookTooLong, within } from './bounded.ts'
import { windowsOf } from './page.ts'
import { newParameters, type Parameters } from './parameters.ts'
import type { Position } from './position.ts'
import { beyond, type Question, rangeOf } from './question.ts'
import { type EventSummary, readSummaries } from './summary.ts'

export type Lookup = {
  readonly account: string
  readonly region: string
  readonly attribute: { readonly key: LookupAttributeKey; readonly value: string } | undefined
  /** [from, to) */
  readonly from: Date
  readonly to: Date
  readonly after: Position | undefined
  readonly limit: number
  /** Nothing is newer. */
  readonly now?: Date | undefined
}

type Asked = {
  readonly value: string
  readonly account: string
  readonly region: string
  readonly bind: Parameters['bind']
}
type Ways = (asked: Asked) => readonly string[]

const KMS = 'kms.amazonaws.com'
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** The milliseconds in a UUIDv7 (RFC 9562 §5.7) are the event's ts. */
const timeOf = (id: string) => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString()

const equal =
  (column: string): Ways =>
  ({ value, bind }) => [`n.${column} = ${bind(value, 'text')}`]

/** ARNs that a name may stand for: in an index, resources stand by their ARNs alone. */
function arnsOf({ value, account, region }: Asked): string[] {
  if (value.startsWith('arn:')) return [value]
  const resource = value.startsWith('alias/') ? value : `key/${value}`
  return ['aws', 'aws-cn', 'aws-us-gov'].map(
    (partition) => `arn:${partition}:kms:${region}:${account}:${resource}`,
  )
}

/**
 * The first key of an event has a column, the second of a ReEncrypt has not. Whatever else is a resource is one of
 * events that are no cryptography: those are indexed by the ARNs of their resources.
 */
const resourceName: Ways = (asked) => {
  const { value, bind } = asked
  const id = parseArn(value)?.resource.replace(/^key\//, '') ?? value
  const arns = bind(arnsOf(asked), 'text[]')
  const ways = [`n.class <> 'crypto' AND n.resources && ${arns}`]
  if (!KEY_ID.test(id)) return ways
  const named = bind(value, 'text')
  const isArn = value.startsWith('arn:')
  const first = isArn ? `${named} = ANY (n.resources)` : `n.key_id = ${named}`
  const second = isArn
    ? first
    : `EXISTS (SELECT FROM unnest(n.resources) r WHERE split_part(r, ':key/', 2) = ${named})`
  const key = bind(id, 'text')
  return [
    ...ways,
    `n.key_id = ${key} AND ${first} AND (n.class = 'crypto' OR NOT n.resources && ${arns})`,
    `n.event_name = 'ReEncrypt' AND n.key_id IS DISTINCT FROM ${key} AND ${second}`,
  ]
}

const RESOURCE_ENDS: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': '%:key/%',
  'AWS::KMS::Alias': '%:alias/%',
}
/** Operations whose events name an alias as a resource. */
const OF_ALIASES = ['CreateAlias', 'UpdateAlias', 'DeleteAlias']

/** Types are not kept with the entry: an ARN says what it names. A type that Keyhouse does not have matches nothing. */
const resourceType: Ways = ({ value, bind }) => {
  const end = Object.hasOwn(RESOURCE_ENDS, value) ? RESOURCE_ENDS[value] : undefined
  if (end === undefined) return []
  const typed = `EXISTS (SELECT FROM unnest(n.resources) r WHERE r LIKE ${bind(end)})`
  return [
    value === 'AWS::KMS::Alias' ? `n.event_name = ANY (${bind(OF_ALIASES, 'text[]')}) AND ${typed}` : typed,
  ]
}

const WAYS: Readonly<Record<LookupAttributeKey, Ways>> = {
  EventId: ({ value, bind }) =>
    UUID.test(value)
      ? [`n.event_id = ${bind(value, 'uuid')} AND n.ts = ${bind(timeOf(value), 'timestamptz')}`]
      : [],
  EventName: equal('event_name'),
  // What changes something is seldom, and has an index.
  ReadOnly: ({ value }) => [value === 'true' ? 'n.read_only' : 'NOT n.read_only'],
  Username: equal('actor_name'),
  ResourceType: resourceType,
  ResourceName: resourceName,
  EventSource: ({ value, bind }) => [
    `n.event_source = ${bind(value, 'text')}${value === KMS ? '' : ` AND n.event_source <> '${KMS}'`}`,
  ],
  AccessKeyId: equal('access_key_id'),
}

const NEWEST = 'ORDER BY n.ts DESC, n.event_id DESC'
const LONGEST_MS = 2000

/** The newest events of a part of the range. Ways are disjoint: no event comes along two of them. */
async function newestIn(pool: pg.Pool, window: Question, { asked, limit }: { asked: Lookup; limit: number }) {
  const { account, region, attribute, after } = asked
  const { values, bind } = newParameters()
  const ways = attribute ? WAYS[attribute.key]({ value: attribute.value, account, region, bind }) : ['true']
  // What no column can hold is nowhere.
  if (ways.length === 0 || attribute?.value.includes('\0')) return []
  const range = `${rangeOf(window, bind)} AND n.region = ${bind(region)}`
  const begin = after ? ` AND ${beyond(after, '<', bind)}` : ''
  const most = bind(limit, 'int')
  const found = ways.map(
    (way) =>
      `(SELECT n.ts, n.event_id FROM audit.entry n WHERE ${range}${begin} AND ${way} ${NEWEST} LIMIT ${most})`,
  )
  const text = `SELECT n.ts, n.event_id AS id FROM (${found.join(' UNION ALL ')}) n ${NEWEST} LIMIT ${most}`
  const rows = await within(pool, LONGEST_MS, (ask) => ask<Position>(text, values))
  if (!rows) throw tookTooLong()
  return rows
}

/** Up to `limit` events. @throws KmsError DependencyTimeoutException when they are not found in time. */
export async function lookup(pool: pg.Pool, asked: Lookup): Promise<EventSummary[]> {
  const { after: from, limit, now } = asked
  const places: Position[] = []
  for (const window of windowsOf({ ...asked, terms: [] }, { from, descending: true, limit, now })) {
    places.push(...(await newestIn(pool, window, { asked, limit: limit - places.length })))
    if (places.length >= limit) break
  }
  return readSummaries(pool, places)
}

/** What CloudTrail's LookupEvents asks of the log: at most one attribute, one account and Region, newest first. */
import type pg from 'pg'
import type { LookupAttributeKey } from '../domain/operations/lookup-events.ts'
import { newParameters, type Parameters } from './conditions.ts'
import type { Position } from './position.ts'
import { type EventSummary, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './summary.ts'

export type Lookup = {
  readonly account: string
  readonly region: string
  readonly attribute: { readonly key: LookupAttributeKey; readonly value: string } | undefined
  /** [from, to) */
  readonly from: Date
  readonly to: Date
  readonly after: Position | undefined
  readonly limit: number
}

type Condition = (place: string) => string

const RESOURCE_ENDS: Record<string, string> = { 'AWS::KMS::Key': '%:key/%', 'AWS::KMS::Alias': '%:alias/%' }

/** Each attribute as a condition on its value. A resource's name is its ARN, or what follows key/ in it. */
const CONDITIONS: Record<LookupAttributeKey, Condition> = {
  EventId: (value) => `n.event_id::text = ${value}`,
  EventName: (value) => `n.event_name = ${value}`,
  ReadOnly: (value) => `n.read_only::text = ${value}`,
  Username: (value) => `n.actor_name = ${value}`,
  ResourceType: (value) => `EXISTS (SELECT FROM unnest(n.resources) r WHERE r LIKE ${value})`,
  ResourceName: (value) =>
    `EXISTS (SELECT FROM unnest(n.resources) r WHERE r = ${value} OR split_part(r, ':key/', 2) = ${value}
      OR substring(r FROM ':(alias/.*)$') = ${value})`,
  EventSource: (value) => `n.event_source = ${value}`,
  AccessKeyId: (value) => `n.access_key_id = ${value}`,
}

function attributeCondition(
  { key, value }: NonNullable<Lookup['attribute']>,
  bind: Parameters['bind'],
): string {
  // Types are not kept with the entry: an ARN says what it names. A type that Keyhouse does not have matches nothing.
  const asked = key === 'ResourceType' ? (RESOURCE_ENDS[value] ?? '') : value
  return CONDITIONS[key](bind(asked, 'text'))
}

/** Up to `limit` events. */
export async function lookup(pool: pg.Pool, question: Lookup): Promise<EventSummary[]> {
  const { values, bind } = newParameters()
  const parts = [
    `n.account_id = ${bind(question.account)}`,
    `n.region = ${bind(question.region)}`,
    `n.ts >= ${bind(question.from.toISOString(), 'timestamptz')}`,
    `n.ts < ${bind(question.to.toISOString(), 'timestamptz')}`,
  ]
  if (question.attribute) parts.push(attributeCondition(question.attribute, bind))
  if (question.after) {
    const { ts, id } = question.after
    parts.push(`(n.ts, n.event_id) < (${bind(ts.toISOString(), 'timestamptz')}, ${bind(id, 'uuid')})`)
  }
  const text = `SELECT ${SUMMARY_COLUMNS} FROM (
      SELECT n.* FROM audit.entry n WHERE ${parts.join(' AND ')} ORDER BY n.ts DESC, n.event_id DESC LIMIT ${bind(question.limit, 'int')}
    ) n JOIN audit.event e ON e.ts = n.ts AND e.id = n.event_id ORDER BY n.ts DESC, n.event_id DESC`
  return (await pool.query<SummaryRow>(text, values)).rows.map(summaryOf)
}

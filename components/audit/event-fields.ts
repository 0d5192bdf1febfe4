/** An event as readable fields, each with the filter that finds others like it. */
import { formatMoment } from '#lib/console/format.ts'
import type { EventRow } from './events-query.ts'
import { fieldOf } from './facet-terms.ts'

export type EventField = {
  readonly label: string
  readonly value: string
  readonly mono?: boolean
  /** The field of the filter that this value belongs to. */
  readonly filter?: string
}
export type FieldGroup = { readonly title: string; readonly fields: readonly EventField[] }

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objectIn = (record: Json, name: string): Json => (isObject(record[name]) ? record[name] : {})

/** The stored text as an object; the engine wrote it, so anything else is left empty. */
export function recordOf(text: string): Json {
  try {
    const record: unknown = JSON.parse(text)
    return isObject(record) ? record : {}
  } catch {
    return {}
  }
}

const printed = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const field = (
  label: string,
  value: unknown,
  rest: Omit<EventField, 'label' | 'value'> = {},
): EventField[] =>
  value === null || value === undefined || value === '' ? [] : [{ label, value: printed(value), ...rest }]

/** Fields of the filter whose names end in those of an object's members. */
const NAMED: Readonly<Record<string, string>> = {
  encryptionContext: 'ctx',
  sourceEncryptionContext: 'ctx',
  destinationEncryptionContext: 'ctx',
}

/** Members of an object that are values, one by one; those that are objects, their members too. */
function members(object: Json): EventField[] {
  return Object.entries(object).flatMap(([name, value]) =>
    isObject(value)
      ? Object.entries(value).map(([inner, one]) => ({
          label: `${name}.${inner}`,
          value: printed(one),
          mono: true,
          ...(NAMED[name] && { filter: fieldOf(NAMED[name], inner) }),
        }))
      : field(name, value, { mono: true, ...(name === 'grantId' && { filter: 'grant' }) }),
  )
}

const ID = { mono: true } as const

/** In the order of a sentence: what happened, who, where from, what was asked and answered. */
export function fieldsOf(event: EventRow, text: string): readonly FieldGroup[] {
  const record = recordOf(text)
  const identity = objectIn(record, 'userIdentity')
  const keyhouse = objectIn(record, 'keyhouse')
  const duration = typeof keyhouse.duration === 'number' ? `${keyhouse.duration} ms` : undefined
  const groups: FieldGroup[] = [
    {
      title: 'What happened',
      fields: [
        ...field(
          'Time',
          `${formatMoment(new Date(event.ts * 1000))} (${new Date(event.ts * 1000).toISOString()})`,
        ),
        ...field('Event', event.eventName, { filter: 'event' }),
        ...field('Outcome', event.outcome, { filter: 'outcome' }),
        ...field('Error code', event.errorCode, { filter: 'error' }),
        ...field('Error message', record.errorMessage),
        ...field('Class', event.class, { filter: 'class' }),
        ...field('Service', event.eventSource),
        ...field('Read only', event.readOnly ? 'true' : 'false', { filter: 'read-only' }),
        ...field('Duration', duration),
      ],
    },
    {
      title: 'Who',
      fields: [
        ...field('Principal', event.actorArn === '' ? event.actorName : event.actorArn, {
          ...ID,
          filter: 'actor',
        }),
        ...field('Principal type', identity.type, { filter: 'actor.type' }),
        ...field('Principal ID', identity.principalId, ID),
        ...field('Access key', event.accessKeyId, { ...ID, filter: 'access-key' }),
        ...field('Source address', event.address, { ...ID, filter: 'ip' }),
        ...field('User agent', record.userAgent, { filter: 'agent' }),
        ...field('Came through', event.source, { filter: 'source' }),
      ],
    },
    {
      title: 'On what',
      fields: [
        ...field('Key', event.keyId, { ...ID, filter: 'key' }),
        ...field('Alias used', event.aliasName, { ...ID, filter: 'alias' }),
        ...field('Region', event.region, { filter: 'region' }),
        ...(Array.isArray(record.resources)
          ? record.resources.filter(isObject).flatMap(({ ARN }) => field('Resource', ARN, ID))
          : []),
      ],
    },
    { title: 'Request', fields: members(objectIn(record, 'requestParameters')) },
    {
      title: 'Answer',
      fields: [
        ...members(objectIn(record, 'responseElements')),
        ...members(objectIn(record, 'additionalEventData')),
      ],
    },
    {
      title: 'Identifiers',
      fields: [
        ...field('Event ID', event.id, { ...ID, filter: 'id' }),
        ...field('Request ID', event.requestId, { ...ID, filter: 'request' }),
      ],
    },
  ]
  return groups.filter((group) => group.fields.length > 0)
}

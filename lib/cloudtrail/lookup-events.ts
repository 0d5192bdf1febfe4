/**
 * CloudTrail's LookupEvents: the last 90 days of the caller's account and Region, newest first (facts §17.3).
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */

import type { z } from 'zod'
import type { Lookup } from '#lib/audit/search/lookup.ts'
import type { Cursors, Position } from '#lib/audit/search/position.ts'
import type { EventSummary } from '#lib/audit/search/summary.ts'
import { LookupEventsInput } from '#lib/domain/operations/lookup-events.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'

type Input = z.infer<typeof LookupEventsInput>

// "You can look up events that occurred in a Region within the last 90 days." — API_LookupEvents
const KEPT_MS = 90 * 24 * 3_600_000
const SECOND_MS = 1000
const DEFAULT_RESULTS = 50

type Attribute = NonNullable<Lookup['attribute']>

function attributeOf({ LookupAttributes: attributes = [] }: Input): Attribute | undefined {
  const [attribute] = attributes
  // "Currently the list can contain only one item." — API_LookupEvents, LookupAttributes
  if (attributes.length > 1) {
    throw new KmsError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.')
  }
  if (!attribute) return undefined
  const { AttributeKey: key, AttributeValue: value } = attribute
  if (key === 'ReadOnly' && value !== 'true' && value !== 'false') {
    throw new KmsError('InvalidLookupAttributesException', 'The value of ReadOnly must be true or false.')
  }
  return { key, value }
}

function limitOf({ MaxResults: asked = DEFAULT_RESULTS }: Input): number {
  if (Number.isInteger(asked) && asked >= 1 && asked <= 50) return asked
  throw new KmsError('InvalidMaxResultsException', 'MaxResults must be between 1 and 50.')
}

/** The model has one category that may be asked for; management events are what is given without it. */
function checkCategory({ EventCategory: category }: Input): void {
  if (category === undefined || category === 'insight') return
  throw new KmsError(
    'InvalidEventCategoryException',
    'The only event category that can be specified is insight.',
  )
}

/** Event times have whole seconds, and both ends are included. */
function rangeOf({ StartTime: start, EndTime: end }: Input, now: Date): { from: Date; to: Date } {
  if (start && end && start > end) {
    throw new KmsError('InvalidTimeRangeException', 'The start time must not be after the end time.')
  }
  const oldest = now.getTime() - KEPT_MS
  const wholeSecond = (time: Date) => Math.floor(time.getTime() / SECOND_MS) * SECOND_MS
  const from = Math.max(oldest, start ? wholeSecond(start) : oldest)
  const to = end ? wholeSecond(end) + SECOND_MS : now.getTime() + KEPT_MS
  return { from: new Date(from), to: new Date(to) }
}

/** Where a page begins; a token must come with the question it was given to. */
function afterOf(cursors: Cursors, question: unknown, token: string | undefined): Position | undefined {
  if (token === undefined) return undefined
  try {
    return cursors.open(question, token)
  } catch (cause) {
    throw new KmsError(
      'InvalidNextTokenException',
      'The next token is not valid, or the parameters have changed.',
      { cause },
    )
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function resourcesOf(record: unknown): { ResourceType: string; ResourceName: string }[] {
  const resources = isObject(record) && Array.isArray(record.resources) ? record.resources : []
  return resources.filter(isObject).map((resource) => ({
    ResourceType: String(resource.type),
    ResourceName: String(resource.ARN),
  }))
}

function listed(event: EventSummary) {
  return {
    EventId: event.id,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    ...(event.accessKeyId !== null && { AccessKeyId: event.accessKeyId }),
    EventTime: new Date(Math.floor(event.ts.getTime() / SECOND_MS) * SECOND_MS),
    EventSource: event.eventSource,
    ...(event.actorName !== null && { Username: event.actorName }),
    Resources: resourcesOf(JSON.parse(event.record)),
    CloudTrailEvent: event.record,
  }
}

export const LookupEvents = operation({
  name: 'LookupEvents',
  service: 'CloudTrail',
  action: 'cloudtrail:LookupEvents',
  input: LookupEventsInput,
  class: 'read',
  logged: {
    request: (input: Input) => ({
      lookupAttributes: input.LookupAttributes?.map(({ AttributeKey, AttributeValue }) => ({
        attributeKey: AttributeKey,
        attributeValue: AttributeValue,
      })),
      startTime: input.StartTime,
      endTime: input.EndTime,
      maxResults: input.MaxResults,
    }),
  },

  async run(call, input: Input) {
    const attribute = attributeOf(input)
    checkCategory(input)
    const limit = limitOf(input)
    // Event times are real time, whatever the installation's clock was set to.
    const range = rangeOf(input, call.services.clock.real())
    const question = [
      call.account,
      call.region,
      input.LookupAttributes,
      input.StartTime,
      input.EndTime,
      input.EventCategory,
    ]
    const cursors = call.services.search.cursors('lookup-events')
    await call.permit()
    const after = afterOf(cursors, question, input.NextToken)
    // Insight events are made by a product that Keyhouse has not: there are none.
    if (input.EventCategory === 'insight') return { Events: [] }
    await call.services.sequencer.catchUp()
    const { account, region, services } = call
    const found = await services.search.lookup({
      account,
      region,
      attribute,
      ...range,
      after,
      limit: limit + 1,
      now: services.clock.real(),
    })
    const events = found.slice(0, limit)
    const last = events.at(-1)
    const more = found.length > limit && last !== undefined
    return {
      Events: events.map(listed),
      ...(more && { NextToken: cursors.seal(question, 'onwards', last) }),
    }
  },
})

/** CloudTrail's operations. */
export const cloudtrailOperations = [LookupEvents] as const

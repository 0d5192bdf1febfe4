/** Input of CloudTrail's LookupEvents (aws/cloudtrail-lookup-model.json). */
import { z } from 'zod'
import { list, oneOf, structure, text, timestamp } from '../constraints.ts'

export const LOOKUP_ATTRIBUTE_KEYS = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const
export type LookupAttributeKey = (typeof LOOKUP_ATTRIBUTE_KEYS)[number]

export const LookupEventsInput = structure({
  LookupAttributes: list(
    structure({ AttributeKey: oneOf(LOOKUP_ATTRIBUTE_KEYS), AttributeValue: text({ min: 1, max: 2000 }) }),
  ).optional(),
  StartTime: timestamp().optional(),
  EndTime: timestamp().optional(),
  // These two have exceptions of their own: the operation checks them.
  EventCategory: text().optional(),
  MaxResults: z.number({ error: 'serialization:a number' }).optional(),
  NextToken: text({ min: 1, max: 4096 }).optional(),
})

/** The decisions of a call as the log keeps them, read defensively: which permissions were asked, and with what end. */
import { paths } from '#lib/console/paths.ts'
import { recordOf } from './event-fields.ts'
import type { EventDetail } from './events-query.ts'

export type RecordedDecision = {
  readonly action: string
  readonly resource: string
  readonly verdict: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isDecision = (value: unknown): value is RecordedDecision =>
  isObject(value) &&
  typeof value.action === 'string' &&
  typeof value.resource === 'string' &&
  typeof value.verdict === 'string'

/** The judgements of a call, in order: one for most, two for ReEncrypt. */
export const decisionsOf = (recorded: unknown): readonly RecordedDecision[] =>
  isObject(recorded) && Array.isArray(recorded.decisions) ? recorded.decisions.filter(isDecision) : []

/** "kms:ReEncryptFrom was allowed": said of each where a call asked for several. */
export const endOf = ({ action, verdict }: RecordedDecision): string =>
  `${action} was ${verdict === 'allowed' ? 'allowed' : 'denied'}`

/** Where the same question is asked as it would be answered today; undefined where no policy was asked about a key. */
export function simulationHref(
  account: string,
  { Event: event, Record, Decision }: EventDetail,
): string | undefined {
  const decision = decisionsOf(Decision).at(-1)
  if (!decision || event.keyId === null) return undefined
  const { requestParameters } = recordOf(Record)
  const context = isObject(requestParameters) ? requestParameters.encryptionContext : undefined
  // Names alone: values of an encryption context never stand in an address.
  const names = isObject(context) ? Object.keys(context) : []
  const { region, keyId: key, actorArn: principal } = event
  return paths.access(account, {
    region,
    key,
    principal,
    action: decision.action,
    ...(names.length > 0 && { ctx: JSON.stringify(names) }),
  })
}

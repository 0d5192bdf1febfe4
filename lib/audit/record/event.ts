/**
 * One event as it is kept: a record in CloudTrail's shape, and the few columns that find it (facts §17).
 * The record's bytes are made here once and never again; everything else that is known of an event is read from them.
 */
import { Buffer } from 'node:buffer'
import { uuidv7 } from '../../crypto/random.ts'
import { LONGEST, loggedLine, loggedValue } from './logged-text.ts'
import {
  accountOf,
  channelOf,
  type EventActor,
  foreignIdentity,
  origin,
  tlsDetails,
  userIdentity,
} from './user-identity.ts'

export const EVENT_CLASSES = ['crypto', 'admin', 'read', 'auth', 'system'] as const
export type EventClass = (typeof EVENT_CLASSES)[number]
export const OUTCOMES = ['ok', 'denied', 'error'] as const
export type Outcome = (typeof OUTCOMES)[number]
export const EVENT_SOURCES = ['wire', 'console', 'console-read', 'internal'] as const
export type EventSource = (typeof EVENT_SOURCES)[number]

type Members = Readonly<Record<string, unknown>> | null

export type EventResource = { readonly accountId: string; readonly type: string; readonly arn: string }

/** What is known of a call when it is over. Members of request and response come from the operation's allow-list. */
export type EventFacts = {
  /** UUIDv7 whose milliseconds are those of `at`. */
  readonly id: string
  readonly at: Date
  readonly caller: EventActor
  /** kms.amazonaws.com, sts.amazonaws.com, … */
  readonly eventSource: string
  readonly operationName: string
  /** AwsApiCall, or AwsServiceEvent where Keyhouse acts by itself. */
  readonly eventType?: string
  readonly class: EventClass
  readonly outcome: Outcome
  readonly source: EventSource
  readonly readOnly: boolean
  readonly region: string
  /** The account whose log this is: the caller's. */
  readonly recipientAccount: string
  readonly request: Members
  readonly response: Members
  readonly additional?: Members
  readonly serviceEventDetails?: Members
  readonly resources: readonly EventResource[]
  /** The id of the first key touched. */
  readonly keyId: string | null
  /** The alias that the request named, with its prefix. */
  readonly aliasName: string | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly durationMs?: number
  readonly sharedEventId?: string
  /** Gates, policy-document hashes and statement indexes. */
  readonly decision: object | null
  /** What of the decision the key's owner may see, in the owner's copy. */
  readonly ownerDecision?: object | null
  /** Every condition value the evaluator read. */
  readonly context: object | null
}

/** A row of audit.event but for the columns that the writer adds (engine, counter, MAC). */
export type BuiltEvent = {
  readonly id: string
  readonly ts: Date
  readonly accountId: string
  readonly region: string
  readonly keyId: string | null
  /** UTF-8 of the record. */
  readonly body: Buffer
  /** JSON texts, or null. */
  readonly decision: string | null
  readonly context: string | null
}

// CloudTrail's own ceiling for a record. Only the members that a caller chooses can be this large.
const LARGEST_BODY = 262_144

/** One account's view of the same call. */
type View = {
  id: string
  recipient: string
  identity: object
  keyId: string | null
  sharedId: string | undefined
  decision: object | null | undefined
  context: object | null
}

/** What the caller chose to send and got back, fit for the log. */
type Exchange = { readonly requestParameters: unknown; readonly responseElements: unknown }

const omitted = (value: unknown) => ({
  omitted: true,
  originalSize: JSON.stringify(value).length,
  reason: 'too large',
})

/** Keyhouse's own members, under one name, so that a reader of CloudTrail records can leave them aside. */
function extras({ class: eventClass, outcome, source, aliasName, durationMs }: EventFacts): object {
  const alias = aliasName === null ? undefined : loggedLine(aliasName, LONGEST.name)
  return { class: eventClass, outcome, source, aliasName: alias, duration: durationMs }
}

function eventTypeOf({ eventType, caller }: EventFacts): string {
  if (eventType !== undefined) return eventType
  return 'kind' in caller && caller.kind === 'internal' ? 'AwsServiceEvent' : 'AwsApiCall'
}

const listedResource = ({ accountId, type, arn }: EventResource) => ({
  accountId,
  type,
  ARN: loggedLine(arn, LONGEST.arn),
})

/** Members that are undefined here do not apply: JSON leaves them out. */
function record(facts: EventFacts, view: View, exchange: Exchange): object {
  const { error, source } = facts
  const fromConsole = source === 'console' || source === 'console-read'
  return {
    eventVersion: '1.11',
    userIdentity: view.identity,
    // Whole seconds, as CloudTrail has them; the milliseconds are in the event id.
    eventTime: `${facts.at.toISOString().slice(0, 19)}Z`,
    eventSource: facts.eventSource,
    eventName: facts.operationName,
    awsRegion: facts.region,
    ...origin(facts.caller),
    errorCode: error?.code,
    errorMessage: error ? loggedValue(error.message) : undefined,
    ...exchange,
    additionalEventData: loggedValue(facts.additional ?? undefined),
    requestID: channelOf(facts.caller)?.requestId,
    eventID: view.id,
    readOnly: facts.readOnly,
    resources: facts.resources.map(listedResource),
    eventType: eventTypeOf(facts),
    managementEvent: true,
    recipientAccountId: view.recipient,
    sharedEventID: view.sharedId,
    serviceEventDetails: loggedValue(facts.serviceEventDetails ?? undefined),
    eventCategory: 'Management',
    tlsDetails: tlsDetails(facts.caller),
    sessionCredentialFromConsole: fromConsole ? 'true' : undefined,
    keyhouse: extras(facts),
  }
}

function bodyOf(facts: EventFacts, view: View): Buffer {
  const requestParameters = loggedValue(facts.request)
  const responseElements = facts.error ? null : loggedValue(facts.response)
  const body = Buffer.from(JSON.stringify(record(facts, view, { requestParameters, responseElements })))
  if (body.length <= LARGEST_BODY) return body
  const without = {
    requestParameters: omitted(requestParameters),
    responseElements: responseElements && omitted(responseElements),
  }
  return Buffer.from(JSON.stringify(record(facts, view, without)))
}

// Exactly what was decided and read, so that it can be decided again; JSON itself escapes control characters.
const jsonText = (value: object | null | undefined) => (value ? JSON.stringify(value) : null)

function built(facts: EventFacts, view: View): BuiltEvent {
  return {
    id: view.id,
    ts: facts.at,
    accountId: view.recipient,
    region: facts.region,
    keyId: view.keyId,
    body: bodyOf(facts, view),
    decision: jsonText(view.decision),
    context: jsonText(view.context),
  }
}

/** The event in the caller's own log. */
export function buildEvent(facts: EventFacts): BuiltEvent {
  return built(facts, {
    id: facts.id,
    recipient: facts.recipientAccount,
    identity: userIdentity(facts.caller),
    keyId: facts.keyId,
    sharedId: facts.sharedEventId,
    decision: facts.decision,
    context: facts.context,
  })
}

/** The id of the first key of an account among the resources. */
const keyOf = (resources: readonly EventResource[], account: string) =>
  resources
    .find(({ accountId, type }) => accountId === account && type === 'AWS::KMS::Key')
    ?.arn.split(':key/')[1] ?? null

/** The same call in the log of an account whose key was used: who called is only an account there. */
function ownersCopy(facts: EventFacts, owner: string, sharedId: string): BuiltEvent {
  return built(facts, {
    id: uuidv7(facts.at.getTime()),
    recipient: owner,
    identity: foreignIdentity(facts.caller),
    keyId: keyOf(facts.resources, owner),
    sharedId,
    decision: facts.ownerDecision,
    // The values that were read may come from the caller's policies: they stay with the caller.
    context: null,
  })
}

/**
 * The events of a call: the caller's first, then one for each other account whose resources it used, all with one
 * sharedEventID. A call that was refused for want of permission is in the caller's log only (facts §17.1).
 */
export function buildEvents(facts: EventFacts): readonly [BuiltEvent, ...BuiltEvent[]] {
  const caller = accountOf(facts.caller)
  const owners = new Set(
    facts.resources.map((resource) => resource.accountId).filter((account) => account !== caller),
  )
  if (owners.size === 0 || facts.outcome === 'denied') return [buildEvent(facts)]
  const shared = facts.sharedEventId ?? uuidv7(facts.at.getTime())
  return [
    buildEvent({ ...facts, sharedEventId: shared }),
    ...[...owners].map((owner) => ownersCopy(facts, owner, shared)),
  ]
}

/**
 * Why a recorded request was allowed or refused, as it was decided then: gates from its event, and the texts of the
 * policies that were in force. An event is found by its id, or by the request id that every answer carries.
 */
import type { z } from 'zod'
import type { StoredEvent } from '#lib/audit/search/event-detail.ts'
import { eventOfRequest } from '#lib/audit/usage/access-log.ts'
import type { KeyEvent } from '#lib/audit/usage/key-events.ts'
import type { Explanation, TraceGate } from '#lib/domain/access.ts'
import { ExplainEventInput } from '#lib/domain/operations/access.ts'
import { isObject } from '#lib/domain/policy-finding.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Question } from '#lib/policy/decision.ts'
import { explain, policiesOf } from '#lib/policy/explain.ts'
import { remedyOf } from '#lib/policy/remedy.ts'
import { readPolicyDocuments } from '#lib/store/policy-documents.ts'
import { isDenied, mayRead, maySimulate, type Sight } from './access-rights.ts'
import { askedPrincipal, isOneself } from './asked-principal.ts'
import { decisionIn, hashesIn, type RecordedDecision, recordedQuestion } from './recorded-question.ts'
import { recordedRequest } from './recorded-request.ts'
import { type Traced, verdictOf } from './trace.ts'
import { turningOf } from './turning.ts'
import { validityThen } from './validity.ts'

type Input = z.infer<typeof ExplainEventInput>

async function eventIdOf(call: Call, { EventId, RequestId }: Input): Promise<string | undefined> {
  if ((EventId === undefined) === (RequestId === undefined))
    throw new KmsError('ValidationException', 'Exactly one of EventId and RequestId must be given.')
  return EventId ?? eventOfRequest(call.services.reader, call.account, RequestId ?? '')
}

/** Whoever may read the log may ask about any event, and everybody about their own. */
async function eventAsked(call: Call, input: Input): Promise<StoredEvent> {
  let refusal: KmsError | null = null
  try {
    await call.permit()
  } catch (thrown) {
    if (!isDenied(thrown)) throw thrown
    refusal = thrown
  }
  await call.services.sequencer.catchUp()
  const id = await eventIdOf(call, input)
  const found = id === undefined ? undefined : await call.services.search.event(call.account, id)
  if (found && (!refusal || isOneself(call, found.summary.actorArn))) return found
  const asked = input.EventId === undefined ? `Request '${input.RequestId}'` : `Event '${input.EventId}'`
  throw refusal ?? new KmsError('NotFoundException', `${asked} does not exist`)
}

/** Names that the policies of the event's principal have today, by hash. */
async function namesToday(call: Call, arn: string): Promise<ReadonlyMap<string, string>> {
  try {
    const { identity } = await askedPrincipal(call, arn)
    const { policies, boundary, guardrails } = identity
    const named = [...policies, ...guardrails, ...(boundary ? [boundary] : [])]
    return new Map(named.map(({ hash, name }) => [hash, name]))
  } catch {
    // Whoever it was is gone: the statements are quoted all the same.
    return new Map()
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** What the record says went wrong. */
function errorIn(record: string): { code: string; message: string } | null {
  const event: unknown = JSON.parse(record)
  if (!isObject(event) || event.errorCode === undefined) return null
  return { code: text(event.errorCode), message: text(event.errorMessage) }
}

const keyEventOf = ({ summary, decision, context }: StoredEvent): KeyEvent => ({
  id: summary.id,
  ts: summary.ts,
  record: summary.record,
  decision,
  context,
})

async function questionThen(call: Call, event: KeyEvent, decision: RecordedDecision, actor: string) {
  const bodies = await readPolicyDocuments(call.services.database.sql, hashesIn(event, decision))
  return recordedQuestion(event, decision, { bodies, names: await namesToday(call, actor) })
}

/** The values that were looked at, by lower-case key. */
function contextIn({ context }: KeyEvent): Explanation['Context'] {
  const read: unknown = context === null ? {} : JSON.parse(context)
  if (!isObject(read)) return {}
  return Object.fromEntries(
    Object.entries(read).map(([name, values]) => [name, Array.isArray(values) ? values.map(String) : null]),
  )
}

const UNDECIDED: readonly TraceGate['Gate'][] = [
  'explicit-deny',
  'key-policy',
  'delegation',
  'identity',
  'grants',
]

/** An event that no policy was asked about: what it was answered is all there is to say. */
function undecided({ summary }: StoredEvent, error: ReturnType<typeof errorIn>) {
  const denied = summary.outcome === 'denied'
  return {
    Allowed: summary.outcome === 'ok',
    Verdict: denied ? 'implicit-deny' : 'allowed',
    Reason: error?.code ?? 'allowed',
    PrincipalArn: summary.actorArn,
    Action: summary.eventName,
    Resource: summary.keyId ?? '*',
    Sentence: error?.message || 'No policy was asked.',
    Gates: [
      ...UNDECIDED.map(
        (Gate): TraceGate => ({
          Gate,
          Result: 'not-applicable',
          Sentence: 'No policy was asked.',
          Statements: [],
          GrantId: null,
        }),
      ),
      validityThen(summary.outcome, error),
    ],
    Deciding: null,
    Remedy: null,
  } as const
}

/** Which policies the asker may read: as they would be asked for today. */
async function sightThen(call: Call, stored: StoredEvent, resource: string): Promise<Sight> {
  const simulate = maySimulate(call)
  return {
    resource: await mayRead(call, resource),
    identity: simulate(stored.summary.actorArn),
  }
}

/** A change is offered only where deciding again gives what was decided then. */
function remedyThen(question: Question | undefined, decision: RecordedDecision, sight: Sight) {
  if (!question || decision.grant) return null
  const again = decide(question)
  return again.verdict === decision.verdict && !again.allowed
    ? remedyOf(question, again, sight.resource && sight.identity)
    : null
}

function explained(
  stored: StoredEvent,
  decision: RecordedDecision,
  of: { question: Question | undefined; sight: Sight },
) {
  const { question, sight } = of
  const event = keyEventOf(stored)
  const arn = stored.summary.actorArn
  const account = arn.split(':')[4] ?? ''
  const request = recordedRequest(event)
  const principal =
    typeof request === 'string'
      ? ({ kind: 'user', partition: 'aws', account, id: arn, name: arn, arn } as const)
      : request.principal
  const traced: Traced = {
    question: question ?? {
      principal,
      action: decision.action,
      resource: { arn: decision.resource, account },
    },
    kind: question?.resourcePolicy?.policy.kind ?? 'key',
    decision: { ...decision, grant: decision.grant ?? null },
    near:
      question && policiesOf(question).length > 0
        ? explain(question, new Map(Object.entries(contextIn(event))))
        : [],
    validity: validityThen(stored.summary.outcome, errorIn(stored.summary.record)),
    ours: true,
    sight,
  }
  return { ...verdictOf(traced), Remedy: remedyThen(question, decision, sight) }
}

async function turningThen(
  call: Call,
  { summary }: StoredEvent,
  event: KeyEvent,
  decision: RecordedDecision,
) {
  const request = recordedRequest(event)
  if (decision.verdict === 'allowed' || summary.keyId === null || typeof request === 'string') return null
  return turningOf(call, {
    principal: request.principal,
    action: decision.action,
    keyId: summary.keyId,
    region: summary.region,
    moment: { at: summary.ts, id: summary.id },
  })
}

export const ExplainEvent = operation({
  name: 'ExplainEvent',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: ExplainEventInput,
  logged: { request: ({ EventId, RequestId }: Input) => ({ eventId: EventId, requestId: RequestId }) },

  async run(call, input: Input): Promise<Explanation> {
    const stored = await eventAsked(call, input)
    const { summary } = stored
    const event = keyEventOf(stored)
    const decision = decisionIn(event)
    const rest = { Basis: 'recorded', At: summary.ts } as const
    if (!decision)
      return { ...undecided(stored, errorIn(summary.record)), ...rest, Turning: null, Context: {} }
    const sight = await sightThen(call, stored, decision.resource)
    const question = await questionThen(call, event, decision, summary.actorArn)
    const turning = await turningThen(call, stored, event, decision)
    return {
      ...explained(stored, decision, { question, sight }),
      ...rest,
      Turning: sight.resource ? turning : null,
      Context: sight.resource || sight.identity ? contextIn(event) : {},
    }
  },
})

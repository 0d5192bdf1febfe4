/**
 * A recorded decision as the question that it answered: the same principal, the texts of then, and the condition values
 * that were read. For explaining it, and for trying changes on it.
 */
import type { KeyEvent } from '#lib/audit/usage/key-events.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import type { Decision, Gate, NamedPolicy, Question, StatementRef } from '#lib/policy/decision.ts'
import {
  type RecordedRequest,
  type RecordedDecision as ReplayedDecision,
  recordedRequest,
  requestValues,
} from './recorded-request.ts'

/** What lib/engine/trail.ts writes of a decision, of this or an older version. */
export type RecordedDecision = Omit<ReplayedDecision, 'gates'> &
  Pick<Decision, 'verdict' | 'reason' | 'gates' | 'deciding'> & {
    readonly grant?: NonNullable<Decision['grant']>
    /** Hash of the resource's own policy, where it did not allow. */
    readonly policy?: string
  }

/** The decision to be explained of an event with several: the one that refused, or the last. */
export function decisionIn(event: KeyEvent): RecordedDecision | undefined {
  if (event.decision === null) return undefined
  // Written by lib/engine/trail.ts.
  const { decisions } = JSON.parse(event.decision) as { decisions: readonly RecordedDecision[] }
  return decisions.findLast(({ verdict }) => verdict !== 'allowed') ?? decisions.at(-1)
}

const refsIn = ({ gates, deciding }: RecordedDecision): StatementRef[] =>
  [deciding, ...gates.map(({ by }: Gate) => by)].filter((ref) => ref !== null)

type Listed = Readonly<Record<'identity' | 'boundary' | 'session' | 'guardrail', readonly string[]>>

function listedIn({ identity }: RecordedRequest): Listed {
  return {
    identity: identity.policies ?? [],
    boundary: identity.boundary === undefined ? [] : [identity.boundary],
    session: identity.session?.policies ?? [],
    guardrail: identity.guardrails ?? [],
  }
}

/** The hash of the resource's policy: kept with a refusal, else that of a statement which allowed. */
const resourceHash = (decision: RecordedDecision) =>
  decision.policy ?? refsIn(decision).find(({ policy }) => policy.kind === 'resource')?.policy.hash

/** Hashes of every policy that was asked, as far as the event names them. */
export function hashesIn(event: KeyEvent, decision: RecordedDecision): string[] {
  const request = recordedRequest(event)
  const listed = typeof request === 'string' ? [] : Object.values(listedIn(request)).flat()
  const resource = resourceHash(decision)
  return [...new Set([...listed, ...(resource === undefined ? [] : [resource])])]
}

type Texts = {
  /** By hash. */
  readonly bodies: ReadonlyMap<string, string>
  /** Names that policies have today, by hash. */
  readonly names: ReadonlyMap<string, string>
}

function policyFrom(texts: Texts, decision: RecordedDecision, kind: PolicyKind) {
  const refs = refsIn(decision)
  return (hash: string): NamedPolicy[] => {
    const body = texts.bodies.get(hash)
    if (body === undefined) return []
    const name = refs.find(({ policy }) => policy.hash === hash)?.policy.name ?? texts.names.get(hash)
    return [{ name: name ?? hash.slice(0, 8), hash, policy: compilePolicy(body, kind) }]
  }
}

const accountOf = (arn: string, own: string) => arn.split(':')[4] || own

/** The question of then, or undefined for an event that says too little. */
export function recordedQuestion(
  event: KeyEvent,
  decision: RecordedDecision,
  texts: Texts,
): Question | undefined {
  const request = recordedRequest(event)
  if (typeof request === 'string') return undefined
  const { principal } = request
  const listed = listedIn(request)
  const own = policyFrom(texts, decision, 'identity')
  const kind = /^sts:/i.test(decision.action) ? 'trust' : 'key'
  const hash = resourceHash(decision)
  const [resourcePolicy = null] = hash === undefined ? [] : policyFrom(texts, decision, kind)(hash)
  const values = [...requestValues(request, decision)].flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  return {
    principal,
    action: decision.action,
    resource: { arn: decision.resource, account: accountOf(decision.resource, principal.account) },
    context: new Map(values),
    resourcePolicy,
    identityPolicies: listed.identity.flatMap(own),
    boundary: listed.boundary.flatMap(own)[0] ?? null,
    sessionPolicies: request.identity.session?.policies && listed.session.flatMap(own),
    guardrails: listed.guardrail.flatMap(own),
  }
}

/** A decision as people read it: six gates of one sentence each, the statements that came near, and the verdict. */
import type { ExplainedStatement, Explanation, TraceGate, TraceGateName } from '#lib/domain/access.ts'
import type { Decision, Gate, GateName, PolicyRole, Question, StatementRef } from '#lib/policy/decision.ts'
import { isThe, type Near } from '#lib/policy/explain.ts'
import { policyWords, statementWords } from '#lib/policy/policy-words.ts'
import type { Sight } from './access-rights.ts'

/** What a trace is made of: a decision, made now or recorded, and the statements around it. */
export type Traced = {
  readonly question: Pick<Question, 'principal' | 'action' | 'resource'>
  readonly kind: 'key' | 'trust' | 'identity'
  readonly decision: Pick<Decision, 'verdict' | 'reason' | 'gates' | 'deciding' | 'grant'>
  readonly near: readonly Near[]
  readonly validity: TraceGate
  /** False where the principal's own account must allow it too, which cannot be seen from here. */
  readonly ours: boolean
  readonly sight: Sight
}

const MOST_STATEMENTS = 6

/** A statement as far as the asker may read it. */
function seen({ resource, identity }: Sight, statement: ExplainedStatement): ExplainedStatement {
  const open = statement.PolicyRole === 'resource' ? resource : identity
  return open
    ? statement
    : { ...statement, Sid: null, Sentence: null, Text: null, Line: null, Conditions: [] }
}

/** Those that decided first, then those that lacked one element. */
function nearest(
  { near, sight }: Traced,
  wanted: (near: Near) => boolean,
  mostLacking = 1,
): ExplainedStatement[] {
  return near
    .filter((entry) => entry.lacks <= mostLacking && wanted(entry))
    .sort((a, b) => a.lacks - b.lacks || Number(b.statement.Action) - Number(a.statement.Action))
    .slice(0, MOST_STATEMENTS)
    .map(({ statement }) => seen(sight, statement))
}

const allows = ({ statement }: Near, ...roles: PolicyRole[]) =>
  statement.Effect === 'Allow' && roles.includes(statement.PolicyRole)
/** A Deny is near only when nothing but its conditions spared the request. */
const nearlyDenies = ({ statement, names }: Near) =>
  statement.Effect === 'Deny' && names !== null && statement.Action && statement.Resource

export const shortArn = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1)

function words(traced: Traced, ref: StatementRef): string {
  const { resource, identity } = traced.sight
  const open = ref.policy.kind === 'resource' ? resource : identity
  return statementWords(open ? ref : { ...ref, sid: null }, traced.kind)
}

const gateOf = ({ decision }: Traced, name: GateName): Gate | undefined =>
  decision.gates.find(({ gate }) => gate === name)

type Said = Pick<TraceGate, 'Result' | 'Sentence'> & { readonly GrantId?: string }
type Say = (traced: Traced) => Said

const NOT_ASKED = 'Not asked: it was decided before.'

const deny: Say = (traced) => {
  const by = gateOf(traced, 'explicit-deny')?.by
  if (by) return { Result: 'no', Sentence: `${capital(words(traced, by))} denies it.` }
  return { Result: 'pass', Sentence: 'Nothing denies it.' }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const keyPolicy: Say = (traced) => {
  const gate = gateOf(traced, 'key-policy')
  const policy = policyWords('resource', '', traced.kind)
  if (gate?.by) return { Result: 'pass', Sentence: `${capital(words(traced, gate.by))} allows it.` }
  if (gate?.result === 'no')
    return {
      Result: 'no',
      Sentence: `${capital(policy)} does not allow it to ${shortArn(traced.question.principal.arn)} itself.`,
    }
  return { Result: 'not-applicable', Sentence: NOT_ASKED }
}

const delegation: Say = (traced) => {
  const gate = gateOf(traced, 'delegation')
  const account = traced.question.principal.account
  if (gate?.by)
    return {
      Result: 'pass',
      Sentence: `${capital(words(traced, gate.by))} lets the policies of account ${account} decide.`,
    }
  if (gate?.result === 'no')
    return {
      Result: 'no',
      Sentence: `${capital(policyWords('resource', '', traced.kind))} does not let the policies of account ${account} decide.`,
    }
  return { Result: 'not-applicable', Sentence: 'Not needed, or not asked.' }
}

/** What the fourth gate gathers, in the order it is asked. */
const LIMITS = [
  ['guardrails', 'no guardrail of the account allows it'],
  ['identity-policy', 'no identity policy allows it'],
  ['boundary', 'the permissions boundary does not allow it'],
  ['session-policy', 'the session policy does not allow it'],
] as const satisfies readonly (readonly [GateName, string])[]

const identity: Say = (traced) => {
  if (!traced.ours) {
    const { account } = traced.question.principal
    return {
      Result: 'not-applicable',
      Sentence: `The policies of account ${account} must allow it too; they cannot be seen from here.`,
    }
  }
  const missing = LIMITS.filter(([name]) => gateOf(traced, name)?.result === 'no').map(([, text]) => text)
  if (missing.length > 0) return { Result: 'no', Sentence: `${capital(missing.join(', and '))}.` }
  const passed = LIMITS.flatMap(([name]) => gateOf(traced, name)?.by ?? [])
  if (passed.length > 0)
    return {
      Result: 'pass',
      Sentence: `${capital(passed.map((by) => words(traced, by)).join(', '))} allows it.`,
    }
  const open = LIMITS.some(([name]) => gateOf(traced, name)?.result === 'pass')
  if (open) return { Result: 'pass', Sentence: 'The root user of the account needs no identity policy.' }
  return { Result: 'not-applicable', Sentence: 'Not needed, or not asked.' }
}

const grants: Say = (traced) => {
  const gate = gateOf(traced, 'grants')
  if (gate?.grant)
    return {
      Result: 'pass',
      Sentence: `Grant ${gate.grant.id.slice(0, 8)}… gives ${gate.grant.operation}.`,
      GrantId: gate.grant.id,
    }
  if (gate?.result === 'no') return { Result: 'no', Sentence: 'No grant of the key permits it.' }
  return { Result: 'not-applicable', Sentence: 'No grant bears on it.' }
}

/** The six gates of a trace. */
export function gatesOf(traced: Traced): TraceGate[] {
  const near = (wanted: (near: Near) => boolean, lacking?: number) => nearest(traced, wanted, lacking)
  const gate = (Gate: TraceGateName, say: Say, Statements: ExplainedStatement[]): TraceGate => ({
    Gate,
    GrantId: null,
    ...say(traced),
    Statements,
  })
  return [
    gate('explicit-deny', deny, near(nearlyDenies)),
    gate(
      'key-policy',
      keyPolicy,
      near((entry) => allows(entry, 'resource') && entry.names !== 'account'),
    ),
    gate(
      'delegation',
      delegation,
      near((entry) => allows(entry, 'resource') && entry.names === 'account'),
    ),
    gate(
      'identity',
      identity,
      near((entry) => allows(entry, 'identity', 'boundary', 'session', 'guardrail')),
    ),
    gate('grants', grants, []),
    traced.validity,
  ]
}

const BECAUSE: Readonly<Record<string, string>> = {
  'no-guardrail-policy': 'no guardrail of its account allows it',
  'no-resource-policy': 'no statement of the key policy and no grant allows it',
  'no-identity-policy': 'no identity policy allows it',
  'no-boundary-policy': 'its permissions boundary does not allow it',
  'no-session-policy': 'its session policy does not allow it',
}

/** The verdict and what decided it. */
function sentenceOf(traced: Traced): string {
  const { question, decision } = traced
  const who = shortArn(question.principal.arn)
  const what = `${question.action}${question.resource.arn === '*' ? '' : ` on ${shortArn(question.resource.arn)}`}`
  const { deciding, grant, verdict, reason } = decision
  if (verdict === 'implicit-deny') return `${who} may not ${what}: ${BECAUSE[reason] ?? 'nothing allows it'}.`
  const by = grant ? `grant ${grant.id.slice(0, 8)}…` : deciding ? words(traced, deciding) : 'its account'
  if (verdict === 'explicit-deny') return `${who} may not ${what}: ${by} denies it.`
  if (traced.validity.Result === 'no') return `${who} may ${what}, but it fails: ${traced.validity.Sentence}`
  return `${who} may ${what}: ${by} allows it.`
}

type Verdict = Pick<
  Explanation,
  | 'Allowed'
  | 'Verdict'
  | 'Reason'
  | 'PrincipalArn'
  | 'Action'
  | 'Resource'
  | 'Sentence'
  | 'Gates'
  | 'Deciding'
>

/** What an explanation says of the decision itself. */
export function verdictOf(traced: Traced): Verdict {
  const { question, decision, near, sight, validity } = traced
  const deciding = near.find(({ statement }) => isThe(decision.deciding, statement))?.statement
  return {
    Allowed: decision.verdict === 'allowed' && validity.Result !== 'no',
    Verdict: decision.verdict,
    Reason: decision.reason,
    PrincipalArn: question.principal.arn,
    Action: question.action,
    Resource: question.resource.arn,
    Sentence: sentenceOf(traced),
    Gates: gatesOf(traced),
    Deciding: deciding ? seen(sight, deciding) : null,
  }
}

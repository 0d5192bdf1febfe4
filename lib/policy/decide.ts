/**
 * May this principal do this? Key policy, identity policies and grants combined as AWS combines them (facts §8.5).
 * Pure; total: whatever goes wrong denies (R48). Gathering the policies, the grants and the context is the caller's
 * business.
 */
import { findAction } from '#lib/domain/actions.ts'
import type { Principal } from '#lib/domain/caller.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { type Grant, type GrantOperation, type GrantTerms, grantOperationOf } from '#lib/domain/grant.ts'
import { type Asker, askerOf, type CompiledPolicy, type CompiledStatement, type Named } from './compile.ts'
import { matchGrants } from './grant-match.ts'
import type { ConditionContext, Evidence } from './pattern.ts'

export type NamedPolicy = { readonly name: string; readonly hash: string; readonly policy: CompiledPolicy }

export type Question = {
  readonly principal: Principal
  readonly action: string
  /** The key's ARN, an alias ARN, or `*`; and the account it belongs to. */
  readonly resource: { readonly arn: string; readonly account: string }
  readonly context: ConditionContext
  /** Null for actions that have no key resource: identity policies alone decide. */
  readonly keyPolicy: NamedPolicy | null
  readonly identityPolicies: readonly NamedPolicy[]
  /** Grants that may bear on the question; absent where none were looked for. */
  readonly grants?: readonly Grant[]
  /** As the request has it: constraints of grants compare its names otherwise than conditions do. */
  readonly encryptionContext?: EncryptionContext | undefined
  /** What a CreateGrant would give. */
  readonly childGrant?: GrantTerms | undefined
}

export type StatementRef = {
  readonly policy: { readonly kind: 'key' | 'identity'; readonly name: string; readonly hash: string }
  /** From 0. */
  readonly index: number
  readonly sid: string | null
}

export type GrantRef = { readonly id: string; readonly operation: GrantOperation }

export type GateName = 'explicit-deny' | 'key-policy' | 'delegation' | 'identity-policy' | 'grants'

export type Gate = {
  readonly gate: GateName
  /** For explicit-deny, `pass` means that nothing denies. */
  readonly result: 'pass' | 'no' | 'not-applicable'
  readonly by: StatementRef | null
  /** The grant that opened the gate of grants. */
  readonly grant?: GrantRef
}

export type Decision = {
  readonly allowed: boolean
  readonly verdict: 'allowed' | 'explicit-deny' | 'implicit-deny'
  readonly gates: readonly Gate[]
  /** The statement that denied, or the one that completed the permission; null when nothing matched. */
  readonly deciding: StatementRef | null
  /** The grant that gave or completed the permission. */
  readonly grant: GrantRef | null
  readonly reason:
    | 'allowed'
    | 'explicit-deny-identity'
    | 'explicit-deny-resource'
    | 'no-identity-policy'
    | 'no-resource-policy'
  /** Every condition value that was looked at, by lower-case key; null for a key that was absent. */
  readonly read: ReadonlyMap<string, readonly string[] | null>
}

/** Everything one judgement works with. */
type Case = {
  readonly question: Question
  readonly asker: Asker
  readonly action: string
  readonly evidence: Evidence
}

/** The decision, with every gate it passed. Never throws. */
export function decide(question: Question): Decision {
  const read = new Map<string, readonly string[] | null>()
  try {
    const evidence = { context: question.context, read }
    return judge({
      question,
      asker: askerOf(question.principal),
      action: question.action.toLowerCase(),
      evidence,
    })
  } catch {
    return { ...IMPLICIT, reason: 'no-identity-policy', gates: NO_GATES, read }
  }
}

const IMPLICIT = { allowed: false, verdict: 'implicit-deny', deciding: null, grant: null } as const
const NO_GATES: readonly Gate[] = [{ gate: 'explicit-deny', result: 'no', by: null }]

const gate = (name: GateName, by: StatementRef | null, passed = by !== null): Gate => ({
  gate: name,
  result: passed ? 'pass' : 'no',
  by,
})
const skipped = (name: GateName): Gate => ({ gate: name, result: 'not-applicable', by: null })
/** Until grants are asked, which is last. */
const GRANTS = skipped('grants')

type Match = { readonly policy: NamedPolicy; readonly statement: CompiledStatement }

const refOf = ({ policy, statement }: Match): StatementRef => ({
  policy: { kind: policy.policy.kind, name: policy.name, hash: policy.hash },
  index: statement.index,
  sid: statement.sid,
})

/** The first statement of this effect that names the caller in the wanted way and matches the request. */
function findMatch(
  { asker, action, question, evidence }: Case,
  policy: NamedPolicy,
  wanted: { effect: 'Allow' | 'Deny'; names: (named: Named) => boolean },
): Match | null {
  for (const statement of policy.policy.statements) {
    if (statement.effect !== wanted.effect || !statement.hasAction(action)) continue
    if (!wanted.names(statement.names(asker))) continue
    if (statement.hasResource(question.resource.arn, evidence) && statement.holds(evidence))
      return { policy, statement }
  }
  return null
}

const theCaller = (named: Named) => named.caller
const theAccount = (named: Named) => named.account
/** A Deny of an account denies everyone in it. */
const either = (named: Named) => named.caller || named.account

function findIdentityMatch(of: Case, effect: 'Allow' | 'Deny'): StatementRef | null {
  for (const policy of of.question.identityPolicies) {
    const match = findMatch(of, policy, { effect, names: theCaller })
    if (match) return refOf(match)
  }
  return null
}

function findKeyMatch(
  of: Case,
  effect: 'Allow' | 'Deny',
  names: (named: Named) => boolean,
): StatementRef | null {
  const { keyPolicy } = of.question
  const match = keyPolicy && findMatch(of, keyPolicy, { effect, names })
  return match && refOf(match)
}

function judge(of: Case): Decision {
  const byIdentity = findIdentityMatch(of, 'Deny')
  const by = byIdentity ?? findKeyMatch(of, 'Deny', either)
  if (by) return explicitDeny(of, by)
  const open = gate('explicit-deny', null, true)
  if (!of.question.keyPolicy) return judgeWithoutKey(of, open)
  const byPolicies = of.action === 'kms:retiregrant' ? leftToGrants(of, open) : judgeKey(of, open)
  return byPolicies.allowed ? byPolicies : judgeGrants(of, byPolicies)
}

/** An Allow of kms:RetireGrant has no effect by itself: a grant says who may retire it (facts §9.6). */
function leftToGrants(of: Case, open: Gate): Decision {
  const gates = [open, skipped('key-policy'), skipped('delegation'), skipped('identity-policy'), GRANTS]
  return refused(of, gates, 'no-resource-policy')
}

/** What the policies leave undecided, a grant may allow: to the caller, or to its account and its identity policies. */
function judgeGrants(of: Case, byPolicies: Decision): Decision {
  const { grants, encryptionContext, childGrant } = of.question
  const operation = grantOperationOf(of.action)
  if (!grants || operation === undefined) return byPolicies
  const request = { encryptionContext, child: childGrant }
  const match = matchGrants(grants, { asker: of.asker, operation, request, evidence: of.evidence })
  const grant = match.caller ?? match.account
  if (!grant) return { ...byPolicies, gates: replaceGates(byPolicies.gates, [gate('grants', null)]) }
  const ref = { id: grant.id, operation }
  const opened: Gate = { gate: 'grants', result: 'pass', by: null, grant: ref }
  if (match.caller) {
    const gates = replaceGates(byPolicies.gates, [opened])
    return { ...allowed(of, gates, null), grant: ref }
  }
  const identity = identityGate(of)
  const gates = replaceGates(byPolicies.gates, [identity, opened])
  return identity.result === 'pass'
    ? { ...allowed(of, gates, identity.by), grant: ref }
    : refused(of, gates, 'no-identity-policy')
}

const replaceGates = (gates: readonly Gate[], by: readonly Gate[]): Gate[] =>
  gates.map((old) => by.find((one) => one.gate === old.gate) ?? old)

function explicitDeny(of: Case, by: StatementRef): Decision {
  const reason = by.policy.kind === 'identity' ? 'explicit-deny-identity' : 'explicit-deny-resource'
  const gates = [
    gate('explicit-deny', by, false),
    skipped('key-policy'),
    skipped('delegation'),
    skipped('identity-policy'),
    GRANTS,
  ]
  const { read } = of.evidence
  return { allowed: false, verdict: 'explicit-deny', gates, deciding: by, grant: null, reason, read }
}

const allowed = (of: Case, gates: readonly Gate[], deciding: StatementRef | null): Decision => ({
  allowed: true,
  verdict: 'allowed',
  gates,
  deciding,
  grant: null,
  reason: 'allowed',
  read: of.evidence.read,
})

const refused = (
  of: Case,
  gates: readonly Gate[],
  reason: 'no-identity-policy' | 'no-resource-policy',
): Decision => ({
  ...IMPLICIT,
  gates,
  reason,
  read: of.evidence.read,
})

/**
 * The root user of an account may do in it whatever its identity policies could allow, without having any.
 */
function identityGate(of: Case): Gate {
  const by = findIdentityMatch(of, 'Allow')
  return gate('identity-policy', by, by !== null || of.asker.principal.kind === 'root')
}

const isForeign = ({ question }: Case) => question.resource.account !== question.principal.account

function judgeWithoutKey(of: Case, open: Gate): Decision {
  const identity = identityGate(of)
  const gates = [open, skipped('key-policy'), skipped('delegation'), identity, GRANTS]
  // Another account's resource needs that account's word, and without a key policy there is none (R50).
  if (isForeign(of)) return refused(of, gates, 'no-resource-policy')
  return identity.result === 'pass'
    ? allowed(of, gates, identity.by)
    : refused(of, gates, 'no-identity-policy')
}

function judgeKey(of: Case, open: Gate): Decision {
  const foreign = isForeign(of)
  if (foreign && findAction(of.action)?.crossAccount !== true) return refusedAcross(of, open)
  const direct = findKeyMatch(of, 'Allow', theCaller)
  if (direct && !foreign) {
    const gates = [
      open,
      gate('key-policy', direct),
      skipped('delegation'),
      skipped('identity-policy'),
      GRANTS,
    ]
    return allowed(of, gates, direct)
  }
  const delegated = direct ? null : findKeyMatch(of, 'Allow', theAccount)
  const identity = identityGate(of)
  const delegation = direct ? skipped('delegation') : gate('delegation', delegated)
  const gates = [open, gate('key-policy', direct), delegation, identity, GRANTS]
  const granted = direct ?? delegated
  if (!granted) return refused(of, gates, 'no-resource-policy')
  return identity.result === 'pass'
    ? allowed(of, gates, identity.by ?? granted)
    : refused(of, gates, 'no-identity-policy')
}

/** Most actions work in the key's own account only, whatever its policy says (facts §8.5, 6). */
function refusedAcross(of: Case, open: Gate): Decision {
  const gates = [open, gate('key-policy', null), gate('delegation', null), skipped('identity-policy'), GRANTS]
  return refused(of, gates, 'no-resource-policy')
}

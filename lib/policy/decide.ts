/**
 * May this principal do this? Guardrails, key policy, identity policies, boundary, session policies and grants combined
 * as AWS combines them (facts §8.5). Pure; total: whatever goes wrong denies (R48). Gathering the policies, the grants
 * and the context is the caller's business.
 */
import { findAction } from '#lib/domain/actions.ts'
import { grantOperationOf } from '#lib/domain/grant.ts'
import { askerOf } from './compile.ts'
import type { Decision, GrantRef, Question, Reason, StatementRef } from './decision.ts'
import {
  type Case,
  findAmong,
  findDeny,
  findResource,
  theAccount,
  theCaller,
  theCallerWholly,
} from './find-statement.ts'
import { gatesOf, NO, OPEN, type Said, type Sayings, SKIPPED, said } from './gates.ts'
import { matchGrants } from './grant-match.ts'

/** The decision, with every gate it passed. Never throws. */
export function decide(question: Question): Decision {
  const read = new Map<string, readonly string[] | null>()
  try {
    return judge({
      question,
      asker: askerOf(question.principal, question.provider),
      action: question.action.toLowerCase(),
      evidence: { context: question.context, read, assume: question.assume },
    })
  } catch {
    const gates = gatesOf({ 'explicit-deny': NO })
    return { ...IMPLICIT, reason: 'no-identity-policy', gates, read }
  }
}

const IMPLICIT = { allowed: false, verdict: 'implicit-deny', deciding: null, grant: null } as const

function judge(of: Case): Decision {
  const by = findDeny(of)
  if (by) return denied(of, by)
  const guardrails = guardrailGate(of)
  const open: Sayings = { 'explicit-deny': OPEN, guardrails }
  if (guardrails.result === 'no') return refused(of, open, 'no-guardrail-policy')
  if (!of.question.resourcePolicy) return judgeWithoutResource(of, open)
  // An Allow of kms:RetireGrant has no effect by itself: a grant says who may retire it (facts §9.6).
  const byPolicies =
    of.action === 'kms:retiregrant'
      ? { sayings: open, decision: refused(of, open, 'no-resource-policy') }
      : judgeResource(of, open)
  return byPolicies.decision.allowed ? byPolicies.decision : judgeGrants(of, byPolicies)
}

function denied(of: Case, by: StatementRef): Decision {
  const gates = gatesOf({ 'explicit-deny': { result: 'no', by } })
  const reason: Reason = `explicit-deny-${by.policy.kind}`
  return { ...IMPLICIT, verdict: 'explicit-deny', gates, deciding: by, reason, read: of.evidence.read }
}

const allowed = (
  of: Case,
  sayings: Sayings,
  deciding: StatementRef | null,
  grant: GrantRef | null = null,
): Decision => ({
  allowed: true,
  verdict: 'allowed',
  gates: gatesOf(sayings),
  deciding,
  grant,
  reason: 'allowed',
  read: of.evidence.read,
})

const refused = (of: Case, sayings: Sayings, reason: Reason): Decision => ({
  ...IMPLICIT,
  gates: gatesOf(sayings),
  reason,
  read: of.evidence.read,
})

/** Guardrails bind every principal of their account, its root too; services have none. */
function guardrailGate(of: Case): Said {
  const { guardrails } = of.question
  if (!guardrails || guardrails.length === 0) return SKIPPED
  return said(findAmong(of, guardrails, { role: 'guardrail', effect: 'Allow' }))
}

/** The root user of an account may do in it whatever its identity policies could allow, without having any. */
function identityGate(of: Case): Said {
  const by = findAmong(of, of.question.identityPolicies, { role: 'identity', effect: 'Allow' })
  return by || of.asker.principal.kind !== 'root' ? said(by) : OPEN
}

function boundaryGate(of: Case): Said {
  const { boundary } = of.question
  return boundary ? said(findAmong(of, [boundary], { role: 'boundary', effect: 'Allow' })) : SKIPPED
}

/** Managed policies and an inline one together are one session policy: one of them must allow. */
function sessionGate(of: Case): Said {
  const { sessionPolicies } = of.question
  return sessionPolicies
    ? said(findAmong(of, sessionPolicies, { role: 'session', effect: 'Allow' }))
    : SKIPPED
}

/** What narrows a permission that the caller has by its role or by delegation. */
function limitsOf(of: Case): { readonly sayings: Sayings; readonly missing: Reason | null } {
  const boundary = boundaryGate(of)
  const session = sessionGate(of)
  const missing =
    boundary.result === 'no' ? 'no-boundary-policy' : session.result === 'no' ? 'no-session-policy' : null
  return { sayings: { boundary, 'session-policy': session }, missing }
}

/** Identity policies, boundary and session policy must all allow. */
function judgeIdentity(of: Case, before: Sayings, granted: StatementRef | null): Judged {
  const identity = identityGate(of)
  const limits = limitsOf(of)
  const sayings = { ...before, 'identity-policy': identity, ...limits.sayings }
  const missing = identity.result === 'no' ? 'no-identity-policy' : limits.missing
  const decision = missing ? refused(of, sayings, missing) : allowed(of, sayings, identity.by ?? granted)
  return { sayings, decision }
}

const isForeign = ({ question }: Case) => question.resource.account !== question.principal.account

function judgeWithoutResource(of: Case, open: Sayings): Decision {
  // Another account's resource needs that account's word, and without a policy of its own there is none (R50).
  const { sayings, decision } = judgeIdentity(of, open, null)
  return isForeign(of) ? refused(of, sayings, 'no-resource-policy') : decision
}

type Judged = { readonly sayings: Sayings; readonly decision: Decision }

/**
 * Most actions work in the key's own account only, whatever its policy says (facts §8.5, 6). Who may assume a role from
 * another account is for its trust policy to say.
 */
const worksAbroad = ({ action, question }: Case) =>
  question.resourcePolicy?.policy.kind === 'trust' || findAction(action)?.crossAccount === true

function judgeResource(of: Case, open: Sayings): Judged {
  const foreign = isForeign(of)
  const { kind } = of.asker.principal
  if (kind === 'service' || of.question.provider !== undefined) return judgeNamed(of, open)
  if (foreign && !worksAbroad(of)) {
    const sayings = { ...open, 'key-policy': NO, delegation: NO }
    return { sayings, decision: refused(of, sayings, 'no-resource-policy') }
  }
  const wholly = foreign ? null : findResource(of, 'Allow', theCallerWholly)
  if (wholly) {
    const sayings = { ...open, 'key-policy': said(wholly) }
    return { sayings, decision: allowed(of, sayings, wholly) }
  }
  const direct = findResource(of, 'Allow', theCaller)
  if (direct && !foreign) {
    const limits = limitsOf(of)
    const sayings = { ...open, 'key-policy': said(direct), ...limits.sayings }
    const decision = limits.missing ? refused(of, sayings, limits.missing) : allowed(of, sayings, direct)
    return { sayings, decision }
  }
  const delegated = direct ? null : findResource(of, 'Allow', theAccount)
  const delegation = direct ? SKIPPED : said(delegated)
  const granted = direct ?? delegated
  const judged = judgeIdentity(of, { ...open, 'key-policy': said(direct), delegation }, granted)
  if (granted) return judged
  return { ...judged, decision: refused(of, judged.sayings, 'no-resource-policy') }
}

/** Who has no identity policies (a service, the holder of a provider's token) is allowed by name or not at all. */
function judgeNamed(of: Case, open: Sayings): Judged {
  const direct = findResource(of, 'Allow', theCaller)
  const sayings = { ...open, 'key-policy': said(direct) }
  const decision = direct ? allowed(of, sayings, direct) : refused(of, sayings, 'no-resource-policy')
  return { sayings, decision }
}

/** What the policies leave undecided, a grant may allow: to the caller, or to its account and its identity policies. */
function judgeGrants(of: Case, { sayings: before, decision }: Judged): Decision {
  const { grants, encryptionContext, childGrant } = of.question
  const operation = grantOperationOf(of.action)
  if (!grants || operation === undefined) return decision
  const request = { encryptionContext, child: childGrant }
  const match = matchGrants(grants, { asker: of.asker, operation, request, evidence: of.evidence })
  const grant = match.caller?.grant ?? match.account
  if (!grant) return { ...decision, gates: gatesOf({ ...before, grants: NO }) }
  const ref = { id: grant.id, operation }
  const sayings: Sayings = { ...before, grants: { ...OPEN, grant: ref } }
  if (!match.caller) {
    const judged = judgeIdentity(of, sayings, null)
    return judged.decision.allowed ? { ...judged.decision, grant: ref } : judged.decision
  }
  if (!match.caller.limited) return allowed(of, sayings, null, ref)
  const limits = limitsOf(of)
  const limited = { ...sayings, ...limits.sayings }
  return limits.missing ? refused(of, limited, limits.missing) : allowed(of, limited, null, ref)
}

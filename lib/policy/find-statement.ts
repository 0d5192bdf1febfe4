/** The first statement of a request's policies that names the caller, fits the request and has an effect. */
import type { Asker, CompiledStatement, Named } from './compile.ts'
import type { NamedPolicy, PolicyRole, Question, StatementRef } from './decision.ts'
import type { Evidence } from './pattern.ts'

/** Everything one judgement works with. */
export type Case = {
  readonly question: Question
  readonly asker: Asker
  readonly action: string
  readonly evidence: Evidence
}

type Names = (named: Named) => boolean
export const theCaller: Names = (named) => named.caller
export const theAccount: Names = (named) => named.account
/** A Deny of an account denies everyone in it. */
const either: Names = (named) => named.caller || named.account
/** Named so that neither boundary nor session policies narrow it. */
export const theCallerWholly: Names = (named) => named.caller && !named.limited

type Match = {
  readonly policy: NamedPolicy
  readonly statement: CompiledStatement
  readonly role: PolicyRole
}

const refOf = ({ policy, statement, role }: Match): StatementRef => ({
  policy: { kind: role, name: policy.name, hash: policy.hash },
  index: statement.index,
  sid: statement.sid,
})

type Wanted = { readonly role: PolicyRole; readonly effect: 'Allow' | 'Deny'; readonly names: Names }

/** The first statement of this effect that names the caller in the wanted way and matches the request. */
function findIn(
  { asker, action, question, evidence }: Case,
  policy: NamedPolicy,
  wanted: Wanted,
): StatementRef | null {
  for (const statement of policy.policy.statements) {
    if (statement.effect !== wanted.effect || !statement.hasAction(action)) continue
    if (!wanted.names(statement.names(asker))) continue
    if (statement.hasResource(question.resource.arn, evidence) && statement.holds(evidence))
      return refOf({ policy, statement, role: wanted.role })
  }
  return null
}

export function findAmong(
  of: Case,
  policies: readonly NamedPolicy[] | undefined,
  wanted: Omit<Wanted, 'names'>,
) {
  for (const policy of policies ?? []) {
    const match = findIn(of, policy, { ...wanted, names: theCaller })
    if (match) return match
  }
  return null
}

export function findResource(of: Case, effect: 'Allow' | 'Deny', names: Names): StatementRef | null {
  const { resourcePolicy } = of.question
  return resourcePolicy && findIn(of, resourcePolicy, { role: 'resource', effect, names })
}

export function findDeny(of: Case): StatementRef | null {
  const { guardrails, identityPolicies, boundary, sessionPolicies } = of.question
  const denies = (role: PolicyRole, policies: readonly NamedPolicy[] | undefined) =>
    findAmong(of, policies, { role, effect: 'Deny' })
  return (
    denies('guardrail', guardrails) ??
    denies('identity', identityPolicies) ??
    denies('boundary', boundary ? [boundary] : undefined) ??
    denies('session', sessionPolicies) ??
    findResource(of, 'Deny', either)
  )
}

/**
 * Who may do what: gathers what a decision needs, asks lib/policy, and turns a no into AWS's refusal.
 */
import { KmsError } from '#lib/domain/refusal.ts'
import { type Decision, decide, denialText, type Question } from '#lib/policy/decide.ts'
import type { LoadedKey } from './keys.ts'
import { type ConditionValues, conditionContext, type RequestFacts } from './request-context.ts'
import type { Trail } from './trail.ts'

type KeyQuestion = { readonly action: string; readonly key: LoadedKey; readonly conditions: ConditionValues }

/** AWS does not say whether a key that a ciphertext names exists (facts §8.8). */
const hiddenResource = (question: Question) =>
  `User: ${question.principal.arn} is not authorized to perform: ${question.action} on the resource associated with ` +
  'this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, ' +
  'or a resource-based policy explicitly denies access'

function judge(trail: Trail, question: Question): Decision {
  const decision = decide(question)
  trail.judgements.push({ action: question.action, resource: question.resource.arn, decision })
  return decision
}

/** @throws AccessDeniedException unless the policies allow the action on the key. */
export function authorizeKey(
  trail: Trail,
  facts: RequestFacts,
  asked: KeyQuestion,
  byCiphertext: boolean,
): void {
  const question: Question = {
    principal: trail.identity.principal,
    action: asked.action,
    resource: { arn: asked.key.arn, account: asked.key.row.account },
    context: conditionContext(facts, asked.key, asked.conditions),
    keyPolicy: asked.key.policy,
    identityPolicies: trail.identity.policies,
  }
  const decision = judge(trail, question)
  if (decision.allowed) return
  throw new KmsError(
    'AccessDeniedException',
    byCiphertext ? hiddenResource(question) : denialText(decision, question),
  )
}

type PlainQuestion = {
  readonly action: string
  readonly resource: string
  readonly conditions: ConditionValues
}

/** @throws AccessDeniedException unless an identity policy allows an action that has no key. */
export function authorizePlain(trail: Trail, facts: RequestFacts, asked: PlainQuestion): void {
  const question: Question = {
    principal: trail.identity.principal,
    action: asked.action,
    resource: { arn: asked.resource, account: trail.identity.account },
    context: conditionContext(facts, undefined, asked.conditions),
    keyPolicy: null,
    identityPolicies: trail.identity.policies,
  }
  const decision = judge(trail, question)
  if (!decision.allowed) throw new KmsError('AccessDeniedException', denialText(decision, question))
}

/**
 * The refusal for a key of another account that is not there: the same as for one that is there and closed,
 * so that nobody learns which (facts §2.1).
 */
export function foreignKeyRefusal(trail: Trail, action: string, arn: string): KmsError {
  return new KmsError(
    'AccessDeniedException',
    `User: ${trail.identity.principal.arn} is not authorized to perform: ${action} on resource: ${arn} ` +
      `because no resource-based policy allows the ${action} action`,
  )
}

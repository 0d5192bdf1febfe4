/**
 * Who may do what: gathers what a decision needs, asks lib/policy, and turns a no into AWS's refusal.
 */
import { grantOperationOf } from '#lib/domain/grant.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Decision, Question } from '#lib/policy/decision.ts'
import { denialText } from '#lib/policy/denial-text.ts'
import type { KeyDemand, Permission } from './call.ts'
import type { Keys, LoadedKey } from './keys.ts'
import { questionOf } from './question.ts'
import {
  type ConditionValues,
  conditionContext,
  type RequestFacts,
  valuesOf,
  wayOf,
} from './request-context.ts'
import type { Judgement, Trail } from './trail.ts'

/** What a decision about a key is made with. */
type Court = { readonly trail: Trail; readonly facts: RequestFacts; readonly keys: Keys }

type KeyQuestion = {
  readonly action: string
  readonly key: LoadedKey
  readonly conditions: ConditionValues
  readonly demand: Pick<KeyDemand, 'encryptionContext' | 'childGrant' | 'grants'>
  readonly byCiphertext: boolean
}

/** AWS does not say whether a key that a ciphertext names exists (facts §8.8). */
const hiddenResource = (question: Question) =>
  `User: ${question.principal.arn} is not authorized to perform: ${question.action} on the resource associated with ` +
  'this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, ' +
  'or a resource-based policy explicitly denies access'

type Recorded = Pick<Judgement, 'decision' | 'given'> & { readonly shown?: string | undefined }

function record(trail: Trail, question: Question, { decision, given, shown }: Recorded): void {
  const { action, resource } = question
  const { arn, account } = resource
  const policy = question.resourcePolicy?.hash
  trail.judgements.push({ action, resource: arn, account, shown: shown ?? arn, given, decision, policy })
}

/** What the event keeps of the request's own condition values. */
function givenBy(facts: RequestFacts, conditions: ConditionValues): ConditionValues {
  const way = wayOf(facts)
  return way ? { ...conditions, ...way } : conditions
}

/** The grants that may bear on a question; none are looked for where no grant could give the action. */
async function grantsFor({ trail, keys }: Court, { action, key, demand }: KeyQuestion) {
  if (demand.grants) return demand.grants
  if (!key.row.hasGrants || grantOperationOf(action) === undefined) return undefined
  return keys.grants(key, trail.identity.principal)
}

/** By the policies, and only where they are silent by the grants: most requests never look for those. */
async function judgeKey(court: Court, asked: KeyQuestion, question: Question): Promise<Decision> {
  const byPolicies = decide(question)
  if (byPolicies.verdict !== 'implicit-deny') return byPolicies
  const grants = await grantsFor(court, asked)
  return grants ? decide({ ...question, grants }) : byPolicies
}

/** @throws AccessDeniedException unless the policies or a grant allow the action on the key. */
export async function authorizeKey(court: Court, asked: KeyQuestion): Promise<void> {
  const { trail, facts } = court
  const { key, demand } = asked
  const question = questionOf(trail.identity, {
    action: asked.action,
    resource: { arn: key.arn, account: key.row.account },
    resourcePolicy: key.policy,
    context: conditionContext(facts, key, asked.conditions),
    encryptionContext: demand.encryptionContext,
    childGrant: demand.childGrant,
  })
  const decision = await judgeKey(court, asked, question)
  record(trail, question, { decision, given: givenBy(facts, asked.conditions) })
  if (decision.allowed) return
  throw new KmsError(
    'AccessDeniedException',
    asked.byCiphertext ? hiddenResource(question) : denialText(decision, question),
  )
}

type PlainQuestion = Omit<Permission, 'region'> & { readonly action: string }

/** @throws AccessDeniedException unless the policies allow an action that has no key. */
export function authorizePlain(trail: Trail, facts: RequestFacts, asked: PlainQuestion): void {
  const { action, resource = '*', conditions = {}, instead = {}, owned, shown } = asked
  const account = owned?.account ?? trail.identity.account
  if (owned?.epoch !== undefined) trail.accounts.set(account, owned.epoch)
  const context = conditionContext(facts, undefined, conditions)
  for (const [name, values] of valuesOf(instead)) context.set(name, values)
  const question: Question = {
    ...questionOf(trail.identity, {
      action,
      resource: { arn: resource, account },
      resourcePolicy: owned?.policy ?? null,
      context,
    }),
    provider: asked.provider,
  }
  const decision = decide(question)
  record(trail, question, { decision, given: givenBy(facts, conditions), shown })
  if (!decision.allowed)
    throw new KmsError('AccessDeniedException', asked.words ?? denialText(decision, question, shown))
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

/**
 * The question that a request puts to lib/policy: who asks, with all that bounds them, about what. The door asks it of
 * its callers; insight asks it of anybody, also on a policy that is only drafted.
 */

import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { GrantTerms } from '#lib/domain/grant.ts'
import type { NamedPolicy, Question } from '#lib/policy/decision.ts'
import type { ConditionContext } from '#lib/policy/pattern.ts'
import type { Identity } from './identities.ts'

type Asked = {
  readonly action: string
  readonly resource: Question['resource']
  /** The key's policy, the trust policy of a role, or null. */
  readonly resourcePolicy: NamedPolicy | null
  readonly context: ConditionContext
  readonly encryptionContext?: EncryptionContext | undefined
  readonly childGrant?: GrantTerms | undefined
}

/** Guardrails do not bind a service, nor do they bind whoever only holds an identity provider's token. */
export const questionOf = (identity: Identity, asked: Asked): Question => ({
  principal: identity.principal,
  identityPolicies: identity.policies,
  boundary: identity.boundary,
  sessionPolicies: identity.session?.policies,
  guardrails: identity.guardrails,
  ...asked,
})

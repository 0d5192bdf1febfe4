/**
 * The lockout safety check (facts §8.4): whoever puts a key policy in force must be able to change it
 * again.
 */
import type { Principal } from '#lib/domain/caller.ts'
import { compilePolicy } from './compile.ts'
import { decide, type NamedPolicy } from './decide.ts'
import type { ConditionContext } from './pattern.ts'

export type LockoutQuestion = {
  /** The text of the new key policy. */
  readonly policy: string
  readonly principal: Principal
  readonly identityPolicies: readonly NamedPolicy[]
  readonly resource: { readonly arn: string; readonly account: string }
  readonly context: ConditionContext
}

/**
 * May the principal still call PutKeyPolicy under the new policy, by itself or through the account's
 * delegation?
 */
export function lockoutSafe({
  policy,
  principal,
  identityPolicies,
  resource,
  context,
}: LockoutQuestion): boolean {
  const keyPolicy = { name: 'default', hash: '', policy: compilePolicy(policy, 'key') }
  return decide({ principal, action: 'kms:PutKeyPolicy', resource, context, keyPolicy, identityPolicies })
    .allowed
}

/**
 * The question of the lockout check (facts §8.4): somebody who would change the policy of a key, with nothing known of the
 * request but who sends it. Conditions that ask for more do not hold: they may not hold next time.
 */
import { keyArn, type Place } from '#lib/domain/arn.ts'
import type { LockoutQuestion } from '#lib/policy/lockout.ts'
import type { Identity } from './identities.ts'
import { questionOf } from './question.ts'

export function lockoutQuestion(
  identity: Identity,
  key: { readonly place: Place; readonly id: string },
): Omit<LockoutQuestion, 'policy'> {
  const { principal, account } = identity
  const context = new Map([
    ['kms:calleraccount', [account]],
    ['aws:principalarn', [principal.role?.arn ?? principal.arn]],
    ['aws:principalaccount', [account]],
  ])
  const resource = { arn: keyArn(key.place, key.id), account: key.place.account }
  return questionOf(identity, { action: 'kms:PutKeyPolicy', resource, resourcePolicy: null, context })
}

/** What a key policy must be before it is stored (facts §8.1, §8.4): size, grammar, principals, no lockout. */
import { sha256 } from '#lib/crypto/digest.ts'
import { keyArn, type Place } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { checkKeyPolicy } from '#lib/policy/check.ts'
import { lockoutSafe } from '#lib/policy/lockout.ts'
import { listPrincipalNames } from '#lib/store/identities.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'

const MOST_BYTES = 32_768
const LOCKOUT = 'The new key policy will not allow you to update the key policy in the future.'

export const policyText = (body: string): PolicyText => ({ hash: sha256(body), body })

/** Refuses what AWS refuses when a key policy is written. @throws LimitExceeded, MalformedPolicyDocument */
export async function checkPolicy(call: Call, policy: string): Promise<void> {
  if (Buffer.byteLength(policy) > MOST_BYTES) {
    throw new KmsError('LimitExceededException', `The key policy is longer than ${MOST_BYTES} bytes.`)
  }
  const { partition, account } = call.place
  const names = new Set(await listPrincipalNames(call.services.database.sql, account))
  const prefix = `arn:${partition}:iam::${account}:`
  const principalExists = (arn: string) => arn.startsWith(prefix) && names.has(arn.slice(prefix.length))
  const fault = checkKeyPolicy(policy, { account, partition, principalExists })
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
}

/** The caller must be able to change the policy that is being put in force (facts §8.4). */
export function checkLockout(call: Call, policy: string, key: { place: Place; id: string }): void {
  const resource = { arn: keyArn(key.place, key.id), account: key.place.account }
  const context = new Map([
    ['kms:calleraccount', [call.account]],
    ['aws:principalarn', [call.identity.principal.arn]],
    ['aws:principalaccount', [call.account]],
  ])
  const safe = lockoutSafe({
    policy,
    principal: call.identity.principal,
    identityPolicies: call.identity.policies,
    resource,
    context,
  })
  if (!safe) throw new KmsError('MalformedPolicyDocumentException', LOCKOUT)
}

/** What a key policy must be before it is stored (facts §8.1, §8.4): size, grammar, principals, no lockout. */
import { sha256 } from '#lib/crypto/digest.ts'
import type { Place } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { lockoutQuestion } from '#lib/engine/lockout-question.ts'
import { principalDirectory } from '#lib/engine/principal-directory.ts'
import { checkKeyPolicy, identitiesNamed } from '#lib/policy/check.ts'
import { lockoutSafe } from '#lib/policy/lockout.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'

const MOST_BYTES = 32_768
const LOCKOUT = 'The new key policy will not allow you to update the key policy in the future.'

export const policyText = (body: string): PolicyText => ({ hash: sha256(body), body })

/** Refuses what AWS refuses when a key policy is written. @throws LimitExceeded, MalformedPolicyDocument */
export async function checkPolicy(call: Call, policy: string): Promise<void> {
  if (Buffer.byteLength(policy) > MOST_BYTES) {
    throw new KmsError('LimitExceededException', `The key policy is longer than ${MOST_BYTES} bytes.`)
  }
  const { partition } = call.place
  const principalExists = await principalDirectory(call.services.database.sql, identitiesNamed(policy, 'key'))
  const fault = checkKeyPolicy(policy, { partition, principalExists })
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
}

/** The caller must be able to change the policy that is being put in force (facts §8.4). */
export function checkLockout(call: Call, policy: string, key: { place: Place; id: string }): void {
  const safe = lockoutSafe({ ...lockoutQuestion(call.identity, key), policy })
  if (!safe) throw new KmsError('MalformedPolicyDocumentException', LOCKOUT)
}

/** Inputs of the key policy operations. */
import { flag, integer, structure } from '../constraints.ts'
import { keyId, limit, marker, policy, policyName } from './members.ts'

export const GetKeyPolicyInput = structure({ KeyId: keyId(), PolicyName: policyName() })
export const PutKeyPolicyInput = structure({
  KeyId: keyId(),
  PolicyName: policyName(),
  Policy: policy(),
  BypassPolicyLockoutSafetyCheck: flag().optional(),
})
/** As the console sends it: the version that was edited must still be the newest. The wire has no such member. */
export const SaveKeyPolicyInput = PutKeyPolicyInput.extend({
  ExpectedVersion: integer(1, 2 ** 31 - 1).optional(),
})
export const ListKeyPoliciesInput = structure({ KeyId: keyId(), Limit: limit(1000), Marker: marker() })

/** Inputs of the key policy operations. */
import { flag, structure } from '../constraints.ts'
import { keyId, limit, marker, policy, policyName } from './members.ts'

export const GetKeyPolicyInput = structure({ KeyId: keyId(), PolicyName: policyName() })
export const PutKeyPolicyInput = structure({
  KeyId: keyId(),
  PolicyName: policyName(),
  Policy: policy(),
  BypassPolicyLockoutSafetyCheck: flag().optional(),
})
export const ListKeyPoliciesInput = structure({ KeyId: keyId(), Limit: limit(1000), Marker: marker() })

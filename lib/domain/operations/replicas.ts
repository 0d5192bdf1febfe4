/** Inputs of the operations on multi-Region families. */
import { flag, structure, text } from '../constraints.ts'
import { description, keyId, policy, tags } from './members.ts'

const region = () => text({ min: 1, max: 32, pattern: String.raw`^([a-z]+-){2,3}\d+$` })

export const ReplicateKeyInput = structure({
  KeyId: keyId(),
  ReplicaRegion: region(),
  Policy: policy().optional(),
  BypassPolicyLockoutSafetyCheck: flag().optional(),
  Description: description().optional(),
  Tags: tags().optional(),
})

export const UpdatePrimaryRegionInput = structure({ KeyId: keyId(), PrimaryRegion: region() })

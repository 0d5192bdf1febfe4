/** Inputs of the operations on keys themselves. */
import { flag, integer, oneOf, structure, text } from '../constraints.ts'
import { KEY_SPEC_NAMES, KEY_USAGES, ORIGINS } from '../key-spec.ts'
import { description, grantTokens, keyId, limit, marker, policy, tags } from './members.ts'

export const CreateKeyInput = structure({
  Policy: policy().optional(),
  Description: description().optional(),
  KeyUsage: oneOf(KEY_USAGES).optional(),
  CustomerMasterKeySpec: oneOf(KEY_SPEC_NAMES).optional(),
  KeySpec: oneOf(KEY_SPEC_NAMES).optional(),
  Origin: oneOf(ORIGINS).optional(),
  CustomKeyStoreId: text({ min: 1, max: 64 }).optional(),
  BypassPolicyLockoutSafetyCheck: flag().optional(),
  Tags: tags().optional(),
  MultiRegion: flag().optional(),
  XksKeyId: text({ min: 1, max: 128, pattern: '^[a-zA-Z0-9-_.]+$' }).optional(),
})

export const KeyInput = structure({ KeyId: keyId() })
export const DescribeKeyInput = structure({ KeyId: keyId(), GrantTokens: grantTokens() })
export const ListKeysInput = structure({ Limit: limit(1000), Marker: marker() })
export const UpdateKeyDescriptionInput = structure({ KeyId: keyId(), Description: description() })
export const ScheduleKeyDeletionInput = structure({
  KeyId: keyId(),
  PendingWindowInDays: integer(1, 365).optional(),
  // Ours: AWS has no place for it, and its clients never send it.
  Reason: text({ max: 512 }).optional(),
})

/** Inputs of the tools around key policies: versions, pinned cases, findings, replay; and of the installation's settings. */
import { z } from 'zod'
import { integer, list, oneOf, structure, text } from '../constraints.ts'
import { KEY_SPEC_NAMES, KEY_USAGES } from '../key-spec.ts'
import { SETTING_NAMES } from '../settings.ts'
import { encryptionContext, keyId, noInput } from './members.ts'

/** A policy that is only being written: any characters, so that what is wrong with it can be said. */
const draft = () => text({ min: 1, max: 131_072 })
const marker = () => text({ min: 1, max: 1024 }).optional()
const limit = () => integer(1, 200).optional()
const version = () => integer(1, 2 ** 31 - 1)
const id = () => text({ min: 36, max: 36, pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' })

export const ListPolicyVersionsInput = structure({ KeyId: keyId(), Marker: marker(), Limit: limit() })
export const GetPolicyVersionInput = structure({ KeyId: keyId(), Version: version() })

export const ListPolicyCasesInput = structure({ KeyId: keyId() })
/** Condition values by name: what the request would say besides. */
const conditions = () => z.record(z.string(), list(text({ max: 2048 }), { max: 50 })).optional()
export const PutPolicyCaseInput = structure({
  KeyId: keyId(),
  /** Of the case that is replaced; a new one without it. */
  Id: id().optional(),
  Name: text({ min: 1, max: 128 }),
  PrincipalArn: text({ min: 1, max: 2048 }),
  Action: text({ min: 5, max: 128, pattern: 'kms:[A-Za-z]+' }),
  EncryptionContext: encryptionContext(),
  Conditions: conditions(),
  Expected: oneOf(['allowed', 'denied']),
})
export const DeletePolicyCaseInput = structure({ KeyId: keyId(), Id: id() })
/** Without a policy: on the one in force. */
export const RunPolicyCasesInput = structure({ KeyId: keyId(), Policy: draft().optional() })

/** The key, where the policy is one's; its spec and usage alone where there is none yet. */
export const LintKeyPolicyInput = structure({
  Policy: draft(),
  KeyId: keyId().optional(),
  KeySpec: oneOf(KEY_SPEC_NAMES).optional(),
  KeyUsage: oneOf(KEY_USAGES).optional(),
})
export const LintIdentityPolicyInput = structure({
  Policy: draft(),
  Kind: oneOf(['identity', 'trust', 'boundary']),
})
/** Of the managed policies of the account, by name. */
export const ListPolicyFindingsInput = structure({ Marker: marker(), Limit: integer(1, 100).optional() })

export const MOST_REPLAY_DAYS = 90
export const ReplayPolicyInput = structure({
  KeyId: keyId(),
  Policy: draft(),
  Days: integer(1, MOST_REPLAY_DAYS).optional(),
  Marker: marker(),
})

export const GetSettingsInput = noInput()
/** The value as JSON; without one the choice is taken back. */
export const PutSettingInput = structure({
  Name: oneOf(SETTING_NAMES),
  Value: text({ min: 1, max: 16_384 }).optional(),
})

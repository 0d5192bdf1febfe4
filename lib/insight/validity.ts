/** The sixth gate: whether the key could serve the request at all, by its state and its usage. Permission is not asked. */
import type { TraceGate } from '#lib/domain/access.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { type Deed, stateRefusal } from '#lib/domain/key-state.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'

const USAGE: Readonly<Record<string, KeyUsageName>> = {
  'kms:Decapsulate': 'ENCAPSULATE_DECAPSULATE',
  'kms:Decrypt': 'ENCRYPT_DECRYPT',
  'kms:DeriveSharedSecret': 'KEY_AGREEMENT',
  'kms:Encapsulate': 'ENCAPSULATE_DECAPSULATE',
  'kms:Encrypt': 'ENCRYPT_DECRYPT',
  'kms:GenerateDataKey': 'ENCRYPT_DECRYPT',
  'kms:GenerateDataKeyPair': 'ENCRYPT_DECRYPT',
  'kms:GenerateDataKeyPairWithoutPlaintext': 'ENCRYPT_DECRYPT',
  'kms:GenerateDataKeyWithoutPlaintext': 'ENCRYPT_DECRYPT',
  'kms:GenerateMac': 'GENERATE_VERIFY_MAC',
  'kms:ReEncryptFrom': 'ENCRYPT_DECRYPT',
  'kms:ReEncryptTo': 'ENCRYPT_DECRYPT',
  'kms:Sign': 'SIGN_VERIFY',
  'kms:Verify': 'SIGN_VERIFY',
  'kms:VerifyMac': 'GENERATE_VERIFY_MAC',
}

/** What is not here and not cryptography only reads, which every state admits. */
const DEEDS: Readonly<Record<string, Deed>> = {
  'kms:CancelKeyDeletion': 'cancelDeletion',
  'kms:CreateAlias': 'alias',
  'kms:CreateGrant': 'createGrant',
  'kms:DeleteImportedKeyMaterial': 'deleteMaterial',
  'kms:DisableKey': 'enableOrDisable',
  'kms:DisableKeyRotation': 'rotation',
  'kms:EnableKey': 'enableOrDisable',
  'kms:EnableKeyRotation': 'rotation',
  'kms:GetParametersForImport': 'importParameters',
  'kms:GetPublicKey': 'use',
  'kms:ImportKeyMaterial': 'importMaterial',
  'kms:ReplicateKey': 'replicate',
  'kms:RotateKeyOnDemand': 'rotateNow',
  'kms:ScheduleKeyDeletion': 'scheduleDeletion',
  'kms:TagResource': 'describe',
  'kms:UntagResource': 'describe',
  'kms:UpdateAlias': 'alias',
  'kms:UpdateKeyDescription': 'describe',
  'kms:UpdatePrimaryRegion': 'updatePrimary',
}

const deedOf = (action: string): Deed => DEEDS[action] ?? (action in USAGE ? 'use' : 'read')

type Said = Pick<TraceGate, 'Result' | 'Sentence'>
const gate = ({ Result, Sentence }: Said): TraceGate => ({
  Gate: 'validity',
  Result,
  Sentence,
  Statements: [],
  GrantId: null,
})

/** The gate as it stands now. */
export function validityNow(action: string, key: LoadedKey | undefined): TraceGate {
  if (!key) return gate({ Result: 'not-applicable', Sentence: 'This concerns no key.' })
  const { state, usage } = key.row
  const refusal = stateRefusal(deedOf(action), state, 'The key')
  if (refusal) return gate({ Result: 'no', Sentence: refusal.message })
  const wanted = USAGE[action]
  if (wanted && wanted !== usage)
    return gate({ Result: 'no', Sentence: `The key's usage is ${usage}; ${action} needs ${wanted}.` })
  return gate({ Result: 'pass', Sentence: `The key is ${state}.` })
}

/** The gate as an event tells it: a request that was refused for want of permission never came so far. */
export function validityThen(outcome: string, error: { code: string; message: string } | null): TraceGate {
  if (outcome === 'ok') return gate({ Result: 'pass', Sentence: 'The request succeeded.' })
  if (outcome === 'denied')
    return gate({
      Result: 'not-applicable',
      Sentence: 'The request was refused before the key was looked at.',
    })
  return gate({ Result: 'no', Sentence: error ? `${error.code}: ${error.message}` : 'The request failed.' })
}

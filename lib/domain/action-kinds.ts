/** Which actions apply to which kinds of keys: what an editor offers first, and what never has an effect (facts §2, §4). */
import { KMS_ACTIONS, type KmsActionName } from './actions.ts'
import { isAsymmetric, type KeySpecName, type KeyUsageName, type Origin, USAGE_LABEL } from './key-spec.ts'

/** What is known of a key; what is left out may be anything. */
export type KnownKeyKind = {
  readonly spec?: KeySpecName | undefined
  readonly usage?: KeyUsageName | undefined
  readonly origin?: Origin | undefined
  readonly multiRegion?: boolean | undefined
}

type Need = {
  readonly usage?: KeyUsageName
  readonly spec?: 'symmetric' | 'asymmetric'
  readonly origin?: Origin
  readonly multiRegion?: true
}

const ENCRYPTION: Need = { usage: 'ENCRYPT_DECRYPT' }
const DATA_KEYS: Need = { usage: 'ENCRYPT_DECRYPT', spec: 'symmetric' }
const SIGNATURES: Need = { usage: 'SIGN_VERIFY' }
const MACS: Need = { usage: 'GENERATE_VERIFY_MAC' }
const CAPSULES: Need = { usage: 'ENCAPSULATE_DECAPSULATE' }
const ROTATION: Need = { spec: 'symmetric' }
const IMPORT: Need = { origin: 'EXTERNAL' }
const FAMILY: Need = { multiRegion: true }

/** Actions that are not for every key. */
const NEEDS: Partial<Record<KmsActionName, Need>> = {
  'kms:Encrypt': ENCRYPTION,
  'kms:Decrypt': ENCRYPTION,
  'kms:ReEncryptFrom': ENCRYPTION,
  'kms:ReEncryptTo': ENCRYPTION,
  'kms:GenerateDataKey': DATA_KEYS,
  'kms:GenerateDataKeyWithoutPlaintext': DATA_KEYS,
  'kms:GenerateDataKeyPair': DATA_KEYS,
  'kms:GenerateDataKeyPairWithoutPlaintext': DATA_KEYS,
  'kms:Sign': SIGNATURES,
  'kms:Verify': SIGNATURES,
  'kms:GenerateMac': MACS,
  'kms:VerifyMac': MACS,
  'kms:DeriveSharedSecret': { usage: 'KEY_AGREEMENT' },
  'kms:Encapsulate': CAPSULES,
  'kms:Decapsulate': CAPSULES,
  'kms:GetPublicKey': { spec: 'asymmetric' },
  'kms:EnableKeyRotation': ROTATION,
  'kms:DisableKeyRotation': ROTATION,
  'kms:RotateKeyOnDemand': ROTATION,
  'kms:GetParametersForImport': IMPORT,
  'kms:ImportKeyMaterial': IMPORT,
  'kms:DeleteImportedKeyMaterial': IMPORT,
  'kms:ReplicateKey': FAMILY,
  'kms:UpdatePrimaryRegion': FAMILY,
}

function unmetSpec(need: Need['spec'], spec: KeySpecName | undefined): string | null {
  if (need === undefined || spec === undefined) return null
  const fits = need === 'symmetric' ? spec === 'SYMMETRIC_DEFAULT' : isAsymmetric(spec)
  if (fits) return null
  return need === 'symmetric' ? 'this key is no symmetric encryption key' : 'this key has no public half'
}

/** Why an action never has an effect on a key of this kind, as half a sentence; null where it may. */
export function whyNever(action: KmsActionName, kind: KnownKeyKind): string | null {
  if (KMS_ACTIONS[action].resource === 'none')
    return 'it is not about a key, so only identity policies decide it'
  const need = NEEDS[action] ?? {}
  if (need.usage && kind.usage && need.usage !== kind.usage)
    return `this key's usage is ${USAGE_LABEL[kind.usage]}`
  const spec = unmetSpec(need.spec, kind.spec)
  if (spec !== null) return spec
  if (need.origin && kind.origin && need.origin !== kind.origin)
    return 'material of this key is never imported'
  return need.multiRegion && kind.multiRegion === false ? 'this is a single-Region key' : null
}

/**
 * A sensible input for each KMS operation, as the SDK takes it, of a key that somebody made for it. For sweeps that ask
 * the same of every key, whatever its kind: algorithms are those of the key's spec where it has any.
 */
import { KEY_SPECS, type KeySpecName, type KeyUsageName, type Origin } from '#lib/domain/key-spec.ts'
import type { kmsOperations } from '#lib/kms/operations.ts'
import { ACCOUNT, OTHER_REGION, REGION } from './world.ts'

export type KmsName = (typeof kmsOperations)[number]['name']

export type Kind = {
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  readonly multiRegion: boolean
}

/** A key, what it made, and what stands beside it. */
export type Things = {
  readonly kind: Kind
  readonly region: string
  readonly arn: string
  /** As the KeyId member names the key. */
  readonly KeyId: string
  /** What the key made of one zero byte: a ciphertext, signature, MAC, encapsulated secret or public key. */
  readonly made: Uint8Array
  /** An alias of the key. */
  readonly alias: string
  /** A symmetric key of the same Region that can be used. */
  readonly other: string
  readonly grant: string
}

export const SYMMETRIC: Kind = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
}

/** The kind that suits an operation, if not a symmetric encryption key of our own material. */
const SIGNS: Kind = { ...SYMMETRIC, spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' }
const MACS: Kind = { ...SYMMETRIC, spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }
const ENCAPSULATES: Kind = { ...SYMMETRIC, spec: 'ML_KEM_512', usage: 'ENCAPSULATE_DECAPSULATE' }
const IMPORTS: Kind = { ...SYMMETRIC, origin: 'EXTERNAL' }
const LEADS: Kind = { ...SYMMETRIC, multiRegion: true }
const SUITED: Partial<Record<KmsName, Kind>> = {
  Sign: SIGNS,
  Verify: SIGNS,
  GetPublicKey: SIGNS,
  GenerateMac: MACS,
  VerifyMac: MACS,
  DeriveSharedSecret: { ...SIGNS, usage: 'KEY_AGREEMENT' },
  Encapsulate: ENCAPSULATES,
  Decapsulate: ENCAPSULATES,
  GetParametersForImport: IMPORTS,
  ImportKeyMaterial: IMPORTS,
  DeleteImportedKeyMaterial: IMPORTS,
  ReplicateKey: LEADS,
  UpdatePrimaryRegion: LEADS,
}
export const kindFor = (operation: KmsName): Kind => SUITED[operation] ?? SYMMETRIC

/** The input of CreateKey for a kind. */
export const creationOf = ({ spec, usage, origin, multiRegion }: Kind) => ({
  KeySpec: spec,
  KeyUsage: usage,
  Origin: origin,
  MultiRegion: multiRegion,
})

export const CAROL = `arn:aws:iam::${ACCOUNT}:user/carol`
export const BYTE = new Uint8Array(1)

const elsewhere = ({ region }: Things) => (region === REGION ? OTHER_REGION : REGION)
const EncryptionAlgorithm = ({ kind }: Things) => KEY_SPECS[kind.spec].encryption.at(-1)
const SigningAlgorithm = ({ kind }: Things) => KEY_SPECS[kind.spec].signing[0] ?? 'ECDSA_SHA_256'
const MacAlgorithm = ({ kind }: Things) => KEY_SPECS[kind.spec].mac[0] ?? 'HMAC_SHA_256'
const WRAPPING = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' }
const STORE = { CustomKeyStoreId: 'cks-1234567890abcdef0' }

const GRANTED: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Decrypt',
  SIGN_VERIFY: 'Sign',
  GENERATE_VERIFY_MAC: 'GenerateMac',
  KEY_AGREEMENT: 'DeriveSharedSecret',
  ENCAPSULATE_DECAPSULATE: 'Decapsulate',
}

type Example = (things: Things) => Record<string, unknown>
const named: Example = ({ KeyId }) => ({ KeyId })

/** A new operation does not compile without. */
export const EXAMPLES: Record<KmsName, Example> = {
  CreateKey: () => ({}),
  DescribeKey: named,
  GetKeyLastUsage: named,
  ListKeys: () => ({}),
  UpdateKeyDescription: ({ KeyId }) => ({ KeyId, Description: 'x' }),
  EnableKey: named,
  DisableKey: named,
  ScheduleKeyDeletion: named,
  CancelKeyDeletion: named,
  ReplicateKey: (things) => ({ KeyId: things.KeyId, ReplicaRegion: elsewhere(things) }),
  UpdatePrimaryRegion: (things) => ({ KeyId: things.KeyId, PrimaryRegion: elsewhere(things) }),
  CreateAlias: ({ KeyId, alias }) => ({ AliasName: `${alias}-more`, TargetKeyId: KeyId }),
  UpdateAlias: ({ KeyId, alias }) => ({ AliasName: alias, TargetKeyId: KeyId }),
  DeleteAlias: ({ alias }) => ({ AliasName: alias }),
  ListAliases: named,
  GetKeyPolicy: named,
  PutKeyPolicy: ({ KeyId }) => ({ KeyId, Policy: POLICY }),
  ListKeyPolicies: named,
  TagResource: ({ KeyId }) => ({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  UntagResource: ({ KeyId }) => ({ KeyId, TagKeys: ['a'] }),
  ListResourceTags: named,
  CreateGrant: ({ KeyId, kind }) => ({
    KeyId,
    GranteePrincipal: CAROL,
    Operations: [GRANTED[kind.usage]],
  }),
  ListGrants: named,
  ListRetirableGrants: () => ({ RetiringPrincipal: CAROL }),
  RetireGrant: ({ arn, grant }) => ({ KeyId: arn, GrantId: grant }),
  RevokeGrant: ({ KeyId, grant }) => ({ KeyId, GrantId: grant }),
  Encrypt: (things) => ({
    KeyId: things.KeyId,
    Plaintext: BYTE,
    EncryptionAlgorithm: EncryptionAlgorithm(things),
  }),
  Decrypt: (things) => ({
    KeyId: things.KeyId,
    CiphertextBlob: things.made,
    EncryptionAlgorithm: EncryptionAlgorithm(things),
  }),
  ReEncrypt: (things) => ({
    SourceKeyId: things.KeyId,
    CiphertextBlob: things.made,
    SourceEncryptionAlgorithm: EncryptionAlgorithm(things),
    DestinationKeyId: things.other,
  }),
  GenerateDataKey: ({ KeyId }) => ({ KeyId, KeySpec: 'AES_256' }),
  GenerateDataKeyWithoutPlaintext: ({ KeyId }) => ({ KeyId, NumberOfBytes: 24 }),
  GenerateDataKeyPair: ({ KeyId }) => ({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
  GenerateDataKeyPairWithoutPlaintext: ({ KeyId }) => ({ KeyId, KeyPairSpec: 'ECC_NIST_EDWARDS25519' }),
  GenerateRandom: () => ({ NumberOfBytes: 8 }),
  Sign: (things) => ({ KeyId: things.KeyId, Message: BYTE, SigningAlgorithm: SigningAlgorithm(things) }),
  Verify: (things) => ({
    KeyId: things.KeyId,
    Message: BYTE,
    Signature: things.made,
    SigningAlgorithm: SigningAlgorithm(things),
  }),
  GenerateMac: (things) => ({ KeyId: things.KeyId, Message: BYTE, MacAlgorithm: MacAlgorithm(things) }),
  VerifyMac: (things) => ({
    KeyId: things.KeyId,
    Message: BYTE,
    Mac: things.made,
    MacAlgorithm: MacAlgorithm(things),
  }),
  GetPublicKey: named,
  DeriveSharedSecret: ({ KeyId, made }) => ({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: made }),
  Encapsulate: ({ KeyId }) => ({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }),
  Decapsulate: ({ KeyId, made }) => ({
    KeyId,
    EncapsulationAlgorithm: 'ML_KEM',
    SharedSecretCiphertextBlob: made,
  }),
  EnableKeyRotation: named,
  DisableKeyRotation: named,
  GetKeyRotationStatus: named,
  RotateKeyOnDemand: named,
  ListKeyRotations: named,
  DescribeCustomKeyStores: () => ({}),
  CreateCustomKeyStore: () => ({ CustomKeyStoreName: 'store' }),
  UpdateCustomKeyStore: () => STORE,
  ConnectCustomKeyStore: () => STORE,
  DisconnectCustomKeyStore: () => STORE,
  DeleteCustomKeyStore: () => STORE,
  GetParametersForImport: ({ KeyId }) => ({ KeyId, ...WRAPPING }),
  ImportKeyMaterial: ({ KeyId }) => ({
    KeyId,
    ImportToken: BYTE,
    EncryptedKeyMaterial: BYTE,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  }),
  DeleteImportedKeyMaterial: named,
}

/** The default policy's one statement. */
export const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
  ],
})

type Send = (operation: KmsName, input: object) => Promise<Record<string, unknown>>

/** What a key made, by its usage, for whoever opens or verifies it. */
export async function madeBy(send: Send, things: Omit<Things, 'made'>): Promise<Uint8Array> {
  const [operation, member] = (
    {
      ENCRYPT_DECRYPT: ['Encrypt', 'CiphertextBlob'],
      SIGN_VERIFY: ['Sign', 'Signature'],
      GENERATE_VERIFY_MAC: ['GenerateMac', 'Mac'],
      KEY_AGREEMENT: ['GetPublicKey', 'PublicKey'],
      ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'SharedSecretCiphertextBlob'],
    } as const
  )[things.kind.usage]
  const answer = await send(operation, EXAMPLES[operation]({ ...things, made: BYTE }))
  return answer[member] as Uint8Array
}

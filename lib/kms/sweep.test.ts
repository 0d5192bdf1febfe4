/** What must hold for every operation is asserted over every operation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CheckExport } from '#lib/desk/export-question.ts'
import { GoOnReading } from '#lib/desk/reading.ts'
import { UNRECORDED } from '#lib/engine/unrecorded.ts'
import { ACCOUNT, allOperations, openWorld, REGION, type World } from '#lib/testing/world.ts'
import { kmsOperations } from './operations.ts'

type KmsName = (typeof kmsOperations)[number]['name']

type Filled = { readonly key: string; readonly blob: string; readonly grant?: string }

const USER = `arn:aws:iam::${ACCOUNT}:user/carol`
/** RetireGrant takes no other form. */
const arnOf = (key: string) => (key.startsWith('arn:') ? key : `arn:aws:kms:${REGION}:${ACCOUNT}:key/${key}`)

/** A well-formed input for each operation; `key` and `blob` are filled in. A new operation does not compile without. */
const EXAMPLES: Record<KmsName, (world: Filled) => object> = {
  CreateKey: () => ({}),
  GetKeyLastUsage: ({ key }) => ({ KeyId: key }),
  DescribeKey: ({ key }) => ({ KeyId: key }),
  ListKeys: () => ({}),
  UpdateKeyDescription: ({ key }) => ({ KeyId: key, Description: 'x' }),
  EnableKey: ({ key }) => ({ KeyId: key }),
  DisableKey: ({ key }) => ({ KeyId: key }),
  ScheduleKeyDeletion: ({ key }) => ({ KeyId: key }),
  CancelKeyDeletion: ({ key }) => ({ KeyId: key }),
  ReplicateKey: ({ key }) => ({ KeyId: key, ReplicaRegion: 'us-east-1' }),
  UpdatePrimaryRegion: ({ key }) => ({ KeyId: key, PrimaryRegion: 'us-east-1' }),
  CreateAlias: ({ key }) => ({ AliasName: 'alias/sweep', TargetKeyId: key }),
  UpdateAlias: ({ key }) => ({ AliasName: 'alias/present', TargetKeyId: key }),
  DeleteAlias: () => ({ AliasName: 'alias/present' }),
  ListAliases: () => ({}),
  GetKeyPolicy: ({ key }) => ({ KeyId: key }),
  PutKeyPolicy: ({ key }) => ({ KeyId: key, Policy: '{}' }),
  ListKeyPolicies: ({ key }) => ({ KeyId: key }),
  TagResource: ({ key }) => ({ KeyId: key, Tags: [] }),
  UntagResource: ({ key }) => ({ KeyId: key, TagKeys: [] }),
  ListResourceTags: ({ key }) => ({ KeyId: key }),
  CreateGrant: ({ key }) => ({ KeyId: key, GranteePrincipal: USER, Operations: ['Decrypt'] }),
  ListGrants: ({ key }) => ({ KeyId: key }),
  ListRetirableGrants: () => ({ RetiringPrincipal: USER }),
  RetireGrant: ({ key, grant }) => ({ KeyId: arnOf(key), GrantId: grant ?? 'a'.repeat(64) }),
  RevokeGrant: ({ key, grant }) => ({ KeyId: key, GrantId: grant ?? 'a'.repeat(64) }),
  Encrypt: ({ key }) => ({ KeyId: key, Plaintext: 'AA==' }),
  Decrypt: ({ blob }) => ({ CiphertextBlob: blob }),
  ReEncrypt: ({ key, blob }) => ({ CiphertextBlob: blob, DestinationKeyId: key }),
  GenerateDataKey: ({ key }) => ({ KeyId: key, KeySpec: 'AES_256' }),
  GenerateDataKeyWithoutPlaintext: ({ key }) => ({ KeyId: key, KeySpec: 'AES_256' }),
  GenerateDataKeyPair: ({ key }) => ({ KeyId: key, KeyPairSpec: 'ECC_NIST_P256' }),
  GenerateDataKeyPairWithoutPlaintext: ({ key }) => ({ KeyId: key, KeyPairSpec: 'ECC_NIST_P256' }),
  GenerateRandom: () => ({ NumberOfBytes: 1 }),
  Sign: ({ key }) => ({ KeyId: key, Message: 'AA==', SigningAlgorithm: 'ECDSA_SHA_256' }),
  Verify: ({ key }) => ({
    KeyId: key,
    Message: 'AA==',
    Signature: 'AA==',
    SigningAlgorithm: 'ECDSA_SHA_256',
  }),
  GenerateMac: ({ key }) => ({ KeyId: key, Message: 'AA==', MacAlgorithm: 'HMAC_SHA_256' }),
  VerifyMac: ({ key }) => ({ KeyId: key, Message: 'AA==', Mac: 'AA==', MacAlgorithm: 'HMAC_SHA_256' }),
  GetPublicKey: ({ key }) => ({ KeyId: key }),
  DeriveSharedSecret: ({ key }) => ({ KeyId: key, KeyAgreementAlgorithm: 'ECDH', PublicKey: 'AA==' }),
  Encapsulate: ({ key }) => ({ KeyId: key, EncapsulationAlgorithm: 'ML_KEM' }),
  Decapsulate: ({ key }) => ({
    KeyId: key,
    EncapsulationAlgorithm: 'ML_KEM',
    SharedSecretCiphertextBlob: 'AA==',
  }),
  DescribeCustomKeyStores: () => ({}),
  CreateCustomKeyStore: () => ({ CustomKeyStoreName: 'store' }),
  UpdateCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  ConnectCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  DisconnectCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  DeleteCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  GetParametersForImport: ({ key }) => ({
    KeyId: key,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  }),
  ImportKeyMaterial: ({ key }) => ({ KeyId: key, ImportToken: 'AA==', EncryptedKeyMaterial: 'AA==' }),
  DeleteImportedKeyMaterial: ({ key }) => ({ KeyId: key }),
  EnableKeyRotation: ({ key }) => ({ KeyId: key }),
  DisableKeyRotation: ({ key }) => ({ KeyId: key }),
  GetKeyRotationStatus: ({ key }) => ({ KeyId: key }),
  RotateKeyOnDemand: ({ key }) => ({ KeyId: key }),
  ListKeyRotations: ({ key }) => ({ KeyId: key }),
}

const names = Object.keys(EXAMPLES) as KmsName[]
const ABSENT = '00000000-0000-4000-8000-000000000000'

let world: World
let filled: Filled

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  const key = (await admin.call('CreateKey')).KeyMetadata.KeyId
  await admin.call('CreateAlias', { AliasName: 'alias/present', TargetKeyId: key })
  const { CiphertextBlob } = await admin.call('Encrypt', { KeyId: key, Plaintext: 'AA==' })
  const { GrantId: grant } = await admin.call('CreateGrant', {
    KeyId: key,
    GranteePrincipal: USER,
    Operations: ['Decrypt'],
  })
  filled = { key, grant, blob: Buffer.from(CiphertextBlob).toString('base64') }
})
afterAll(() => world?.close())

describe('every operation', () => {
  it.each(names)('%s refuses a stranger, and writes it down once', async (name) => {
    const count = async () => Number((await world.sql('SELECT count(*) AS n FROM audit.event'))[0]?.n)
    const before = await count()
    const refusal = await world.as('stranger').refusal(name, EXAMPLES[name](filled))
    expect(refusal.code).toBe('AccessDeniedException')
    expect(refusal.message).toContain('user/stranger')
    expect(await count()).toBe(before + 1)
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({ eventName: name, errorCode: 'AccessDenied' })
  })

  it.each(names.filter((name) => Object.hasOwn(EXAMPLES[name]({ key: ABSENT, blob: '' }), 'KeyId')))(
    '%s of a key that is not there is NotFoundException',
    async (name) => {
      const refusal = await world
        .as('admin')
        .refusal(name, EXAMPLES[name]({ key: ABSENT, blob: filled.blob }))
      expect(refusal.code).toBe('NotFoundException')
    },
  )

  it.each(names.filter((name) => JSON.stringify(EXAMPLES[name]({ key: 'K', blob: '' })).includes('"K"')))(
    '%s of another account’s key is AccessDeniedException, there or not',
    async (name) => {
      const outsider = world.as('outsider')
      for (const id of [filled.key, ABSENT]) {
        const arn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`
        const refusal = await outsider.refusal(name, EXAMPLES[name]({ key: arn, blob: filled.blob }))
        expect(refusal.code).toBe('AccessDeniedException')
      }
    },
  )

  const cryptographic = kmsOperations.filter(
    (operation) => operation.class === 'crypto' && operation.name !== 'GenerateRandom',
  )
  it.each(cryptographic.map((operation) => operation.name))(
    '%s refuses a disabled key and one pending deletion',
    async (name) => {
      const admin = world.as('admin')
      const key = (await admin.call('CreateKey')).KeyMetadata.KeyId
      const { CiphertextBlob } = await admin.call('Encrypt', { KeyId: key, Plaintext: 'AA==' })
      const input = EXAMPLES[name as KmsName]({ key, blob: Buffer.from(CiphertextBlob).toString('base64') })
      await admin.call('DisableKey', { KeyId: key })
      expect((await admin.refusal(name, input)).code).toBe('DisabledException')
      await admin.call('ScheduleKeyDeletion', { KeyId: key })
      expect((await admin.refusal(name, input)).code).toBe('KMSInvalidStateException')
    },
  )

  it('is recorded unless the committed list says why not', () => {
    // Two are the desk's own.
    const unrecorded = [...allOperations, GoOnReading, CheckExport]
      .filter((entry) => !entry.recorded)
      .map((entry) => `${entry.service}.${entry.name}`)
    expect(unrecorded.sort()).toEqual(Object.keys(UNRECORDED).sort())
  })

  it('has a name of its own', () => {
    const all = allOperations.map((entry) => `${entry.service}.${entry.name}`)
    expect(new Set(all).size).toBe(all.length)
  })
})

/**
 * Who may do what: every principal × every operation, on a key with the console's default policy (administrators
 * alice, users bob and a role). The columns of sessions are that role's: one as wide as the role, one whose own policy
 * leaves it Decrypt and DescribeKey. The committed table who-may-what.txt is read as a diff when it changes. Sessions that
 * are over: lib/server/wire/ended-sessions.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleKeyPolicy, type PolicyKeyKind } from '#lib/domain/default-policy.ts'
import {
  answerOf,
  type Calling,
  type Line,
  type TwoSessions,
  table,
  twoSessions,
} from '#lib/testing/who-may-what.ts'
import { ACCOUNT, OTHER_REGION, openWorld, type World } from '#lib/testing/world.ts'
import { kmsOperations } from './operations.ts'

const PEOPLE = ['root', 'admin', 'alice', 'bob', 'carol', 'stranger', 'outsider'] as const
const SESSIONS = ['session', 'narrowed'] as const
type Column = (typeof PEOPLE)[number] | (typeof SESSIONS)[number]
const COLUMNS: readonly Column[] = [...PEOPLE, ...SESSIONS]
const ROLE = 'worker'
type KmsName = (typeof kmsOperations)[number]['name']

const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`

type Kind = Pick<PolicyKeyKind, 'spec' | 'usage'>

const policyOf = (kind: Partial<Kind> = {}) =>
  consoleKeyPolicy({
    partition: 'aws',
    account: ACCOUNT,
    administrators: [user('alice')],
    users: [user('bob'), `arn:aws:iam::${ACCOUNT}:role/${ROLE}`],
    accounts: [],
    allowDeletion: true,
    grants: true,
    ...kind,
  })
const POLICY = policyOf()

/** What kind of key an operation is asked of, if not a symmetric one. */
const SIGNS: Kind = { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' }
const MACS: Kind = { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }
const AGREES: Kind = { spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' }
const ENCAPSULATES: Kind = { spec: 'ML_KEM_512', usage: 'ENCAPSULATE_DECAPSULATE' }
const KINDS: Partial<Record<KmsName, Kind>> = {
  Sign: SIGNS,
  Verify: SIGNS,
  GetPublicKey: SIGNS,
  GenerateMac: MACS,
  VerifyMac: MACS,
  DeriveSharedSecret: AGREES,
  Encapsulate: ENCAPSULATES,
  Decapsulate: ENCAPSULATES,
}

/** The key by its ARN, which also works from another account. */
type Things = {
  readonly arn: string
  /** What the key made of one byte for whoever opens or verifies it: a ciphertext, signature, MAC or public key. */
  readonly blob: string
  readonly alias: string
  /** Carol's, to be retired by her or bob. */
  readonly grant: string
}

/** What each operation is asked. A new operation does not compile without. */
const INPUTS: Record<KmsName, (things: Things) => object> = {
  CreateKey: () => ({}),
  GetKeyLastUsage: ({ arn }) => ({ KeyId: arn }),
  DescribeKey: ({ arn }) => ({ KeyId: arn }),
  ListKeys: () => ({}),
  UpdateKeyDescription: ({ arn }) => ({ KeyId: arn, Description: 'x' }),
  EnableKey: ({ arn }) => ({ KeyId: arn }),
  DisableKey: ({ arn }) => ({ KeyId: arn }),
  ScheduleKeyDeletion: ({ arn }) => ({ KeyId: arn }),
  CancelKeyDeletion: ({ arn }) => ({ KeyId: arn }),
  ReplicateKey: ({ arn }) => ({ KeyId: arn, ReplicaRegion: OTHER_REGION }),
  UpdatePrimaryRegion: ({ arn }) => ({ KeyId: arn, PrimaryRegion: OTHER_REGION }),
  CreateAlias: ({ arn }) => ({ AliasName: 'alias/another', TargetKeyId: arn }),
  UpdateAlias: ({ arn, alias }) => ({ AliasName: alias, TargetKeyId: arn }),
  DeleteAlias: ({ alias }) => ({ AliasName: alias }),
  ListAliases: () => ({}),
  GetKeyPolicy: ({ arn }) => ({ KeyId: arn }),
  PutKeyPolicy: ({ arn }) => ({ KeyId: arn, Policy: POLICY }),
  ListKeyPolicies: ({ arn }) => ({ KeyId: arn }),
  TagResource: ({ arn }) => ({ KeyId: arn, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  UntagResource: ({ arn }) => ({ KeyId: arn, TagKeys: ['a'] }),
  ListResourceTags: ({ arn }) => ({ KeyId: arn }),
  CreateGrant: ({ arn }) => ({ KeyId: arn, GranteePrincipal: user('carol'), Operations: ['Decrypt'] }),
  ListGrants: ({ arn }) => ({ KeyId: arn }),
  ListRetirableGrants: () => ({ RetiringPrincipal: user('bob') }),
  RetireGrant: ({ arn, grant }) => ({ KeyId: arn, GrantId: grant }),
  RevokeGrant: ({ arn, grant }) => ({ KeyId: arn, GrantId: grant }),
  Encrypt: ({ arn }) => ({ KeyId: arn, Plaintext: 'AA==' }),
  Decrypt: ({ blob }) => ({ CiphertextBlob: blob }),
  ReEncrypt: ({ arn, blob }) => ({ CiphertextBlob: blob, DestinationKeyId: arn }),
  GenerateDataKey: ({ arn }) => ({ KeyId: arn, KeySpec: 'AES_256' }),
  GenerateDataKeyWithoutPlaintext: ({ arn }) => ({ KeyId: arn, KeySpec: 'AES_256' }),
  GenerateDataKeyPair: ({ arn }) => ({ KeyId: arn, KeyPairSpec: 'ECC_NIST_P256' }),
  GenerateDataKeyPairWithoutPlaintext: ({ arn }) => ({ KeyId: arn, KeyPairSpec: 'ECC_NIST_P256' }),
  GenerateRandom: () => ({ NumberOfBytes: 1 }),
  Sign: ({ arn }) => ({ KeyId: arn, Message: 'AA==', SigningAlgorithm: 'ECDSA_SHA_256' }),
  Verify: ({ arn, blob }) => ({
    KeyId: arn,
    Message: 'AA==',
    Signature: blob,
    SigningAlgorithm: 'ECDSA_SHA_256',
  }),
  GenerateMac: ({ arn }) => ({ KeyId: arn, Message: 'AA==', MacAlgorithm: 'HMAC_SHA_256' }),
  VerifyMac: ({ arn, blob }) => ({ KeyId: arn, Message: 'AA==', Mac: blob, MacAlgorithm: 'HMAC_SHA_256' }),
  GetPublicKey: ({ arn }) => ({ KeyId: arn }),
  DeriveSharedSecret: ({ arn, blob }) => ({ KeyId: arn, KeyAgreementAlgorithm: 'ECDH', PublicKey: blob }),
  Encapsulate: ({ arn }) => ({ KeyId: arn, EncapsulationAlgorithm: 'ML_KEM' }),
  Decapsulate: ({ arn, blob }) => ({
    KeyId: arn,
    EncapsulationAlgorithm: 'ML_KEM',
    SharedSecretCiphertextBlob: blob,
  }),
  DescribeCustomKeyStores: () => ({}),
  CreateCustomKeyStore: () => ({ CustomKeyStoreName: 'store' }),
  UpdateCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  ConnectCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  DisconnectCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  DeleteCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-1' }),
  GetParametersForImport: ({ arn }) => ({
    KeyId: arn,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  }),
  ImportKeyMaterial: ({ arn }) => ({ KeyId: arn, ImportToken: 'AA==', EncryptedKeyMaterial: 'AA==' }),
  DeleteImportedKeyMaterial: ({ arn }) => ({ KeyId: arn }),
  EnableKeyRotation: ({ arn }) => ({ KeyId: arn }),
  DisableKeyRotation: ({ arn }) => ({ KeyId: arn }),
  GetKeyRotationStatus: ({ arn }) => ({ KeyId: arn }),
  RotateKeyOnDemand: ({ arn }) => ({ KeyId: arn }),
  ListKeyRotations: ({ arn }) => ({ KeyId: arn }),
}

/** What must be so before an operation can say anything but no. */
const BEFORE: Partial<Record<KmsName, string>> = {
  CancelKeyDeletion: 'ScheduleKeyDeletion',
  EnableKey: 'DisableKey',
}

/** What is only for multi-Region keys. */
const FAMILY: readonly KmsName[] = ['ReplicateKey', 'UpdatePrimaryRegion']

let world: World
let sessions: TwoSessions
beforeAll(async () => {
  world = await openWorld()
  const narrowedTo = ['kms:Decrypt', 'kms:DescribeKey']
  sessions = await twoSessions(world, { role: ROLE, may: [], narrowedTo })
})
const calling = (column: Column): Calling =>
  column === 'session' || column === 'narrowed' ? sessions[column] : world.as(column)
afterAll(() => world?.close())

/** What a key of each usage makes of one byte. */
const MADE: Record<Kind['usage'], (arn: string) => Promise<Uint8Array>> = {
  ENCRYPT_DECRYPT: async (KeyId) =>
    (await world.as('root').call('Encrypt', { KeyId, Plaintext: 'AA==' })).CiphertextBlob,
  SIGN_VERIFY: async (arn) =>
    (await world.as('root').call('Sign', INPUTS.Sign({ arn, ...NOTHING }))).Signature,
  GENERATE_VERIFY_MAC: async (arn) =>
    (await world.as('root').call('GenerateMac', INPUTS.GenerateMac({ arn, ...NOTHING }))).Mac,
  KEY_AGREEMENT: async (KeyId) => (await world.as('root').call('GetPublicKey', { KeyId })).PublicKey,
  ENCAPSULATE_DECAPSULATE: async (arn) =>
    (await world.as('root').call('Encapsulate', INPUTS.Encapsulate({ arn, ...NOTHING })))
      .SharedSecretCiphertextBlob,
}
const NOTHING = { blob: '', alias: '', grant: '' }

/** A key of the same policy in another Region, ready. */
async function replica(KeyId: string, Policy: string): Promise<void> {
  await world.as('root').call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION, Policy })
  await world.engine.services.dueWork.sweep()
}

const ENDING_GRANTS: readonly KmsName[] = ['RetireGrant', 'RevokeGrant']

/** Carol's, which bob may retire. */
const newGrant = async (KeyId: string): Promise<string> =>
  (
    await world.as('root').call('CreateGrant', {
      KeyId,
      GranteePrincipal: user('carol'),
      RetiringPrincipal: user('bob'),
      Operations: ['RetireGrant'],
    })
  ).GrantId

/** A key, an alias and a ciphertext of its own for one operation, until somebody has changed them. */
async function freshThings(operation: KmsName): Promise<Things> {
  const root = world.as('root')
  const kind = KINDS[operation]
  const { Arn: arn } = (
    await root.call('CreateKey', {
      Policy: policyOf(kind),
      ...(kind && { KeySpec: kind.spec, KeyUsage: kind.usage }),
      MultiRegion: FAMILY.includes(operation),
    })
  ).KeyMetadata
  const alias = `alias/present-${arn.slice(-12)}`
  await root.call('CreateAlias', { AliasName: alias, TargetKeyId: arn })
  const blob = await MADE[kind?.usage ?? 'ENCRYPT_DECRYPT'](arn)
  const grant = ENDING_GRANTS.includes(operation) ? await newGrant(arn) : ''
  if (operation === 'UpdatePrimaryRegion') await replica(arn, policyOf(kind))
  const before = BEFORE[operation]
  if (before) await root.call(before, { KeyId: arn })
  return { arn, alias, grant, blob: Buffer.from(blob).toString('base64') }
}

/** Whoever is refused changes nothing, nor does reading or using a key: only a change needs new things after it. */
async function line(operation: (typeof kmsOperations)[number]): Promise<Line> {
  const { name, class: kind } = operation
  const cells: string[] = []
  let things: Things | undefined
  for (const column of COLUMNS) {
    things ??= await freshThings(name)
    const cell = await answerOf(world, calling(column), [operation, INPUTS[name](things)])
    if (cell === 'yes' && kind === 'admin') things = undefined
    if (cell === 'yes' && name === 'CreateAlias')
      await world.as('root').call('DeleteAlias', { AliasName: 'alias/another' })
    cells.push(cell)
  }
  return [name, cells]
}

describe('who may what', () => {
  it('is what who-may-what.txt says', async () => {
    const lines: Line[] = [['a key of alice, bob and a role', COLUMNS]]
    for (const operation of kmsOperations) lines.push(await line(operation))
    await expect(table(lines)).toMatchFileSnapshot('./who-may-what.txt')
  }, 120_000)
})

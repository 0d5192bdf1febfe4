/**
 * Every operation on a key × every state × every kind of key, against STATE_TABLE and the rules of kinds (facts §4).
 * States are real: due work is held back where it would end them. No key is ever Unavailable here: that is a state of
 * keys in custom key stores, which are not offered; its column is judged by lib/domain alone, below.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeJson } from '#lib/aws/encode.ts'
import { wrapMaterial } from '#lib/crypto/import-wrapping.ts'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { type Deed, type KeyState, STATE_TABLE, stateRefusal } from '#lib/domain/key-state.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { openDueWork } from '#lib/jobs/due-work.ts'
import {
  creationOf,
  EXAMPLES,
  type Kind,
  type KmsName,
  madeBy,
  SYMMETRIC,
  type Things,
} from '#lib/testing/kms-examples.ts'
import { ACCOUNT, type Answer, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'
import { kmsOperations } from './operations.ts'

/** The row of AWS's table for each operation that names a key. */
const DEEDS: Partial<Record<KmsName, Deed>> = {
  CancelKeyDeletion: 'cancelDeletion',
  CreateAlias: 'alias',
  UpdateAlias: 'alias',
  CreateGrant: 'createGrant',
  Decrypt: 'use',
  Encrypt: 'use',
  ReEncrypt: 'use',
  GenerateDataKey: 'use',
  GenerateDataKeyWithoutPlaintext: 'use',
  GenerateDataKeyPair: 'use',
  GenerateDataKeyPairWithoutPlaintext: 'use',
  GenerateMac: 'use',
  VerifyMac: 'use',
  Sign: 'use',
  Verify: 'use',
  GetPublicKey: 'use',
  DeriveSharedSecret: 'use',
  Encapsulate: 'use',
  Decapsulate: 'use',
  DescribeKey: 'read',
  GetKeyPolicy: 'read',
  GetKeyRotationStatus: 'read',
  GetKeyLastUsage: 'read',
  ListAliases: 'read',
  ListGrants: 'read',
  ListKeyPolicies: 'read',
  ListKeyRotations: 'read',
  ListResourceTags: 'read',
  PutKeyPolicy: 'read',
  RetireGrant: 'read',
  RevokeGrant: 'read',
  DeleteAlias: 'read',
  DeleteImportedKeyMaterial: 'deleteMaterial',
  DisableKey: 'enableOrDisable',
  EnableKey: 'enableOrDisable',
  EnableKeyRotation: 'rotation',
  DisableKeyRotation: 'rotation',
  RotateKeyOnDemand: 'rotateNow',
  GetParametersForImport: 'importParameters',
  ImportKeyMaterial: 'importMaterial',
  ReplicateKey: 'replicate',
  ScheduleKeyDeletion: 'scheduleDeletion',
  TagResource: 'describe',
  UntagResource: 'describe',
  UpdateKeyDescription: 'describe',
  UpdatePrimaryRegion: 'updatePrimary',
}

/** What names no key, or none that must be there. */
const KEYLESS: readonly KmsName[] = [
  'CreateKey',
  'ListKeys',
  'ListRetirableGrants',
  'GenerateRandom',
  'DescribeCustomKeyStores',
  'CreateCustomKeyStore',
  'UpdateCustomKeyStore',
  'ConnectCustomKeyStore',
  'DisconnectCustomKeyStore',
  'DeleteCustomKeyStore',
]

const COLUMNS = [
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'Unavailable',
  'Creating',
  'Updating',
]

/** AWS's texts by the table's codes. */
function textOf(code: number, state: KeyState): [string, string] | undefined {
  const word: Partial<Record<KeyState, string>> = {
    PendingDeletion: 'pending deletion',
    PendingReplicaDeletion: 'pending replica deletion',
  }
  const said: Record<number, string> = {
    1: 'is disabled.',
    3: `is ${word[state]}.`,
    4: 'is not pending deletion.',
    5: 'is pending import.',
    11: 'is unavailable.',
    14: 'is creating.',
    15: 'is updating.',
  }
  if (code === 0) return undefined
  return [code === 1 ? 'DisabledException' : 'KMSInvalidStateException', said[code] ?? '']
}

function refusedByState(deed: Deed, state: KeyState): [string, string] | undefined {
  const column = state === 'PendingReplicaDeletion' ? 'PendingDeletion' : state
  return textOf(STATE_TABLE[deed][COLUMNS.indexOf(column)] ?? 0, state)
}

type Subject = Things & { readonly state: KeyState; readonly replica: boolean }

const UNSUPPORTED = 'UnsupportedOperationException'
const hasOrigin = ({ kind: { origin } }: Subject): [string, string] => [
  UNSUPPORTED,
  `origin is ${origin} which is not valid for this operation.`,
]
const IS_REPLICA: [string, string] = [
  UNSUPPORTED,
  'is a multi-Region replica key. This operation is valid for its primary key only.',
]

/** Codes 6, 7 and 9 and their like: a key of this kind is refused in any state. */
function refusedByKind(operation: KmsName, subject: Subject): [string, string] | undefined {
  const { kind, replica } = subject
  const symmetric = kind.spec === 'SYMMETRIC_DEFAULT'
  switch (operation) {
    case 'GetPublicKey':
      return KEY_SPECS[kind.spec].class === 'asymmetric'
        ? undefined
        : [UNSUPPORTED, `key spec is ${kind.spec} which is not valid for GetPublicKey.`]
    case 'EnableKeyRotation':
    case 'DisableKeyRotation':
      if (kind.origin !== 'AWS_KMS') return hasOrigin(subject)
      return symmetric ? (replica ? IS_REPLICA : undefined) : [UNSUPPORTED, '']
    case 'RotateKeyOnDemand':
      return symmetric ? (replica ? IS_REPLICA : undefined) : [UNSUPPORTED, '']
    case 'ListKeyRotations':
      return symmetric ? undefined : [UNSUPPORTED, '']
    case 'GetKeyRotationStatus':
      return kind.origin === 'AWS_KMS' ? undefined : hasOrigin(subject)
    case 'GetParametersForImport':
    case 'ImportKeyMaterial':
    case 'DeleteImportedKeyMaterial':
      return kind.origin === 'EXTERNAL' ? undefined : hasOrigin(subject)
    case 'ReplicateKey':
    case 'UpdatePrimaryRegion':
      return kind.multiRegion && !replica ? undefined : [UNSUPPORTED, 'is not a multi-region primary key.']
    default:
      return undefined
  }
}

const USAGES: Partial<Record<KmsName, Kind['usage']>> = {
  Encrypt: 'ENCRYPT_DECRYPT',
  GenerateDataKey: 'ENCRYPT_DECRYPT',
  GenerateDataKeyWithoutPlaintext: 'ENCRYPT_DECRYPT',
  GenerateDataKeyPair: 'ENCRYPT_DECRYPT',
  GenerateDataKeyPairWithoutPlaintext: 'ENCRYPT_DECRYPT',
  Sign: 'SIGN_VERIFY',
  Verify: 'SIGN_VERIFY',
  GenerateMac: 'GENERATE_VERIFY_MAC',
  VerifyMac: 'GENERATE_VERIFY_MAC',
  DeriveSharedSecret: 'KEY_AGREEMENT',
  Encapsulate: 'ENCAPSULATE_DECAPSULATE',
  Decapsulate: 'ENCAPSULATE_DECAPSULATE',
}

/** A key that can be used, but not for this. */
function refusedByUsage(operation: KmsName, { kind }: Subject): [string, string] | undefined {
  const usage = USAGES[operation]
  if (usage && usage !== kind.usage)
    return ['InvalidKeyUsageException', `key usage is ${kind.usage} which is not valid for ${operation}.`]
  if (operation.startsWith('GenerateDataKey') && kind.spec !== 'SYMMETRIC_DEFAULT')
    return [
      'InvalidKeyUsageException',
      `Algorithm SYMMETRIC_DEFAULT is incompatible with key spec ${kind.spec}.`,
    ]
  if (['Decrypt', 'ReEncrypt'].includes(operation) && kind.usage !== 'ENCRYPT_DECRYPT')
    return [
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    ]
  return undefined
}

/** What an example is refused with, by its own rules, on a key that suits it. */
function refusedByExample(operation: KmsName, subject: Subject): string | undefined {
  if (operation === 'ImportKeyMaterial') return 'InvalidImportTokenException'
  // A family of one has nowhere to go.
  if (operation === 'UpdatePrimaryRegion' && subject.state === 'Enabled') return 'NotFoundException'
  // Imported material rotates to what was imported for it.
  if (operation === 'RotateKeyOnDemand' && subject.kind.origin === 'EXTERNAL')
    return 'KMSInvalidStateException'
  return undefined
}

/** The whole refusal, or `yes`. */
function expected(operation: KmsName, subject: Subject): string {
  const deed = DEEDS[operation]
  const refused =
    refusedByKind(operation, subject) ??
    (deed && refusedByState(deed, subject.state)) ??
    refusedByUsage(operation, subject)
  if (!refused) return refusedByExample(operation, subject) ?? 'yes'
  const [code, text] = refused
  const whole = text === '' || /^(The|Algorithm)/.test(text) ? text : `${subject.arn} ${text}`
  return `${code}: ${whole}`
}

let world: World
let holding = false
const other = new Map<string, string>()
const admin = (region: string) => world.as('admin', region)
const onWire = (input: object) => JSON.parse(encodeJson(input)) as object
const call = (region: string, name: KmsName, input: object): Promise<Answer> =>
  admin(region).call(name, onWire(input))

beforeAll(async () => {
  world = await openWorld()
  const { services, writer, id: engineId } = world.engine
  const fault = (message: string, cause: unknown) => {
    throw new Error(message, { cause })
  }
  const dueWork = openDueWork({ services, writer, engineId, fault })
  services.dueWork.answer(async () => {
    if (!holding) await dueWork.sweep()
  })
  for (const region of [REGION, OTHER_REGION])
    other.set(region, (await call(region, 'CreateKey', {})).KeyMetadata.KeyId)
})
afterAll(() => world?.close())

async function bringMaterial(KeyId: string): Promise<void> {
  const wrapping = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' } as const
  const { ImportToken, PublicKey } = await call(
    REGION,
    'GetParametersForImport',
    EXAMPLES.GetParametersForImport({ KeyId } as Things),
  )
  const bytes = await wrapMaterial({ publicKey: PublicKey, material: randomBytes(32), ...wrapping })
  await call(REGION, 'ImportKeyMaterial', {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: bytes,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  })
}

type Wanted = { readonly kind: Kind; readonly state: KeyState; readonly replica: boolean }

const arnOf = (KeyId: string, region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/${KeyId}`

/** The key with its alias and what it made, in the state that it has after creation. */
async function create({ kind, replica, state }: Wanted): Promise<Things> {
  const { KeyId } = (await call(REGION, 'CreateKey', creationOf(kind))).KeyMetadata
  const material = kind.origin === 'AWS_KMS' || state !== 'PendingImport'
  if (kind.origin === 'EXTERNAL' && material) await bringMaterial(KeyId)
  const leads = { kind, region: REGION, arn: arnOf(KeyId, REGION), KeyId, other: other.get(REGION)! }
  const base = { ...leads, alias: `alias/${KeyId}`, grant: NO_GRANT }
  const made = await madeBy(
    (name, input) => call(REGION, name, input),
    material ? base : { ...base, KeyId: base.other },
  )
  holding = state === 'Creating'
  if (replica || state === 'PendingReplicaDeletion' || state === 'Updating')
    await call(REGION, 'ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
  await world.engine.services.dueWork.sweep()
  // A new primary is where the replica was, and the other way round.
  const region = replica === (state === 'Updating') ? REGION : OTHER_REGION
  const there = { ...base, made, region, arn: arnOf(KeyId, region), other: other.get(region)! }
  await call(region, 'CreateAlias', { AliasName: there.alias, TargetKeyId: KeyId })
  return there
}

/** Brings a key into a state. */
async function settle(things: Things, state: KeyState): Promise<void> {
  const { KeyId, region } = things
  holding = ['Creating', 'Updating'].includes(state)
  if (state === 'Disabled') await call(region, 'DisableKey', { KeyId })
  if (state === 'PendingDeletion' || state === 'PendingReplicaDeletion')
    await call(region, 'ScheduleKeyDeletion', { KeyId })
  if (state === 'Updating') await call(REGION, 'UpdatePrimaryRegion', { KeyId, PrimaryRegion: OTHER_REGION })
}

/** No key has it: where a state admits no grant, one that ends it asks for this. */
const NO_GRANT = 'a'.repeat(64)
/** Grants by key and the operation that will end them. */
const grants = new Map<string, string>()
const grantFor = (subject: Subject, name: KmsName) => grants.get(`${subject.arn} ${name}`) ?? NO_GRANT

async function newSubject(wanted: Wanted): Promise<Subject> {
  const things = await create(wanted)
  const inUse = wanted.state !== 'PendingImport' && wanted.state !== 'Creating'
  for (const name of ['RetireGrant', 'RevokeGrant'] as const) {
    if (!inUse) continue
    const { GrantId } = await call(things.region, 'CreateGrant', {
      ...EXAMPLES.CreateGrant(things),
      RetiringPrincipal: `arn:aws:iam::${ACCOUNT}:user/admin`,
    })
    grants.set(`${things.arn} ${name}`, GrantId)
  }
  await settle(things, wanted.state)
  const { KeyMetadata } = await call(things.region, 'DescribeKey', { KeyId: things.KeyId })
  expect([KeyMetadata.KeyState, wanted.kind.spec]).toEqual([wanted.state, KeyMetadata.KeySpec])
  return { ...things, state: wanted.state, replica: wanted.replica }
}

async function outcome(name: KmsName, subject: Subject): Promise<string> {
  const grant = grantFor(subject, name)
  try {
    await call(subject.region, name, EXAMPLES[name]({ ...subject, grant }))
    return 'yes'
  } catch (thrown) {
    if (!(thrown instanceof KmsError)) throw thrown
    const own = refusedByExample(name, subject)
    const ends = name === 'RetireGrant' || name === 'RevokeGrant'
    if (ends && grant === NO_GRANT && thrown.code === 'NotFoundException') return 'yes'
    return thrown.code === own && expected(name, subject) === own ? own : `${thrown.code}: ${thrown.message}`
  }
}

/** What changes the state of the key itself, when it is not refused. */
const MOVES: readonly KmsName[] = [
  'EnableKey',
  'DisableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'DeleteImportedKeyMaterial',
  'ReplicateKey',
  'UpdatePrimaryRegion',
  'DeleteAlias',
]
const names = Object.keys(DEEDS) as KmsName[]

/** Every operation on a key in a state; what moves it gets a key of its own. */
async function differences(wanted: Wanted): Promise<string[]> {
  const shared = await newSubject(wanted)
  const found: string[] = []
  const moving = (name: KmsName) => MOVES.includes(name) && expected(name, shared) === 'yes'
  for (const name of [...names.filter((one) => !moving(one)), ...names.filter(moving)]) {
    const last = name === names.filter(moving).at(-1)
    const subject = moving(name) && !last && name !== 'DeleteAlias' ? await newSubject(wanted) : shared
    const [is, should] = [await outcome(name, subject), expected(name, subject)]
    if (is !== should) found.push(`${name}: ${is}, not ${should}`)
  }
  holding = false
  await world.engine.services.dueWork.sweep()
  return found
}

const ALWAYS: readonly KeyState[] = ['Enabled', 'Disabled', 'PendingDeletion']
const kind = (spec: Kind['spec'], usage: Kind['usage'], more: Partial<Kind> = {}): Kind => ({
  ...SYMMETRIC,
  spec,
  usage,
  ...more,
})

const SWEPT: readonly [string, Kind, readonly KeyState[], boolean][] = [
  ['a symmetric key', SYMMETRIC, ALWAYS, false],
  ['a key of imported material', { ...SYMMETRIC, origin: 'EXTERNAL' }, [...ALWAYS, 'PendingImport'], false],
  ['an HMAC key', kind('HMAC_256', 'GENERATE_VERIFY_MAC'), ALWAYS, false],
  ['an RSA key that encrypts', kind('RSA_2048', 'ENCRYPT_DECRYPT'), ALWAYS, false],
  ['an elliptic-curve key that signs', kind('ECC_NIST_P256', 'SIGN_VERIFY'), ALWAYS, false],
  ['an elliptic-curve key that agrees', kind('ECC_NIST_P384', 'KEY_AGREEMENT'), ALWAYS, false],
  ['an ML-DSA key', kind('ML_DSA_44', 'SIGN_VERIFY'), ALWAYS, false],
  ['an ML-KEM key', kind('ML_KEM_512', 'ENCAPSULATE_DECAPSULATE'), ALWAYS, false],
  [
    'a multi-Region primary',
    { ...SYMMETRIC, multiRegion: true },
    [...ALWAYS, 'PendingReplicaDeletion', 'Updating'],
    false,
  ],
  ['a multi-Region replica', { ...SYMMETRIC, multiRegion: true }, [...ALWAYS, 'Creating', 'Updating'], true],
]

describe.each(SWEPT)('%s', (_, swept, states, replica) => {
  it.each(states.map((state) => [state] as const))(
    'answers every operation as AWS says when %s',
    async (state) => {
      expect(await differences({ kind: swept, state, replica })).toEqual([])
    },
  )
})

describe('an AWS managed key', () => {
  const READABLE: readonly KmsName[] = [
    'DescribeKey',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
    'GetKeyLastUsage',
    'ListAliases',
    'ListGrants',
    'ListKeyPolicies',
    'ListKeyRotations',
    'ListResourceTags',
  ]
  it('is read, and refuses everything else to everybody (facts §16)', async () => {
    const { KeyId, Arn: arn } = (await call(REGION, 'DescribeKey', { KeyId: 'alias/aws/sqs' })).KeyMetadata
    const made = await madeBy((name, input) => call(REGION, name, input), {
      ...{ kind: SYMMETRIC, region: REGION, arn, KeyId: other.get(REGION)!, other: other.get(REGION)! },
      ...{ alias: '', grant: '' },
    })
    const subject: Subject = {
      ...{ kind: SYMMETRIC, region: REGION, arn, KeyId, made, other: other.get(REGION)!, replica: false },
      ...{ alias: 'alias/managed', grant: NO_GRANT, state: 'Enabled' },
    }
    const not: string[] = []
    // It has no grants that could be ended.
    for (const name of names.filter((one) => !/^(Retire|Revoke)Grant$/.test(one))) {
      const is = await outcome(name, subject)
      if (READABLE.includes(name) ? is !== 'yes' : !/^(AccessDenied|NotFound|Unsupported)/.test(is))
        not.push(`${name}: ${is}`)
    }
    expect(not).toEqual([])
  })
})

describe('the table', () => {
  it('has a row for every operation that names a key', () => {
    expect([...names, ...KEYLESS].sort()).toEqual(kmsOperations.map(({ name }) => name).sort())
  })

  it.each(Object.keys(STATE_TABLE) as Deed[])('%s: an unavailable key answers in AWS’s words', (deed) => {
    const refusal = stateRefusal(deed, 'Unavailable', 'arn')
    const cell = textOf(STATE_TABLE[deed][COLUMNS.indexOf('Unavailable')]!, 'Unavailable')
    expect(refusal && [refusal.code, refusal.message]).toEqual(cell && [cell[0], `arn ${cell[1]}`])
  })
})

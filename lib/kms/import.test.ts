/** Import of key material through the door, wrapped as a caller wraps it (facts §11). */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wrapMaterial } from '#lib/crypto/import-wrapping.ts'
import type { WrappingAlgorithm, WrappingKeySpec } from '#lib/domain/import-wrapping.ts'
import { type Answer, base64, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = (region = REGION) => world.as('admin', region)
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const FOREVER = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
const NEW = { ...FOREVER, ImportType: 'NEW_KEY_MATERIAL' }
const ALL = { IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }
const inDays = (days: number) => (world.engine.services.clock.now().getTime() + days * 86_400_000) / 1000

async function make(input: object = {}): Promise<string> {
  return (await admin().call('CreateKey', { Origin: 'EXTERNAL', ...input })).KeyMetadata.KeyId
}

type Wrapping = { wrappingAlgorithm: WrappingAlgorithm; wrappingKeySpec: WrappingKeySpec }
const OAEP: Wrapping = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' }
const AES: Wrapping = { wrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256', wrappingKeySpec: 'RSA_2048' }

const parameters = (KeyId: string, { wrappingAlgorithm, wrappingKeySpec }: Wrapping, region = REGION) =>
  admin(region).call('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: wrappingAlgorithm,
    WrappingKeySpec: wrappingKeySpec,
  })

/** The input of ImportKeyMaterial for some material, with fresh parameters. */
async function wrapped(
  KeyId: string,
  material: Uint8Array,
  how: { wrapping?: Wrapping; region?: string } = {},
) {
  const { wrapping = OAEP, region = REGION } = how
  const { ImportToken, PublicKey } = await parameters(KeyId, wrapping, region)
  const bytes = await wrapMaterial({ publicKey: PublicKey, material, ...wrapping })
  return { KeyId, ImportToken: encode(ImportToken), EncryptedKeyMaterial: encode(bytes) }
}
const bring = async (KeyId: string, material: Uint8Array, terms: object = FOREVER, region = REGION) =>
  admin(region).call('ImportKeyMaterial', { ...(await wrapped(KeyId, material, { region })), ...terms })
const refused = async (KeyId: string, material: Uint8Array, terms: object = FOREVER, region = REGION) =>
  admin(region).refusal('ImportKeyMaterial', { ...(await wrapped(KeyId, material, { region })), ...terms })

const describeKey = async (KeyId: string, region = REGION) =>
  (await admin(region).call('DescribeKey', { KeyId })).KeyMetadata
const stateOf = async (KeyId: string, region = REGION) => (await describeKey(KeyId, region)).KeyState
const materials = async (KeyId: string, region = REGION): Promise<Answer[]> =>
  (await admin(region).call('ListKeyRotations', { KeyId, ...ALL })).Rotations
const seal = async (KeyId: string) =>
  encode((await admin().call('Encrypt', { KeyId, Plaintext: base64('kept') })).CiphertextBlob)
const open = async (CiphertextBlob: string, region = REGION) =>
  Buffer.from((await admin(region).call('Decrypt', { CiphertextBlob })).Plaintext).toString()

const pkcs8 = (make: { privateKey: import('node:crypto').KeyObject }) =>
  make.privateKey.export({ format: 'der', type: 'pkcs8' })

describe('the first import', () => {
  it('enables the key, and tells the material’s id but nothing of its bytes', async () => {
    const KeyId = await make()
    expect(await describeKey(KeyId)).toMatchObject({ KeyState: 'PendingImport', Enabled: false })
    const ValidTo = Math.floor(inDays(30))
    const material = randomBytes(32)
    const answer = await bring(KeyId, material, { ValidTo, KeyMaterialDescription: 'from the HSM' })
    expect(answer).toEqual({
      KeyId: expect.stringContaining('arn:'),
      KeyMaterialId: expect.stringMatching(/^\w{64}$/),
    })
    expect(await describeKey(KeyId)).toMatchObject({
      KeyState: 'Enabled',
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo: new Date(ValidTo * 1000),
      CurrentKeyMaterialId: answer.KeyMaterialId,
    })
    expect(await materials(KeyId)).toEqual([
      {
        KeyId,
        KeyMaterialId: answer.KeyMaterialId,
        KeyMaterialDescription: 'from the HSM',
        ImportState: 'IMPORTED',
        KeyMaterialState: 'CURRENT',
        ExpirationModel: 'KEY_MATERIAL_EXPIRES',
        ValidTo: new Date(ValidTo * 1000),
      },
    ])
    expect((await admin().call('ListKeyRotations', { KeyId })).Rotations).toEqual([])
    const event = (await world.events('ImportKeyMaterial')).at(-1)
    expect(event).toMatchObject({
      requestParameters: {
        keyId: KeyId,
        validTo: expect.stringMatching(/^[A-Z][a-z]{2} \d+, \d{4}, .*[AP]M$/),
      },
      responseElements: { keyMaterialId: answer.KeyMaterialId },
    })
    expect(JSON.stringify(event)).not.toMatch(/token|encryptedKeyMaterial/i)
  })

  it.each([
    ['RSAES_OAEP_SHA_1 for RSA_3072', { wrappingAlgorithm: 'RSAES_OAEP_SHA_1', wrappingKeySpec: 'RSA_3072' }],
    [
      'RSAES_OAEP_SHA_256 for RSA_4096',
      { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_4096' },
    ],
  ] as const)('takes 32 bytes wrapped with %s', async (_, wrapping) => {
    const KeyId = await make()
    await admin().call('ImportKeyMaterial', {
      ...(await wrapped(KeyId, randomBytes(32), { wrapping })),
      ...FOREVER,
    })
    expect(await open(await seal(KeyId))).toBe('kept')
  })

  it('of an HMAC key may be longer than the digest', async () => {
    const KeyId = await make({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
    expect(await bring(KeyId, randomBytes(128))).toEqual({ KeyId: expect.stringContaining(KeyId) })
    const message = { KeyId, Message: base64('m'), MacAlgorithm: 'HMAC_SHA_256' }
    const { Mac } = await admin().call('GenerateMac', message)
    expect(await admin().call('VerifyMac', { ...message, Mac: encode(Mac) })).toMatchObject({
      MacValid: true,
    })
  })

  it.each([
    ['RSA_2048', AES, 'RSASSA_PSS_SHA_256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ECC_NIST_P256', OAEP, 'ECDSA_SHA_256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ECC_NIST_P521', AES, 'ECDSA_SHA_512', () => generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['ECC_SECG_P256K1', OAEP, 'ECDSA_SHA_256', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' })],
    ['ECC_NIST_EDWARDS25519', OAEP, 'ED25519_SHA_512', () => generateKeyPairSync('ed25519')],
  ] as const)(
    'of a %s private key gives its public key and signs',
    async (KeySpec, wrapping, algorithm, make_) => {
      const KeyId = await make({ KeySpec, KeyUsage: 'SIGN_VERIFY' })
      const pair = make_()
      const input = await wrapped(KeyId, pkcs8(pair), { wrapping })
      await admin().call('ImportKeyMaterial', { ...input, ...FOREVER })
      const { PublicKey } = await admin().call('GetPublicKey', { KeyId })
      expect(encode(PublicKey)).toBe(encode(pair.publicKey.export({ format: 'der', type: 'spki' })))
      const message = { KeyId, Message: base64('m'), SigningAlgorithm: algorithm }
      const { Signature } = await admin().call('Sign', message)
      const verified = await admin().call('Verify', { ...message, Signature: encode(Signature) })
      expect(verified.SignatureValid).toBe(true)
      // One material for ever, also after it was deleted.
      await admin().call('DeleteImportedKeyMaterial', { KeyId })
      const other = await wrapped(KeyId, pkcs8(make_()), { wrapping })
      const refusal = await admin().refusal('ImportKeyMaterial', { ...other, ...FOREVER })
      expect(refusal.code).toBe('IncorrectKeyMaterialException')
      await admin().call('ImportKeyMaterial', {
        ...(await wrapped(KeyId, pkcs8(pair), { wrapping })),
        ...FOREVER,
      })
      expect(await stateOf(KeyId)).toBe('Enabled')
    },
  )

  it('of an EC key is the same material with its public point and without', async () => {
    const KeyId = await make({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const whole = privateKey.export({ format: 'der', type: 'pkcs8' })
    await bring(KeyId, whole)
    // SEQUENCE { 0, AlgorithmIdentifier, OCTET STRING { SEQUENCE { 1, OCTET STRING d } } }
    const d = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
    const bare = Buffer.concat([
      Buffer.from('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420', 'hex'),
      d,
    ])
    await bring(KeyId, bare)
    expect((await refused(KeyId, pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-256' })))).code).toBe(
      'IncorrectKeyMaterialException',
    )
  })

  it.each([
    ['31 bytes for a symmetric key', {}, () => randomBytes(31)],
    ['33 bytes for a symmetric key', {}, () => randomBytes(33)],
    [
      '31 bytes for HMAC_256',
      { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
      () => randomBytes(31),
    ],
    [
      '129 bytes for HMAC_512',
      { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' },
      () => randomBytes(129),
    ],
    [
      'a P-384 key for P-256',
      { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
      () => pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
    ],
    ['random bytes for P-256', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, () => randomBytes(120)],
  ])('refuses %s as incorrect, and the key stays without', async (_, kind, material) => {
    const KeyId = await make(kind)
    expect((await refused(KeyId, material())).code).toBe('IncorrectKeyMaterialException')
    expect(await stateOf(KeyId)).toBe('PendingImport')
  })
})

describe('GetParametersForImport', () => {
  it('gives a key pair and a token for 24 hours, another each time', async () => {
    const KeyId = await make()
    const [first, second] = [await parameters(KeyId, OAEP), await parameters(KeyId, OAEP)]
    expect(first.PublicKey).not.toEqual(second.PublicKey)
    const hours =
      (first.ParametersValidTo.getTime() - world.engine.services.clock.now().getTime()) / 3_600_000
    expect(hours).toBeCloseTo(24, 1)
    expect((await world.events('GetParametersForImport')).at(-1)).toMatchObject({
      readOnly: true,
      requestParameters: {
        keyId: KeyId,
        wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
        wrappingKeySpec: 'RSA_2048',
      },
      responseElements: null,
    })
  })

  it.each([
    ['RSAES_PKCS1_V1_5', 'RSA_2048', {}],
    ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', {}],
    ['SM2PKE', 'SM2', {}],
    ['RSAES_OAEP_SHA_256', 'RSA_2048', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }],
    ['RSAES_OAEP_SHA_256', 'RSA_2048', { KeySpec: 'ECC_NIST_P521', KeyUsage: 'SIGN_VERIFY' }],
  ])('refuses %s with %s for a key of %o', async (WrappingAlgorithm, WrappingKeySpec, kind) => {
    const input = { KeyId: await make(kind), WrappingAlgorithm, WrappingKeySpec }
    const refusal = await admin().refusal('GetParametersForImport', input)
    expect(refusal.code).toBe('UnsupportedOperationException')
  })

  it.each([
    ['GetParametersForImport', { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' }],
    ['ImportKeyMaterial', { ImportToken: 'AA==', EncryptedKeyMaterial: 'AA==' }],
    ['DeleteImportedKeyMaterial', {}],
  ])('and its like: %s is not for keys whose material was made here', async (name, input) => {
    const { KeyMetadata: key } = await admin().call('CreateKey')
    expect(await admin().refusal(name, { KeyId: key.KeyId, ...input })).toMatchObject({
      code: 'UnsupportedOperationException',
      message: `${key.Arn} origin is AWS_KMS which is not valid for this operation.`,
    })
  })

  it('in China offers SM2, for symmetric material of 16 bytes', async () => {
    const liu = world.as('liu')
    const { KeyMetadata: key } = await liu.call('CreateKey', { Origin: 'EXTERNAL' })
    const given = { KeyId: key.KeyId, WrappingAlgorithm: 'SM2PKE', WrappingKeySpec: 'SM2' }
    const { PublicKey, ImportToken } = await liu.call('GetParametersForImport', given)
    const wrapping = { wrappingAlgorithm: 'SM2PKE', wrappingKeySpec: 'SM2' } as const
    const input = async (size: number) => {
      const bytes = await wrapMaterial({ publicKey: PublicKey, material: randomBytes(size), ...wrapping })
      const ids = { KeyId: key.KeyId, ImportToken: encode(ImportToken) }
      return { ...ids, EncryptedKeyMaterial: encode(bytes), ...FOREVER }
    }
    const refusal = await liu.refusal('ImportKeyMaterial', await input(32))
    expect(refusal.code).toBe('IncorrectKeyMaterialException')
    await liu.call('ImportKeyMaterial', await input(16))
    const message = { KeyId: key.KeyId, Plaintext: base64('kept') }
    const { CiphertextBlob } = await liu.call('Encrypt', message)
    const opened = await liu.call('Decrypt', { CiphertextBlob: encode(CiphertextBlob) })
    expect(Buffer.from(opened.Plaintext).toString()).toBe('kept')
  })
})

describe('an import token', () => {
  it('is good once', async () => {
    const KeyId = await make()
    const input = { ...(await wrapped(KeyId, randomBytes(32))), ...FOREVER }
    await admin().call('ImportKeyMaterial', input)
    expect((await admin().refusal('ImportKeyMaterial', input)).code).toBe('InvalidImportTokenException')
  })

  it('is good once more for the very same call, sent again by an SDK', async () => {
    const KeyId = await make()
    const input = { ...(await wrapped(KeyId, randomBytes(32))), ...FOREVER }
    const channel = { invocationId: 'import-again', bodyHash: new Uint8Array(32) }
    const first = await admin().call('ImportKeyMaterial', input, channel)
    expect(await admin().call('ImportKeyMaterial', input, channel)).toEqual(first)
    expect(await materials(KeyId)).toHaveLength(1)
    expect((await admin().refusal('ImportKeyMaterial', input)).code).toBe('InvalidImportTokenException')
  })

  it('is not spent by an import that was refused', async () => {
    const KeyId = await make()
    const input = await wrapped(KeyId, randomBytes(32))
    expect((await admin().refusal('ImportKeyMaterial', input)).code).toBe('ValidationException')
    await admin().call('ImportKeyMaterial', { ...input, ...FOREVER })
  })

  it('is spent by one of two imports at the same time', async () => {
    const KeyId = await make()
    const input = { ...(await wrapped(KeyId, randomBytes(32))), ...FOREVER }
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => admin().call('ImportKeyMaterial', input)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('ends after 24 hours, and its wrapping key is forgotten', async () => {
    const KeyId = await make()
    const input = { ...(await wrapped(KeyId, randomBytes(32))), ...FOREVER }
    await world.advance({ hours: 25 })
    expect((await admin().refusal('ImportKeyMaterial', input)).code).toBe('ExpiredImportTokenException')
    expect(await world.sql('SELECT 1 FROM keyhouse.import_session WHERE key_id = $1', [KeyId])).toEqual([])
  })

  it.each([
    ['of another key', async (_: Buffer) => Buffer.from((await parameters(await make(), OAEP)).ImportToken)],
    ['with one bit changed', async (token: Buffer) => token.map((byte, at) => (at === 40 ? byte ^ 1 : byte))],
    ['cut short', async (token: Buffer) => token.subarray(0, -1)],
    ['of one byte', async (_: Buffer) => Buffer.from([1])],
  ])('%s is invalid', async (_, change) => {
    const input = await wrapped(await make(), randomBytes(32))
    const ImportToken = encode(await change(Buffer.from(input.ImportToken, 'base64')))
    const refusal = await admin().refusal('ImportKeyMaterial', { ...input, ...FOREVER, ImportToken })
    expect(refusal.code).toBe('InvalidImportTokenException')
  })
})

describe('wrapped material', () => {
  it.each([
    [
      'of the wrong length',
      (bytes: Buffer) => bytes.subarray(1),
      'ValidationException',
      'Invalid encrypted key size.',
    ],
    [
      'that does not decrypt',
      (bytes: Buffer) => bytes.map((byte, at) => (at === 99 ? byte ^ 1 : byte)),
      'InvalidCiphertextException',
      '',
    ],
  ])('%s is refused', async (_, change, code, message) => {
    const input = await wrapped(await make(), randomBytes(32))
    const EncryptedKeyMaterial = encode(change(Buffer.from(input.EncryptedKeyMaterial, 'base64')))
    const refusal = await admin().refusal('ImportKeyMaterial', { ...input, ...FOREVER, EncryptedKeyMaterial })
    expect(refusal).toMatchObject({ code, message })
  })
})

describe('the terms of an import', () => {
  it.each([
    ['no date for material that expires', () => ({}), /^A validTo date must be set/],
    ['a date that has passed', () => ({ ValidTo: inDays(-1) }), /^ValidTo must be in the future$/],
    ['a date in 366 days', () => ({ ValidTo: inDays(366) }), /365 days/],
    [
      'a date for material that does not expire',
      () => ({ ...FOREVER, ValidTo: inDays(1) }),
      /must not be set/,
    ],
    ['an id for new material', () => ({ ...NEW, KeyMaterialId: 'a'.repeat(64) }), /KeyMaterialId/],
  ])('%s is refused', async (_, terms, message) => {
    const refusal = await refused(await make(), randomBytes(32), terms())
    expect(refusal.code).toBe('ValidationException')
    expect(refusal.message).toMatch(message)
  })

  it.each([
    ['ImportType', { ImportType: 'NEW_KEY_MATERIAL' }],
    ['KeyMaterialDescription', { KeyMaterialDescription: 'x' }],
  ])('%s is for symmetric keys only', async (name, terms) => {
    const KeyId = await make({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
    const refusal = await refused(KeyId, randomBytes(32), { ...FOREVER, ...terms })
    expect(refusal).toMatchObject({ code: 'ValidationException', message: expect.stringContaining(name) })
  })

  it.each([
    ['kms:ExpirationModel', { StringEquals: { 'kms:ExpirationModel': 'KEY_MATERIAL_DOES_NOT_EXPIRE' } }],
    ['kms:ValidTo', { NumericGreaterThan: { 'kms:ValidTo': String(4_000_000_000) } }],
  ])('are seen by %s', async (_, Condition) => {
    const root = { AWS: 'arn:aws:iam::111122223333:root' }
    const statements = [
      { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
      { Effect: 'Deny', Principal: root, Action: 'kms:ImportKeyMaterial', Resource: '*', Condition },
    ]
    const KeyId = await make({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) })
    const forbidden = { ...FOREVER, ValidTo: 4_000_000_001 }
    expect((await refused(KeyId, randomBytes(32), forbidden)).code).toBe('AccessDeniedException')
    await bring(KeyId, randomBytes(32), { ValidTo: inDays(1) })
  })
})

describe('deleting and importing again', () => {
  it('takes the key out of use, and the same bytes revive it with its ciphertexts', async () => {
    const [KeyId, material] = [await make(), randomBytes(32)]
    const { KeyMaterialId } = await bring(KeyId, material)
    const blob = await seal(KeyId)
    const answer = await admin().call('DeleteImportedKeyMaterial', { KeyId })
    expect(answer).toEqual({ KeyId: expect.stringContaining(`key/${KeyId}`), KeyMaterialId })
    const described = await describeKey(KeyId)
    expect(described).toMatchObject({ KeyState: 'PendingImport', CurrentKeyMaterialId: KeyMaterialId })
    expect(described).not.toHaveProperty('ExpirationModel')
    expect(await materials(KeyId)).toMatchObject([{ KeyMaterialId, ImportState: 'PENDING_IMPORT' }])
    const [row] = await world.sql('SELECT sealed FROM keyhouse.key_material WHERE key_id = $1', [KeyId])
    expect(row).toEqual({ sealed: null })
    expect((await admin().refusal('Decrypt', { CiphertextBlob: blob })).message).toMatch(
      /is pending import\.$/,
    )
    // Again: no effect.
    expect(await admin().call('DeleteImportedKeyMaterial', { KeyId })).toEqual(answer)
    expect((await refused(KeyId, randomBytes(32))).code).toBe('IncorrectKeyMaterialException')
    expect((await refused(KeyId, material, NEW)).code).toBe('IncorrectKeyMaterialException')
    const named = { ...FOREVER, KeyMaterialId: 'a'.repeat(64) }
    expect((await refused(KeyId, material, named)).code).toBe('IncorrectKeyMaterialException')
    await bring(KeyId, material, { ...FOREVER, KeyMaterialId })
    expect(await open(blob)).toBe('kept')
  })

  it('gives the same bytes another date without deleting them first', async () => {
    const [KeyId, material] = [await make(), randomBytes(32)]
    await bring(KeyId, material, { ValidTo: inDays(3) })
    await bring(KeyId, material)
    expect(await describeKey(KeyId)).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' })
    await world.advance({ days: 4 })
    expect(await stateOf(KeyId)).toBe('Enabled')
  })

  it('leaves a disabled key disabled, and one that waits for deletion waiting', async () => {
    const [KeyId, material] = [await make(), randomBytes(32)]
    await bring(KeyId, material)
    await admin().call('DisableKey', { KeyId })
    await bring(KeyId, material)
    expect(await stateOf(KeyId)).toBe('Disabled')
    await admin().call('ScheduleKeyDeletion', { KeyId })
    await admin().call('DeleteImportedKeyMaterial', { KeyId })
    expect(await stateOf(KeyId)).toBe('PendingDeletion')
  })

  it('names a material that the key does not have: not found', async () => {
    const input = { KeyId: await make(), KeyMaterialId: 'a'.repeat(64) }
    expect((await admin().refusal('DeleteImportedKeyMaterial', input)).code).toBe('NotFoundException')
  })
})

describe('expiry', () => {
  it('deletes the material on its day, with its event, and the same bytes revive the key', async () => {
    const [KeyId, material] = [await make(), randomBytes(32)]
    const { KeyMaterialId } = await bring(KeyId, material, { ValidTo: inDays(10) })
    const blob = await seal(KeyId)
    await world.advance({ days: 9 })
    expect(await stateOf(KeyId)).toBe('Enabled')
    await world.advance({ days: 2 })
    expect(await stateOf(KeyId)).toBe('PendingImport')
    const events = (await world.events('DeleteExpiredKeyMaterial')).filter(
      (event) => event.serviceEventDetails.keyId === KeyId,
    )
    expect(events).toMatchObject([
      { eventType: 'AwsServiceEvent', serviceEventDetails: { keyMaterialId: KeyMaterialId } },
    ])
    await bring(KeyId, material)
    expect(await open(blob)).toBe('kept')
  })

  it('leaves a key that waits for its deletion waiting', async () => {
    const KeyId = await make()
    await bring(KeyId, randomBytes(32), { ValidTo: inDays(2) })
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 30 })
    await world.advance({ days: 3 })
    expect(await stateOf(KeyId)).toBe('PendingDeletion')
    await admin().call('CancelKeyDeletion', { KeyId })
  })
})

describe('several materials', () => {
  it('wait for a rotation one at a time, and all of them decrypt', async () => {
    const [KeyId, first, second] = [await make(), randomBytes(32), randomBytes(32)]
    const one = (await bring(KeyId, first)).KeyMaterialId
    const old = await seal(KeyId)
    expect(await admin().refusal('RotateKeyOnDemand', { KeyId })).toMatchObject({
      code: 'KMSInvalidStateException',
      message: expect.stringMatching(/^No available key material pending rotation for the key: arn:.*\.$/),
    })
    const two = (await bring(KeyId, second, NEW)).KeyMaterialId
    expect(await materials(KeyId)).toMatchObject([
      { KeyMaterialId: one, KeyMaterialState: 'CURRENT' },
      { KeyMaterialId: two, KeyMaterialState: 'PENDING_ROTATION', ImportState: 'IMPORTED' },
    ])
    const refusal = await refused(KeyId, randomBytes(32), NEW)
    expect(refusal.code).toBe('KMSInvalidStateException')
    expect(refusal.message).toMatch(
      new RegExp(
        `^New key material \\(id: \\w{64}\\) cannot be imported into KMS key ${KeyId}, because another key material \\(id: ${two}\\) is pending rotation\\.$`,
      ),
    )
    await admin().call('RotateKeyOnDemand', { KeyId })
    expect(await describeKey(KeyId)).toMatchObject({ CurrentKeyMaterialId: two })
    expect(await materials(KeyId)).toMatchObject([
      { KeyMaterialId: one, KeyMaterialState: 'NON_CURRENT' },
      { KeyMaterialId: two, KeyMaterialState: 'CURRENT', RotationType: 'ON_DEMAND' },
    ])
    expect([await open(old), await open(await seal(KeyId))]).toEqual(['kept', 'kept'])
    // The key needs all that it ever encrypted under.
    await admin().call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId: one })
    await admin().call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId: two })
    await bring(KeyId, second)
    expect(await stateOf(KeyId)).toBe('PendingImport')
    await bring(KeyId, first)
    expect(await stateOf(KeyId)).toBe('Enabled')
    expect(await open(old)).toBe('kept')
  })

  it('of which one waits: it can be deleted and replaced, and the key stays in use', async () => {
    const KeyId = await make()
    await bring(KeyId, randomBytes(32))
    const { KeyMaterialId } = await bring(KeyId, randomBytes(32), NEW)
    await admin().call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId })
    expect(await stateOf(KeyId)).toBe('Enabled')
    expect(await materials(KeyId)).toHaveLength(1)
    const expiring = { ImportType: 'NEW_KEY_MATERIAL', ValidTo: inDays(1) }
    await bring(KeyId, randomBytes(32), expiring)
    await world.advance({ days: 2 })
    expect(await materials(KeyId)).toHaveLength(1)
    expect(await stateOf(KeyId)).toBe('Enabled')
  })
})

describe('a multi-Region family of imported material', () => {
  it('imports in each Region, the primary first, and rotates once every Region has the material', async () => {
    const [KeyId, first, second] = [await make({ MultiRegion: true }), randomBytes(32), randomBytes(32)]
    await bring(KeyId, first)
    await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    await world.advance({})
    expect(await stateOf(KeyId, OTHER_REGION)).toBe('PendingImport')
    expect((await refused(KeyId, randomBytes(32), FOREVER, OTHER_REGION)).code).toBe(
      'IncorrectKeyMaterialException',
    )
    await bring(KeyId, first, FOREVER, OTHER_REGION)
    expect(await open(await seal(KeyId), OTHER_REGION)).toBe('kept')

    expect((await refused(KeyId, second, NEW, OTHER_REGION)).code).toBe('UnsupportedOperationException')
    const { KeyMaterialId } = await bring(KeyId, second, NEW)
    const waiting = { KeyMaterialId, KeyMaterialState: 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION' }
    expect((await materials(KeyId))[1]).toMatchObject({ ...waiting, ImportState: 'IMPORTED' })
    expect((await materials(KeyId, OTHER_REGION))[1]).toMatchObject({
      ...waiting,
      ImportState: 'PENDING_IMPORT',
    })
    expect((await admin().refusal('RotateKeyOnDemand', { KeyId })).code).toBe('KMSInvalidStateException')
    expect(await stateOf(KeyId, OTHER_REGION)).toBe('Enabled')

    await bring(KeyId, second, FOREVER, OTHER_REGION)
    for (const region of [REGION, OTHER_REGION])
      expect((await materials(KeyId, region))[1]).toMatchObject({ KeyMaterialState: 'PENDING_ROTATION' })
    await admin().call('RotateKeyOnDemand', { KeyId })
    for (const region of [REGION, OTHER_REGION])
      expect(await describeKey(KeyId, region)).toMatchObject({ CurrentKeyMaterialId: KeyMaterialId })
    expect(await open(await seal(KeyId), OTHER_REGION)).toBe('kept')

    await admin(OTHER_REGION).call('DeleteImportedKeyMaterial', { KeyId })
    expect([await stateOf(KeyId), await stateOf(KeyId, OTHER_REGION)]).toEqual(['Enabled', 'PendingImport'])
  })

  it('forgets a waiting material everywhere when the primary’s is deleted', async () => {
    const [KeyId, first] = [await make({ MultiRegion: true }), randomBytes(32)]
    await bring(KeyId, first)
    await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    await world.advance({})
    await bring(KeyId, first, FOREVER, OTHER_REGION)
    const { KeyMaterialId } = await bring(KeyId, randomBytes(32), NEW)
    await admin().call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId })
    for (const region of [REGION, OTHER_REGION]) expect(await materials(KeyId, region)).toHaveLength(1)
  })
})

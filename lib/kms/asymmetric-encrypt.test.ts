/** Encryption with RSA and SM2 keys through the door, with OpenSSL and the public key as the other side. */
import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { openWorld, type World } from '#lib/testing/world.ts'

const ALGORITHMS = [
  ['RSA_2048', 'RSAES_OAEP_SHA_1', 214, 256],
  ['RSA_2048', 'RSAES_OAEP_SHA_256', 190, 256],
  ['RSA_3072', 'RSAES_OAEP_SHA_1', 342, 384],
  ['RSA_3072', 'RSAES_OAEP_SHA_256', 318, 384],
  ['RSA_4096', 'RSAES_OAEP_SHA_1', 470, 512],
  ['RSA_4096', 'RSAES_OAEP_SHA_256', 446, 512],
] as const

const WRONG_KEY = 'The key ID in the request does not identify a CMK that can perform this operation.'
const OAEP = 'RSAES_OAEP_SHA_256'

let world: World
/** ARNs of keys that encrypt by spec, and of one that signs. */
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  for (const KeySpec of ['SYMMETRIC_DEFAULT', 'RSA_2048', 'RSA_3072', 'RSA_4096'])
    keys[KeySpec] = await made('admin', { KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' })
  keys.signs = await made('admin', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })
  keys.SM2 = await made('liu', { KeySpec: 'SM2', KeyUsage: 'ENCRYPT_DECRYPT' })
}, 60_000)
afterAll(() => world?.close())

const made = async (name: string, input: object): Promise<string> =>
  (await world.as(name).call('CreateKey', input)).KeyMetadata.Arn
const admin = () => world.as('admin')
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const MESSAGE = encode(Buffer.from('order 42'))

async function encrypted(spec: string, more: object = {}): Promise<string> {
  const answer = await admin().call('Encrypt', { KeyId: keys[spec], Plaintext: MESSAGE, ...more })
  return encode(answer.CiphertextBlob)
}

describe('Encrypt and Decrypt', () => {
  it.each(ALGORITHMS)(
    '%s by %s takes %i bytes into %i, and gives them back',
    async (spec, algorithm, most, size) => {
      const plaintext = Buffer.alloc(most, 7)
      const input = { KeyId: keys[spec], EncryptionAlgorithm: algorithm }
      const sealed = await admin().call('Encrypt', { ...input, Plaintext: encode(plaintext) })
      expect(sealed).toEqual({
        CiphertextBlob: expect.any(Uint8Array),
        KeyId: keys[spec],
        EncryptionAlgorithm: algorithm,
      })
      expect(sealed.CiphertextBlob).toHaveLength(size)
      const opened = await admin().call('Decrypt', {
        ...input,
        CiphertextBlob: encode(sealed.CiphertextBlob),
      })
      expect(opened).toEqual({
        KeyId: keys[spec],
        Plaintext: expect.any(Uint8Array),
        EncryptionAlgorithm: algorithm,
      })
      expect(Buffer.from(opened.Plaintext)).toEqual(plaintext)
      const tooMuch = { ...input, Plaintext: encode(Buffer.alloc(most + 1)) }
      expect(await admin().refusal('Encrypt', tooMuch)).toMatchObject({
        code: 'ValidationException',
        message: `Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
      })
    },
  )

  it.each(ALGORITHMS)('%s by %s opens what OpenSSL encrypts to the public key', async (spec, algorithm) => {
    const { PublicKey, ...facts } = await admin().call('GetPublicKey', { KeyId: keys[spec] })
    expect(facts).toMatchObject({ EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] })
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
    const oaepHash = algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256'
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const CiphertextBlob = encode(publicEncrypt({ key, padding, oaepHash }, Buffer.from('order 42')))
    const opened = await admin().call('Decrypt', {
      KeyId: keys[spec],
      EncryptionAlgorithm: algorithm,
      CiphertextBlob,
    })
    expect(encode(opened.Plaintext)).toBe(MESSAGE)
  })

  it('SM2 takes 1,024 bytes where SM2 is, and gives them back', async () => {
    const liu = world.as('liu')
    const most = KEY_SPECS.SM2.maxPlaintext.SM2PKE ?? 0
    const input = { KeyId: keys.SM2, EncryptionAlgorithm: 'SM2PKE' }
    const plaintext = Buffer.alloc(most, 7)
    const { CiphertextBlob } = await liu.call('Encrypt', { ...input, Plaintext: encode(plaintext) })
    const opened = await liu.call('Decrypt', { ...input, CiphertextBlob: encode(CiphertextBlob) })
    expect(Buffer.from(opened.Plaintext)).toEqual(plaintext)
    const tooMuch = { ...input, Plaintext: encode(Buffer.alloc(most + 1)) }
    expect((await liu.refusal('Encrypt', tooMuch)).message).toBe(
      'Algorithm SM2PKE and key spec SM2 cannot encrypt data larger than 1024 bytes.',
    )
    const cut = { ...input, CiphertextBlob: encode(CiphertextBlob.subarray(0, -1)) }
    expect(await liu.refusal('Decrypt', cut)).toMatchObject({
      code: 'InvalidCiphertextException',
      message: '',
    })
  })
})

describe('what does not decrypt (facts §6.4)', () => {
  type Make = () => Promise<object>
  const rsa = async (more: object = {}) => ({
    CiphertextBlob: await encrypted('RSA_2048', { EncryptionAlgorithm: OAEP }),
    KeyId: keys.RSA_2048,
    EncryptionAlgorithm: OAEP,
    ...more,
  })
  const symmetric = async (more: object) => ({
    CiphertextBlob: await encrypted('SYMMETRIC_DEFAULT'),
    ...more,
  })
  const cases: [string, Make, string, string?][] = [
    ['another RSA key of the same size', () => another(), 'InvalidCiphertextException', ''],
    [
      'another hash',
      () => rsa({ EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' }),
      'InvalidCiphertextException',
      '',
    ],
    ['a ciphertext of another size', () => rsa({ KeyId: keys.RSA_3072 }), 'InvalidCiphertextException', ''],
    [
      'random bytes of the right length',
      () => rsa({ CiphertextBlob: encode(Buffer.alloc(256, 1)) }),
      'InvalidCiphertextException',
      '',
    ],
    ['no key named', () => rsa({ KeyId: undefined }), 'ValidationException'],
    [
      'neither key nor algorithm named',
      () => rsa({ KeyId: undefined, EncryptionAlgorithm: undefined }),
      'InvalidCiphertextException',
      '',
    ],
    [
      'no algorithm named',
      () => rsa({ EncryptionAlgorithm: undefined }),
      'InvalidKeyUsageException',
      'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
    ],
    ['a key that signs', () => rsa({ KeyId: keys.signs }), 'IncorrectKeyException', WRONG_KEY],
    ['an encryption context', () => rsa({ EncryptionContext: { a: 'b' } }), 'ValidationException'],
    [
      'a blob of a symmetric key, with a key that signs',
      () => symmetric({ KeyId: keys.signs }),
      'IncorrectKeyException',
      WRONG_KEY,
    ],
    [
      'a blob of a symmetric key, with an RSA key',
      () => symmetric({ KeyId: keys.RSA_2048 }),
      'IncorrectKeyException',
      WRONG_KEY,
    ],
    [
      'a blob of a symmetric key, with an RSA key and its algorithm',
      () => symmetric({ KeyId: keys.RSA_2048, EncryptionAlgorithm: OAEP }),
      'InvalidCiphertextException',
      '',
    ],
    [
      'a blob of a symmetric key, with that key and an RSA algorithm',
      () => symmetric({ KeyId: keys.SYMMETRIC_DEFAULT, EncryptionAlgorithm: OAEP }),
      'InvalidKeyUsageException',
      `Algorithm ${OAEP} is incompatible with key spec SYMMETRIC_DEFAULT.`,
    ],
  ]
  async function another(): Promise<object> {
    return rsa({ KeyId: await made('admin', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }) })
  }
  it.each(cases)('%s', async (_, input, code, message) => {
    const refusal = await admin().refusal('Decrypt', await input())
    expect(refusal.code).toBe(code)
    if (message !== undefined) expect(refusal.message).toBe(message)
  })

  it.each([
    [
      'no algorithm',
      'RSA_2048',
      {},
      'InvalidKeyUsageException',
      'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
    ],
    [
      'an RSA algorithm with a symmetric key',
      'SYMMETRIC_DEFAULT',
      { EncryptionAlgorithm: OAEP },
      'InvalidKeyUsageException',
      `Algorithm ${OAEP} is incompatible with key spec SYMMETRIC_DEFAULT.`,
    ],
    [
      'an encryption context',
      'RSA_2048',
      { EncryptionAlgorithm: OAEP, EncryptionContext: { a: 'b' } },
      'ValidationException',
      'An encryption context is supported only with symmetric encryption KMS keys.',
    ],
  ])('Encrypt refuses %s', async (_, spec, more, code, message) => {
    const input = { KeyId: keys[spec], Plaintext: MESSAGE, ...more }
    expect(await admin().refusal('Encrypt', input)).toMatchObject({ code, message })
  })

  it('Encrypt refuses a key that signs, in AWS’s words', async () => {
    const input = { KeyId: keys.signs, Plaintext: MESSAGE, EncryptionAlgorithm: OAEP }
    expect(await admin().refusal('Encrypt', input)).toMatchObject({
      code: 'InvalidKeyUsageException',
      message: `${keys.signs} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
    })
  })

  it('a dry run may leave the ciphertext out, if it names key and algorithm', async () => {
    const dry = { DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'], EncryptionAlgorithm: OAEP }
    const named = { ...dry, KeyId: keys.RSA_2048 }
    expect((await admin().refusal('Decrypt', named)).code).toBe('DryRunOperationException')
    expect((await admin().refusal('Decrypt', dry)).code).toBe('ValidationException')
  })

  it('an empty context is none', async () => {
    const blob = await encrypted('RSA_2048', { EncryptionAlgorithm: OAEP, EncryptionContext: {} })
    expect(Buffer.from(blob, 'base64')).toHaveLength(256)
  })
})

describe('ReEncrypt', () => {
  it('from a symmetric key to an RSA key, and the material only of the symmetric side', async () => {
    const moved = await admin().call('ReEncrypt', {
      CiphertextBlob: await encrypted('SYMMETRIC_DEFAULT', { EncryptionContext: { a: 'b' } }),
      SourceEncryptionContext: { a: 'b' },
      DestinationKeyId: keys.RSA_2048,
      DestinationEncryptionAlgorithm: OAEP,
    })
    expect(moved).toEqual({
      CiphertextBlob: expect.any(Uint8Array),
      SourceKeyId: keys.SYMMETRIC_DEFAULT,
      KeyId: keys.RSA_2048,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: OAEP,
      SourceKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const CiphertextBlob = encode(moved.CiphertextBlob)
    const opened = await admin().call('Decrypt', {
      CiphertextBlob,
      KeyId: keys.RSA_2048,
      EncryptionAlgorithm: OAEP,
    })
    expect(encode(opened.Plaintext)).toBe(MESSAGE)
  })

  it('from an RSA key to a symmetric one, and from RSA to RSA', async () => {
    const source = {
      CiphertextBlob: await encrypted('RSA_2048', { EncryptionAlgorithm: OAEP }),
      SourceKeyId: keys.RSA_2048,
      SourceEncryptionAlgorithm: OAEP,
    }
    const moved = await admin().call('ReEncrypt', {
      ...source,
      DestinationKeyId: keys.SYMMETRIC_DEFAULT,
      DestinationEncryptionContext: { c: 'd' },
    })
    expect(moved).not.toHaveProperty('SourceKeyMaterialId')
    expect(moved.DestinationKeyMaterialId).toMatch(/^[0-9a-f]{64}$/)
    const opened = await admin().call('Decrypt', {
      CiphertextBlob: encode(moved.CiphertextBlob),
      EncryptionContext: { c: 'd' },
    })
    expect(encode(opened.Plaintext)).toBe(MESSAGE)
    const to = { DestinationKeyId: keys.RSA_3072, DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_1' }
    expect((await admin().call('ReEncrypt', { ...source, ...to })).CiphertextBlob).toHaveLength(384)
  })

  it('refuses what the destination cannot hold, what the source cannot be, and no source key', async () => {
    const large = await encrypted('SYMMETRIC_DEFAULT', { Plaintext: encode(Buffer.alloc(191)) })
    const to = { DestinationKeyId: keys.RSA_2048, DestinationEncryptionAlgorithm: OAEP }
    expect(await admin().refusal('ReEncrypt', { CiphertextBlob: large, ...to })).toMatchObject({
      code: 'ValidationException',
      message: `Algorithm ${OAEP} and key spec RSA_2048 cannot encrypt data larger than 190 bytes.`,
    })
    const CiphertextBlob = await encrypted('RSA_2048', { EncryptionAlgorithm: OAEP })
    const from = { CiphertextBlob, SourceEncryptionAlgorithm: OAEP }
    const wrong = { ...from, SourceKeyId: keys.signs, ...to }
    expect((await admin().refusal('ReEncrypt', wrong)).code).toBe('IncorrectKeyException')
    expect(await admin().refusal('ReEncrypt', { ...from, ...to })).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining("Value null at 'sourceKeyId'"),
    })
    const signs = { ...from, SourceKeyId: keys.RSA_2048, ...to, DestinationKeyId: keys.signs }
    expect((await admin().refusal('ReEncrypt', signs)).code).toBe('InvalidKeyUsageException')
  })

  it('tells policies whether both sides are one key', async () => {
    const condition = (value: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
            Action: 'kms:*',
            Resource: '*',
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'kms:ReEncrypt*',
            Resource: '*',
            Condition: { Bool: { 'kms:ReEncryptOnSameKey': value } },
          },
        ],
      })
    const input = {
      CiphertextBlob: await encrypted('RSA_2048', { EncryptionAlgorithm: OAEP }),
      SourceKeyId: keys.RSA_2048,
      SourceEncryptionAlgorithm: OAEP,
      DestinationKeyId: keys.RSA_2048,
      DestinationEncryptionAlgorithm: OAEP,
    }
    await admin().call('PutKeyPolicy', { KeyId: keys.RSA_2048, Policy: condition('true') })
    expect((await admin().refusal('ReEncrypt', input)).code).toBe('AccessDeniedException')
    const elsewhere = { ...input, DestinationKeyId: keys.RSA_3072 }
    expect((await admin().call('ReEncrypt', elsewhere)).KeyId).toBe(keys.RSA_3072)
  })
})

describe('what the log has of it', () => {
  it('the algorithm, the key, and neither side of the encryption', async () => {
    const blob = await encrypted('RSA_2048', { EncryptionAlgorithm: OAEP })
    const sealed = (await world.lastEvent()).record
    expect(sealed.requestParameters).toEqual({ keyId: keys.RSA_2048, encryptionAlgorithm: OAEP })
    expect(sealed.responseElements).toBeNull()
    await admin().call('Decrypt', { CiphertextBlob: blob, KeyId: keys.RSA_2048, EncryptionAlgorithm: OAEP })
    const opened = (await world.lastEvent()).record
    expect(opened.requestParameters).toEqual({ keyId: keys.RSA_2048, encryptionAlgorithm: OAEP })
    for (const record of [sealed, opened]) {
      expect(JSON.stringify(record)).not.toContain(MESSAGE)
      expect(JSON.stringify(record)).not.toContain(blob)
      expect(record).not.toHaveProperty('additionalEventData.keyMaterialId')
    }
  })
})

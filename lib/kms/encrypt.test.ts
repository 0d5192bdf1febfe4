/** Encryption through the door, on a real database, with real material. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let key: string
let arn: string
let other: string

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  const made = await admin.call('CreateKey', { Description: 'orders' })
  key = made.KeyMetadata.KeyId
  arn = made.KeyMetadata.Arn
  other = (await admin.call('CreateKey')).KeyMetadata.KeyId
  await admin.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: key })
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

async function encrypted(context?: Record<string, string>, keyId = key): Promise<string> {
  const answer = await admin().call('Encrypt', {
    KeyId: keyId,
    Plaintext: base64('order 42'),
    ...(context && { EncryptionContext: context }),
  })
  return encode(answer.CiphertextBlob)
}

describe('Encrypt and Decrypt', () => {
  it.each([
    ['a key id', () => key],
    ['a key ARN', () => arn],
    ['an alias', () => 'alias/orders'],
    ['an alias ARN', () => arn.replace(/key\/.*/, 'alias/orders')],
  ])('%s names the key, and the answer names it by ARN', async (_, name) => {
    const answer = await admin().call('Encrypt', { KeyId: name(), Plaintext: base64('order 42') })
    expect(answer).toMatchObject({ KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' })
    const opened = await admin().call('Decrypt', { CiphertextBlob: encode(answer.CiphertextBlob) })
    expect(Buffer.from(opened.Plaintext).toString()).toBe('order 42')
    expect(opened).toMatchObject({ KeyId: arn, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('the order of context pairs does not matter, their case does', async () => {
    const blob = await encrypted({ tenant: 'acme', purpose: 'x' })
    const same = await admin().call('Decrypt', {
      CiphertextBlob: blob,
      EncryptionContext: { purpose: 'x', tenant: 'acme' },
    })
    expect(Buffer.from(same.Plaintext).toString()).toBe('order 42')
    const refusal = await admin().refusal('Decrypt', {
      CiphertextBlob: blob,
      EncryptionContext: { Tenant: 'acme', purpose: 'x' },
    })
    expect(refusal).toMatchObject({ code: 'InvalidCiphertextException', message: '' })
  })

  it.each([
    [
      'no context where there was one',
      (blob: string) => ({ CiphertextBlob: blob }),
      'InvalidCiphertextException',
    ],
    [
      'another key of the same account',
      (blob: string) => ({ CiphertextBlob: blob, KeyId: other, EncryptionContext: { a: 'b' } }),
      'IncorrectKeyException',
    ],
    [
      'a byte changed',
      (blob: string) => ({ CiphertextBlob: `${blob.slice(0, -8)}AAAAAAA=`, EncryptionContext: { a: 'b' } }),
      'InvalidCiphertextException',
    ],
    [
      'bytes that are no ciphertext',
      () => ({ CiphertextBlob: base64('hello') }),
      'InvalidCiphertextException',
    ],
    ['no ciphertext', () => ({}), 'ValidationException'],
    [
      'a grant token',
      (blob: string) => ({ CiphertextBlob: blob, GrantTokens: ['x'] }),
      'InvalidGrantTokenException',
    ],
    [
      'an asymmetric algorithm',
      (blob: string) => ({
        CiphertextBlob: blob,
        KeyId: key,
        EncryptionAlgorithm: 'RSAES_OAEP_SHA_1',
        EncryptionContext: { a: 'b' },
      }),
      'InvalidKeyUsageException',
    ],
    [
      'a dry run',
      (blob: string) => ({ CiphertextBlob: blob, EncryptionContext: { a: 'b' }, DryRun: true }),
      'DryRunOperationException',
    ],
  ])('%s is refused', async (_, input, code) => {
    expect((await admin().refusal('Decrypt', input(await encrypted({ a: 'b' })))).code).toBe(code)
  })

  it.each([
    ['nothing to encrypt', { KeyId: 'alias/orders' }, "Value null at 'plaintext'"],
    ['no bytes', { KeyId: 'alias/orders', Plaintext: '' }, 'length greater than or equal to 1'],
    [
      '4,097 bytes',
      { KeyId: 'alias/orders', Plaintext: Buffer.alloc(4097).toString('base64') },
      'length less than or equal to 4096',
    ],
  ])('%s is a ValidationException that never repeats the plaintext', async (_, input, text) => {
    const refusal = await admin().refusal('Encrypt', input)
    expect(refusal.code).toBe('ValidationException')
    expect(refusal.message).toContain(text)
  })

  it.each([
    ['an unknown alias', 'alias/none', 'Alias arn:aws:kms:eu-west-1:111122223333:alias/none is not found.'],
    ['no UUID', 'fake-key-id', "Invalid keyId 'fake-key-id'"],
    [
      'an unknown key',
      '00000000-0000-4000-8000-000000000000',
      "Key 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000' does not exist",
    ],
    [
      'another Region',
      'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000',
      'Invalid arn us-east-1',
    ],
  ])('%s is not found', async (_, KeyId, message) => {
    expect(await admin().refusal('Encrypt', { KeyId, Plaintext: 'AA==' })).toMatchObject({
      code: 'NotFoundException',
      message,
    })
  })
})

describe('ReEncrypt', () => {
  it('moves a ciphertext to another key and context', async () => {
    const blob = await encrypted({ a: 'b' })
    const moved = await admin().call('ReEncrypt', {
      CiphertextBlob: blob,
      SourceEncryptionContext: { a: 'b' },
      DestinationKeyId: other,
      DestinationEncryptionContext: { c: 'd' },
    })
    expect(moved).toMatchObject({ SourceKeyId: arn, KeyId: expect.stringContaining(other) })
    const opened = await admin().call('Decrypt', {
      CiphertextBlob: encode(moved.CiphertextBlob),
      EncryptionContext: { c: 'd' },
    })
    expect(Buffer.from(opened.Plaintext).toString()).toBe('order 42')
  })
})

describe('data keys and random bytes', () => {
  it.each([
    ['AES_256', { KeySpec: 'AES_256' }, 32],
    ['AES_128', { KeySpec: 'AES_128' }, 16],
    ['a number of bytes', { NumberOfBytes: 7 }, 7],
  ])('%s: the plaintext has that length and the ciphertext opens to it', async (_, input, bytes) => {
    const answer = await admin().call('GenerateDataKey', { KeyId: key, ...input })
    expect(answer.Plaintext).toHaveLength(bytes)
    const opened = await admin().call('Decrypt', { CiphertextBlob: encode(answer.CiphertextBlob) })
    expect(opened.Plaintext).toEqual(answer.Plaintext)
  })

  it('without plaintext there is none', async () => {
    const answer = await admin().call('GenerateDataKeyWithoutPlaintext', { KeyId: key, KeySpec: 'AES_256' })
    expect(answer).not.toHaveProperty('Plaintext')
  })

  it.each([
    [
      'both lengths',
      'GenerateDataKey',
      { KeySpec: 'AES_256', NumberOfBytes: 32 },
      'Please specify either number of bytes or key spec.',
    ],
    ['neither', 'GenerateDataKey', {}, 'Please specify either number of bytes or key spec.'],
    ['no number for random bytes', 'GenerateRandom', {}, 'NumberOfBytes is required.'],
  ])('%s is refused', async (_, operation, input, message) => {
    const refusal = await admin().refusal(
      operation,
      operation === 'GenerateRandom' ? input : { KeyId: key, ...input },
    )
    expect(refusal).toMatchObject({ code: 'ValidationException', message })
  })
})

describe('what the log has of it', () => {
  it('an Encrypt with its context and without its plaintext', async () => {
    await encrypted({ tenant: 'acme' })
    const { record, decision } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'Encrypt',
      readOnly: true,
      requestParameters: {
        keyId: key,
        encryptionContext: { tenant: 'acme' },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      responseElements: null,
      resources: [{ ARN: arn, type: 'AWS::KMS::Key', accountId: '111122223333' }],
    })
    expect(JSON.stringify(record)).not.toContain(base64('order 42'))
    expect(decision?.decisions[0]).toMatchObject({ action: 'kms:Encrypt', verdict: 'allowed' })
  })

  it('a refusal with its code', async () => {
    await world.as('stranger').refusal('Encrypt', { KeyId: key, Plaintext: 'AA==' })
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'Encrypt',
      errorCode: 'AccessDenied',
      userIdentity: { userName: 'stranger' },
    })
  })
})

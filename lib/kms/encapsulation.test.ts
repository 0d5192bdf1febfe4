/** Encapsulation through the door; what is encapsulated with the public key in OpenSSL opens here. */
import { createPublicKey, encapsulate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '#lib/testing/world.ts'

const SPECS = [
  ['ML_KEM_512', 768],
  ['ML_KEM_768', 1088],
  ['ML_KEM_1024', 1568],
] as const

let world: World
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  for (const [KeySpec] of SPECS) {
    const made = await world.as('admin').call('CreateKey', { KeySpec, KeyUsage: 'ENCAPSULATE_DECAPSULATE' })
    keys[KeySpec] = made.KeyMetadata.Arn
  }
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const ask = (spec: string, more: object = {}) => ({
  KeyId: keys[spec],
  EncapsulationAlgorithm: 'ML_KEM',
  ...more,
})
const open = (spec: string, ciphertext: Uint8Array) =>
  ask(spec, { SharedSecretCiphertextBlob: encode(ciphertext) })

describe('Encapsulate and Decapsulate', () => {
  it.each(SPECS)('%s: a secret of 32 bytes in a ciphertext of %i, and back', async (spec, bytes) => {
    const made = await admin().call('Encapsulate', ask(spec))
    expect(made).toMatchObject({ KeyId: keys[spec], EncapsulationAlgorithm: 'ML_KEM' })
    expect(made.SharedSecret).toHaveLength(32)
    expect(made.SharedSecretCiphertextBlob).toHaveLength(bytes)
    expect(await admin().call('Decapsulate', open(spec, made.SharedSecretCiphertextBlob))).toEqual({
      KeyId: keys[spec],
      SharedSecret: made.SharedSecret,
      EncapsulationAlgorithm: 'ML_KEM',
    })
  })

  it.each(SPECS)('%s: what OpenSSL encapsulates for the public key opens here', async (spec) => {
    const { PublicKey, ...facts } = await admin().call('GetPublicKey', { KeyId: keys[spec] })
    expect(facts).toMatchObject({ KeySpec: spec, EncapsulationAlgorithms: ['ML_KEM'] })
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
    const { sharedKey, ciphertext } = encapsulate(publicKey)
    const opened = await admin().call('Decapsulate', open(spec, ciphertext))
    expect(Buffer.from(opened.SharedSecret)).toEqual(sharedKey)
  })

  it('a ciphertext that was changed opens to another secret, without a sign', async () => {
    const made = await admin().call('Encapsulate', ask('ML_KEM_768'))
    const changed = Buffer.from(made.SharedSecretCiphertextBlob)
    changed[0] = (changed[0] ?? 0) ^ 1
    const opened = await admin().call('Decapsulate', open('ML_KEM_768', changed))
    expect(opened.SharedSecret).toHaveLength(32)
    expect(opened.SharedSecret).not.toEqual(made.SharedSecret)
  })

  it.each([
    ['one byte short', 1087],
    ['one byte long', 1089],
    ['of another spec', 768],
  ])('a ciphertext %s is InvalidCiphertextException without a word', async (_, bytes) => {
    expect(await admin().refusal('Decapsulate', open('ML_KEM_768', Buffer.alloc(bytes)))).toMatchObject({
      code: 'InvalidCiphertextException',
      message: '',
    })
  })

  it('a key of another usage is InvalidKeyUsageException', async () => {
    const { KeyMetadata } = await admin().call('CreateKey')
    expect(await admin().refusal('Encapsulate', { ...ask(''), KeyId: KeyMetadata.KeyId })).toMatchObject({
      code: 'InvalidKeyUsageException',
      message: `${KeyMetadata.Arn} key usage is ENCRYPT_DECRYPT which is not valid for Encapsulate.`,
    })
  })

  it.each([
    ['no algorithm', { EncapsulationAlgorithm: undefined }, "Value null at 'encapsulationAlgorithm'"],
    ['another algorithm', { EncapsulationAlgorithm: 'RSA' }, 'Member must satisfy enum value set: [ML_KEM]'],
  ])('%s is a ValidationException', async (_, more, text) => {
    const refusal = await admin().refusal('Encapsulate', ask('ML_KEM_512', more))
    expect(refusal.code).toBe('ValidationException')
    expect(refusal.message).toContain(text)
  })

  it('a dry run gives no secret', async () => {
    const refusal = await admin().refusal('Encapsulate', ask('ML_KEM_512', { DryRun: true }))
    expect(refusal.code).toBe('DryRunOperationException')
  })

  it('an event has key and algorithm, and neither secret nor ciphertext', async () => {
    const made = await admin().call('Encapsulate', ask('ML_KEM_512'))
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({ eventName: 'Encapsulate', readOnly: true, responseElements: null })
    expect(record.requestParameters).toEqual({ keyId: keys.ML_KEM_512, encapsulationAlgorithm: 'ML_KEM' })
    for (const secret of [made.SharedSecret, made.SharedSecretCiphertextBlob])
      expect(JSON.stringify(record)).not.toContain(encode(secret))
  })
})

/** DeriveSharedSecret through the door, with OpenSSL as the other side. */
import { createECDH, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '#lib/testing/world.ts'

const CURVES = [
  ['ECC_NIST_P256', 'P-256', 32],
  ['ECC_NIST_P384', 'P-384', 48],
  ['ECC_NIST_P521', 'P-521', 66],
] as const

let world: World
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  for (const [KeySpec] of CURVES) {
    const made = await world.as('admin').call('CreateKey', { KeySpec, KeyUsage: 'KEY_AGREEMENT' })
    keys[KeySpec] = made.KeyMetadata.Arn
  }
})
afterAll(() => world?.close())

const spkiOf = (namedCurve: string) => {
  const pair = generateKeyPairSync('ec', { namedCurve })
  return { ...pair, spki: pair.publicKey.export({ format: 'der', type: 'spki' }) }
}
const ask = (spec: string, PublicKey: Uint8Array, more: object = {}) => ({
  KeyId: keys[spec],
  KeyAgreementAlgorithm: 'ECDH',
  PublicKey: Buffer.from(PublicKey).toString('base64'),
  ...more,
})

describe('DeriveSharedSecret', () => {
  it.each(CURVES)(
    '%s and a key of %s on the other side have one secret of %i bytes',
    async (spec, curve, bytes) => {
      const peer = spkiOf(curve)
      const answer = await world.as('admin').call('DeriveSharedSecret', ask(spec, peer.spki))
      expect(answer).toEqual({
        KeyId: keys[spec],
        SharedSecret: expect.any(Uint8Array),
        KeyAgreementAlgorithm: 'ECDH',
        KeyOrigin: 'AWS_KMS',
      })
      expect(answer.SharedSecret).toHaveLength(bytes)
      const ours = await world.as('admin').call('GetPublicKey', { KeyId: keys[spec] })
      expect(ours).toMatchObject({ KeyUsage: 'KEY_AGREEMENT', KeyAgreementAlgorithms: ['ECDH'] })
      const publicKey = createPublicKey({ key: Buffer.from(ours.PublicKey), format: 'der', type: 'spki' })
      const theirs = diffieHellman({ privateKey: peer.privateKey, publicKey })
      expect(Buffer.from(answer.SharedSecret)).toEqual(theirs)
    },
  )

  it('of two keys here is the same from both sides, in China with SM2 too', async () => {
    for (const [name, KeySpec] of [
      ['admin', 'ECC_NIST_P256'],
      ['liu', 'SM2'],
    ] as const) {
      const person = world.as(name)
      const make = async () => {
        const { KeyMetadata } = await person.call('CreateKey', { KeySpec, KeyUsage: 'KEY_AGREEMENT' })
        const { PublicKey } = await person.call('GetPublicKey', { KeyId: KeyMetadata.KeyId })
        return { KeyId: KeyMetadata.KeyId, PublicKey }
      }
      const [a, b] = [await make(), await make()]
      const derive = async (own: typeof a, other: typeof a) =>
        (await person.call('DeriveSharedSecret', { ...ask('', other.PublicKey), KeyId: own.KeyId }))
          .SharedSecret
      expect(await derive(a, b)).toEqual(await derive(b, a))
    }
  })

  const P256 = spkiOf('P-256').spki
  const compressed = Buffer.concat([
    Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'),
    Buffer.from(createECDH('prime256v1').generateKeys('hex', 'compressed'), 'hex'),
  ])
  const offCurve = Buffer.from(P256)
  offCurve[offCurve.length - 1] = (offCurve.at(-1) ?? 0) ^ 1
  it.each([
    ['a key of another curve', spkiOf('P-384').spki],
    ['a key of secp256k1', spkiOf('secp256k1').spki],
    [
      'an RSA key',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'der', type: 'spki' }),
    ],
    ['a compressed point', compressed],
    ['a point that is not on the curve', offCurve],
    ['a byte after the key', Buffer.concat([P256, Buffer.alloc(1)])],
    ['a key cut short', P256.subarray(0, -1)],
    ['bytes that are no key', Buffer.from('hello')],
  ])('%s is a ValidationException without a word', async (_, peer) => {
    expect(await world.as('admin').refusal('DeriveSharedSecret', ask('ECC_NIST_P256', peer))).toMatchObject({
      code: 'ValidationException',
      message: '',
    })
  })

  it('with a key that signs is InvalidKeyUsageException, in AWS’s words', async () => {
    const { KeyMetadata } = await world
      .as('admin')
      .call('CreateKey', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
    const input = { ...ask('ECC_NIST_P256', P256), KeyId: KeyMetadata.KeyId }
    expect(await world.as('admin').refusal('DeriveSharedSecret', input)).toMatchObject({
      code: 'InvalidKeyUsageException',
      message: `${KeyMetadata.Arn} key usage is SIGN_VERIFY which is not valid for DeriveSharedSecret.`,
    })
  })

  it('in a dry run says that it would have worked, and with a wrong peer that it would not', async () => {
    const dry = { DryRun: true }
    const refusal = (peer: Uint8Array) =>
      world.as('admin').refusal('DeriveSharedSecret', ask('ECC_NIST_P256', peer, dry))
    expect((await refusal(P256)).code).toBe('DryRunOperationException')
    expect((await refusal(offCurve)).code).toBe('ValidationException')
  })

  it('leaves an event with key and algorithm, without the peer’s key or the secret', async () => {
    const { SharedSecret } = await world.as('admin').call('DeriveSharedSecret', ask('ECC_NIST_P256', P256))
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({ eventName: 'DeriveSharedSecret', readOnly: true, responseElements: null })
    expect(record.requestParameters).toEqual({ keyId: keys.ECC_NIST_P256, keyAgreementAlgorithm: 'ECDH' })
    expect(JSON.stringify(record)).not.toContain(P256.toString('base64'))
    expect(JSON.stringify(record)).not.toContain(Buffer.from(SharedSecret).toString('base64'))
  })
})

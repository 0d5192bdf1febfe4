/** MACs through the door, checked against OpenSSL's HMAC under the same material. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'

const SPECS = [
  ['HMAC_224', 'HMAC_SHA_224', 28],
  ['HMAC_256', 'HMAC_SHA_256', 32],
  ['HMAC_384', 'HMAC_SHA_384', 48],
  ['HMAC_512', 'HMAC_SHA_512', 64],
] as const
const MESSAGE = Buffer.from('order 42').toString('base64')

let world: World
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  for (const [KeySpec] of SPECS) {
    const made = await world.as('admin').call('CreateKey', { KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' })
    keys[KeySpec] = made.KeyMetadata.Arn
  }
})
afterAll(() => world?.close())

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const generate = (spec: string, algorithm: string, rest: object = {}) =>
  world
    .as('admin')
    .call('GenerateMac', { KeyId: keys[spec], MacAlgorithm: algorithm, Message: MESSAGE, ...rest })

describe('a MAC', () => {
  it.each(SPECS)(
    'of %s by %s has %i bytes, is the same twice, and verifies',
    async (spec, algorithm, bytes) => {
      const first = await generate(spec, algorithm)
      expect(first).toMatchObject({ KeyId: keys[spec], MacAlgorithm: algorithm })
      expect(first.Mac).toHaveLength(bytes)
      expect((await generate(spec, algorithm)).Mac).toEqual(first.Mac)
      const input = { KeyId: keys[spec], MacAlgorithm: algorithm, Message: MESSAGE, Mac: encode(first.Mac) }
      expect(await world.as('admin').call('VerifyMac', input)).toEqual({
        KeyId: keys[spec],
        MacValid: true,
        MacAlgorithm: algorithm,
      })
    },
  )

  it.each(SPECS)('of %s by %s is OpenSSL’s', async (spec, algorithm) => {
    const { keys: held } = world.engine.services
    const id = keys[spec]?.split('/').at(-1) ?? ''
    const key = (await held.byId({ account: ACCOUNT, region: REGION, id })) ?? expect.fail('no key')
    const material = await held.bytesOf(key, key.row.currentMaterialId ?? '')
    const expected = material?.lend((bytes) =>
      createHmac(algorithm.replace('HMAC_SHA_', 'sha'), bytes).update(MESSAGE, 'base64').digest(),
    )
    expect(Buffer.from((await generate(spec, algorithm)).Mac)).toEqual(expected)
  })

  it.each([
    ['a byte changed', (mac: Buffer) => mac.map((byte, index) => (index === 0 ? byte ^ 1 : byte)), MESSAGE],
    ['the last byte missing', (mac: Buffer) => mac.subarray(0, -1), MESSAGE],
    ['a byte too many', (mac: Buffer) => Buffer.concat([mac, Buffer.alloc(1)]), MESSAGE],
    ['another message', (mac: Buffer) => mac, 'AA=='],
  ])('with %s is an exception without a word', async (_, change, Message) => {
    const { Mac } = await generate('HMAC_256', 'HMAC_SHA_256')
    const input = {
      KeyId: keys.HMAC_256,
      MacAlgorithm: 'HMAC_SHA_256',
      Message,
      Mac: encode(change(Buffer.from(Mac))),
    }
    expect(await world.as('admin').refusal('VerifyMac', input)).toMatchObject({
      code: 'KMSInvalidMacException',
      message: '',
    })
  })

  it('by the algorithm of another spec is InvalidKeyUsageException, in AWS’s words', async () => {
    for (const [operation, more] of [
      ['GenerateMac', {}],
      ['VerifyMac', { Mac: 'AA==' }],
    ] as const) {
      const input = { KeyId: keys.HMAC_224, MacAlgorithm: 'HMAC_SHA_256', Message: MESSAGE, ...more }
      expect(await world.as('admin').refusal(operation, input)).toMatchObject({
        code: 'InvalidKeyUsageException',
        message: 'Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224.',
      })
    }
  })

  it('by a key that encrypts is refused, in AWS’s words', async () => {
    const { KeyMetadata } = await world.as('admin').call('CreateKey')
    const input = { KeyId: KeyMetadata.KeyId, MacAlgorithm: 'HMAC_SHA_256', Message: MESSAGE }
    expect(await world.as('admin').refusal('GenerateMac', input)).toMatchObject({
      code: 'InvalidKeyUsageException',
      message: `${KeyMetadata.Arn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
    })
  })

  it.each([
    ['an unknown algorithm', { MacAlgorithm: 'HMAC_MD5' }, "Value 'HMAC_MD5' at 'macAlgorithm'"],
    [
      'no message',
      { Message: '' },
      "Value at 'message' failed to satisfy constraint: Member must have length greater",
    ],
    ['a message of 4,097 bytes', { Message: encode(Buffer.alloc(4097)) }, 'less than or equal to 4096'],
  ])('with %s is a ValidationException', async (_, more, text) => {
    const refusal = await world.as('admin').refusal('GenerateMac', {
      KeyId: keys.HMAC_256,
      MacAlgorithm: 'HMAC_SHA_256',
      Message: MESSAGE,
      ...more,
    })
    expect(refusal.code).toBe('ValidationException')
    expect(refusal.message).toContain(text)
  })

  it('leaves an event with key and algorithm, without message or MAC', async () => {
    const { Mac } = await generate('HMAC_256', 'HMAC_SHA_256')
    const { record, context } = await world.lastEvent()
    expect(record).toMatchObject({ eventName: 'GenerateMac', readOnly: true, responseElements: null })
    expect(record.requestParameters).toEqual({ keyId: keys.HMAC_256, macAlgorithm: 'HMAC_SHA_256' })
    expect(JSON.stringify([record, context])).not.toContain(MESSAGE)
    expect(JSON.stringify([record, context])).not.toContain(encode(Mac))
    // Only symmetric encryption keys have materials that AWS names.
    expect(record).not.toHaveProperty('additionalEventData.keyMaterialId')
  })

  it('a dry run says that it would have worked', async () => {
    const input = { KeyId: keys.HMAC_256, MacAlgorithm: 'HMAC_SHA_256', Message: MESSAGE, DryRun: true }
    expect((await world.as('admin').refusal('GenerateMac', input)).code).toBe('DryRunOperationException')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ciphertextHead } from '#lib/domain/ciphertext-blob.ts'
import { base64, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let arn: string
let blob: Buffer

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  const { KeyMetadata } = await admin.call('CreateKey')
  arn = KeyMetadata.Arn
  const sealed = await admin.call('Encrypt', {
    KeyId: arn,
    Plaintext: base64('order 42'),
    EncryptionContext: { tenant: 'acme' },
  })
  blob = Buffer.from(sealed.CiphertextBlob)
})
afterAll(() => world?.close())

const find = (bytes: Uint8Array, who: Parameters<World['as']>[0] = 'admin') =>
  world.as(who).call('FindKeyOfCiphertext', { CiphertextBlob: Buffer.from(bytes).toString('base64') })
const refusal = (bytes: Uint8Array, who: Parameters<World['as']>[0] = 'admin', region = REGION) =>
  world
    .as(who, region)
    .refusal('FindKeyOfCiphertext', { CiphertextBlob: Buffer.from(bytes).toString('base64') })

describe('FindKeyOfCiphertext', () => {
  it('names the key and the material, without its context, and by the head alone', async () => {
    const decrypted = await world.as('admin').call('Decrypt', {
      CiphertextBlob: blob.toString('base64'),
      EncryptionContext: { tenant: 'acme' },
    })
    const found = {
      KeyArn: arn,
      KeyId: arn.split('/')[1],
      KeyMaterialId: decrypted.KeyMaterialId,
      Region: REGION,
    }
    expect(await find(blob)).toEqual(found)
    expect(await find(ciphertextHead(blob))).toEqual(found)
  })

  it('still names the key after a rotation and while it is disabled', async () => {
    await world.as('admin').call('RotateKeyOnDemand', { KeyId: arn })
    await world.as('admin').call('DisableKey', { KeyId: arn })
    expect((await find(blob)).KeyArn).toBe(arn)
    await world.as('admin').call('EnableKey', { KeyId: arn })
  })

  it('is for those who may describe the key, and is written down under it', async () => {
    expect((await refusal(blob, 'stranger')).code).toBe('AccessDeniedException')
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({ eventName: 'FindKeyOfCiphertext', errorCode: 'AccessDenied' })
    await find(blob)
    expect((await world.lastEvent()).record).toMatchObject({ resources: [{ ARN: arn }] })
  })

  it.each([
    [
      'what is no ciphertext of a symmetric key',
      () => Buffer.from('hello'),
      REGION,
      'InvalidCiphertextException',
    ],
    [
      'material that no key here has',
      () => Buffer.concat([blob.subarray(0, 2), Buffer.alloc(32, 9), blob.subarray(34)]),
      REGION,
      'AccessDeniedException',
    ],
    ['the key of another Region', () => blob, OTHER_REGION, 'AccessDeniedException'],
  ])('refuses %s', async (_, bytes, region, code) => {
    expect((await refusal(bytes(), 'admin', region)).code).toBe(code)
  })
})

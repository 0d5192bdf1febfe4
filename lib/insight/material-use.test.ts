import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, OTHER_REGION, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let keyId: string
const admin = () => world.as('admin')

const decrypt = (CiphertextBlob: string) => admin().call('Decrypt', { CiphertextBlob })
const encrypt = async (KeyId: string) =>
  Buffer.from((await admin().call('Encrypt', { KeyId, Plaintext: base64('kept') })).CiphertextBlob).toString(
    'base64',
  )

beforeAll(async () => {
  world = await openWorld()
  keyId = (await admin().call('CreateKey')).KeyMetadata.KeyId
})
afterAll(() => world?.close())

const count = async (KeyId: string, who = 'carol') =>
  new Map(
    (await world.as(who).call('CountUseOfMaterials', { KeyId })).Materials.map((one: Answer) => [
      one.KeyMaterialId,
      one.Decrypts,
    ]),
  )

describe('CountUseOfMaterials', () => {
  it('counts what each material decrypted, and what it was re-encrypted from; encrypting is no such use', async () => {
    expect(await count(keyId)).toEqual(new Map())
    const old = await encrypt(keyId)
    const first = (await decrypt(old)).KeyMaterialId
    await decrypt(old)
    await admin().call('RotateKeyOnDemand', { KeyId: keyId })
    const fresh = await encrypt(keyId)
    const second = (await decrypt(fresh)).KeyMaterialId
    await admin().call('ReEncrypt', { CiphertextBlob: old, DestinationKeyId: keyId })
    await world.as('stranger').refusal('Decrypt', { CiphertextBlob: old })
    expect(await count(keyId)).toEqual(
      new Map([
        [first, 3],
        [second, 1],
      ]),
    )
  })

  it('tells on which days, so that a line of time can be drawn', async () => {
    const { Materials, Since } = await world.as('carol').call('CountUseOfMaterials', { KeyId: keyId })
    const Day = new Date().toISOString().slice(0, 10)
    const days = Materials.map(({ Days }: Answer) => Days)
    expect(days).toHaveLength(2)
    expect(days).toEqual(expect.arrayContaining([[{ Day, Decrypts: 1 }], [{ Day, Decrypts: 3 }]]))
    expect(Since.toISOString()).toMatch(/T00:00:00.000Z$/)
  })

  it('tells nothing of a key in another Region or another account', async () => {
    const elsewhere = await world.as('admin', OTHER_REGION).call('CountUseOfMaterials', { KeyId: keyId })
    expect(elsewhere).toMatchObject({ Materials: [], CountIsExact: true })
    expect(await count(keyId, 'outsider')).toEqual(new Map())
  })

  it('is for those who may search the log', async () => {
    const refusal = await world.as('bob').refusal('CountUseOfMaterials', { KeyId: keyId })
    expect(refusal.code).toBe('AccessDeniedException')
  })
})

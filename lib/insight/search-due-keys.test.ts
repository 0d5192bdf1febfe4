/** The lists of keys by what is due: their next rotation, and the end of their imported material. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wrapMaterial } from '#lib/crypto/import-wrapping.ts'
import { type Answer, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
const keys: Record<string, string> = {}
const admin = (region?: string) => world.as('admin', region)

const WRAPPING = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' } as const
const parameters = (KeyId: string) =>
  admin().call('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: WRAPPING.wrappingAlgorithm,
    WrappingKeySpec: WRAPPING.wrappingKeySpec,
  })

async function bring(KeyId: string, days?: number) {
  const { ImportToken, PublicKey } = await parameters(KeyId)
  const wrapped = await wrapMaterial({ publicKey: PublicKey, material: randomBytes(32), ...WRAPPING })
  await admin().call('ImportKeyMaterial', {
    KeyId,
    ImportToken: Buffer.from(ImportToken).toString('base64'),
    EncryptedKeyMaterial: Buffer.from(wrapped).toString('base64'),
    ...(days === undefined
      ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
      : { ValidTo: Math.floor(Date.now() / 1000) + days * 86_400 }),
  })
}

beforeAll(async () => {
  world = await openWorld()
  for (const [name, input] of Object.entries({
    yearly: {},
    monthly: {},
    off: {},
    signing: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    family: { MultiRegion: true },
    soon: { Origin: 'EXTERNAL' },
    forever: { Origin: 'EXTERNAL' },
    empty: { Origin: 'EXTERNAL' },
  }))
    keys[name] = (await admin().call('CreateKey', input)).KeyMetadata.KeyId
  await admin().call('EnableKeyRotation', { KeyId: keys.yearly })
  await admin().call('EnableKeyRotation', { KeyId: keys.monthly, RotationPeriodInDays: 90 })
  await admin().call('ReplicateKey', { KeyId: keys.family, ReplicaRegion: OTHER_REGION })
  await bring(keys.soon ?? '', 10)
  await bring(keys.forever ?? '')
  await parameters(keys.empty ?? '')
})
afterAll(() => world?.close())

const named = (id: string) => Object.keys(keys).find((known) => keys[known] === id) ?? id
const found = async (input: object, region?: string): Promise<Answer[]> =>
  (await admin(region).call('SearchKeys', input)).Keys
const names = async (input: object, region?: string) =>
  (await found(input, region)).map(({ id }) => named(id))

describe('keys by their next rotation', () => {
  it('have the nearest date first, then those that are off, then those that cannot rotate', async () => {
    const order = await names({ Sort: 'nextRotation' })
    expect(order.slice(0, 2)).toEqual(['monthly', 'yearly'])
    expect(order.slice(2, 4).toSorted()).toEqual(['family', 'off'])
    expect(order.slice(4).toSorted()).toEqual(['empty', 'forever', 'signing', 'soon'])
  })

  it('tell which Region keeps the schedule of a family', async () => {
    expect(await found({ Sort: 'nextRotation' }, OTHER_REGION)).toMatchObject([
      { id: keys.family, multiRegion: true, primaryRegion: REGION },
    ])
  })

  it('go on where a page ended', async () => {
    const input = { Sort: 'nextRotation', Limit: 3 }
    const first = await admin().call('SearchKeys', input)
    const rest = await admin().call('SearchKeys', { ...input, Limit: 100, Cursor: first.NextCursor })
    const ids = [...first.Keys, ...rest.Keys].map(({ id }: Answer) => named(id))
    expect(ids).toEqual(await names({ Sort: 'nextRotation' }))
  })
})

describe('keys of imported material', () => {
  it('have the one that expires first before all that do not', async () => {
    const order = await names({ Filter: 'origin:EXTERNAL', Sort: 'materialExpires' })
    expect(order[0]).toBe('soon')
    expect(order.slice(1).toSorted()).toEqual(['empty', 'forever'])
  })

  it('tell when it expires, when it came, and until when a session may bring more', async () => {
    const of = Object.fromEntries(
      (await found({ Filter: 'origin:EXTERNAL' })).map(({ id, imported }) => [named(id), imported]),
    )
    expect(of.soon).toEqual({ expires: expect.any(Date), last: expect.any(Date), sessionUntil: null })
    expect(of.forever).toEqual({ expires: null, last: expect.any(Date), sessionUntil: null })
    expect(of.empty).toEqual({ expires: null, last: null, sessionUntil: expect.any(Date) })
  })

  it('forget a session whose time is over', async () => {
    await world.advance({ days: 2 })
    const [empty] = await found({ Filter: `id:${keys.empty}` })
    expect(empty?.imported.sessionUntil).toBeNull()
  })

  it('are told apart from keys whose material was made here', async () => {
    expect(await found({ Filter: 'origin:AWS_KMS alias:nothing' })).toEqual([])
    expect((await found({ Filter: `id:${keys.off}` }))[0]?.imported).toBeNull()
  })
})

describe('keys by their Regions', () => {
  it.each([
    ['a primary here', 'regionality:primary', REGION, ['family']],
    ['a primary is no replica', 'regionality:replica', REGION, []],
    ['a replica there', 'regionality:replica', OTHER_REGION, ['family']],
    ['either of a family', 'regionality:multi', OTHER_REGION, ['family']],
  ])('%s', async (_, Filter, region, found) => {
    expect(await names({ Filter }, region)).toEqual(found)
  })

  it('are single unless they have a family', async () => {
    const single = await names({ Filter: 'regionality:single' })
    expect(single.toSorted()).toEqual((await names({ Filter: '-regionality:multi' })).toSorted())
    expect(single).not.toContain('family')
  })
})

/** Rotation through the door: which keys rotate, when, and what is told of it (facts §10). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

const DAY = 86_400_000

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = (region = REGION) => world.as('admin', region)
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

async function make(input: object = {}): Promise<string> {
  return (await admin().call('CreateKey', input)).KeyMetadata.KeyId
}
/** A key in both Regions, the primary in REGION. */
async function makeFamily(input: object = {}): Promise<string> {
  const KeyId = await make({ ...input, MultiRegion: true })
  await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
  await world.advance({})
  return KeyId
}
const rotations = async (KeyId: string, more: object = {}, region = REGION) =>
  (await admin(region).call('ListKeyRotations', { KeyId, ...more })).Rotations
const status = (KeyId: string, region = REGION) => admin(region).call('GetKeyRotationStatus', { KeyId })
const currentOf = async (KeyId: string, region = REGION): Promise<string> =>
  (await admin(region).call('DescribeKey', { KeyId })).KeyMetadata.CurrentKeyMaterialId
const arnOf = (KeyId: string, region = REGION) => `arn:aws:kms:${region}:111122223333:key/${KeyId}`

const SIGNING = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }
const MAC = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }

describe('a key that does not rotate', () => {
  const ALL = ['EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand', 'ListKeyRotations']

  it.each([
    ['a signing key', SIGNING],
    ['an HMAC key', MAC],
    ['a signing key whose material is imported', { ...SIGNING, Origin: 'EXTERNAL' }],
  ])('as %s does not, refuses every operation of rotation', async (_, kind) => {
    const KeyId = await make(kind)
    for (const name of ALL)
      expect((await admin().refusal(name, { KeyId })).code).toBe('UnsupportedOperationException')
  })

  it.each([
    ['a signing key', SIGNING],
    ['an HMAC key', MAC],
  ])('as %s does not, has a status all the same', async (_, kind) => {
    const KeyId = await make(kind)
    expect(await status(KeyId)).toEqual({ KeyId, KeyRotationEnabled: false })
  })

  it.each(['EnableKeyRotation', 'DisableKeyRotation', 'GetKeyRotationStatus'])(
    'by itself, as one whose material is imported, refuses %s before its state is asked',
    async (name) => {
      const KeyId = await make({ Origin: 'EXTERNAL' })
      expect(await admin().refusal(name, { KeyId })).toMatchObject({
        code: 'UnsupportedOperationException',
        message: `${arnOf(KeyId)} origin is EXTERNAL which is not valid for this operation.`,
      })
    },
  )
})

describe('the schedule', () => {
  it('begins when rotation is turned on, and a second call begins another', async () => {
    const KeyId = await make()
    await admin().call('EnableKeyRotation', { KeyId })
    expect(await status(KeyId)).toEqual({
      KeyId,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: expect.any(Date),
    })
    await admin().call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 })
    const left =
      (await status(KeyId)).NextRotationDate.getTime() - world.engine.services.clock.now().getTime()
    expect(left / DAY).toBeCloseTo(90, 2)
    await admin().call('DisableKeyRotation', { KeyId })
    expect(await status(KeyId)).toEqual({ KeyId, KeyRotationEnabled: false })
  })

  it('reads as off while the key waits for its deletion, and comes back', async () => {
    const KeyId = await make()
    await admin().call('EnableKeyRotation', { KeyId })
    const before = await status(KeyId)
    await admin().call('ScheduleKeyDeletion', { KeyId })
    expect(await status(KeyId)).toEqual({ KeyId, KeyRotationEnabled: false })
    await admin().call('CancelKeyDeletion', { KeyId })
    expect(await status(KeyId)).toEqual(before)
  })

  it.each([
    ['89 days', 89],
    ['2561 days', 2561],
  ])('refuses a period of %s', async (_, RotationPeriodInDays) => {
    const refusal = await admin().refusal('EnableKeyRotation', { KeyId: await make(), RotationPeriodInDays })
    expect(refusal.code).toBe('ValidationException')
  })

  it('is refused on a disabled key', async () => {
    const KeyId = await make()
    await admin().call('DisableKey', { KeyId })
    for (const name of ['EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand'])
      expect((await admin().refusal(name, { KeyId })).code).toBe('DisabledException')
  })
})

describe('RotateKeyOnDemand', () => {
  it('makes a new material, keeps the old ciphertext readable and the schedule as it was', async () => {
    const KeyId = await make()
    await admin().call('EnableKeyRotation', { KeyId })
    const [before, schedule] = [await currentOf(KeyId), await status(KeyId)]
    const old = encode((await admin().call('Encrypt', { KeyId, Plaintext: base64('old') })).CiphertextBlob)
    expect(await admin().call('RotateKeyOnDemand', { KeyId })).toEqual({ KeyId: arnOf(KeyId) })
    const after = await currentOf(KeyId)
    expect(after).not.toBe(before)
    expect(await status(KeyId)).toEqual(schedule)
    const opened = await admin().call('Decrypt', { CiphertextBlob: old })
    expect(opened).toMatchObject({ KeyMaterialId: before, Plaintext: Buffer.from('old') })
    expect(await rotations(KeyId)).toEqual([
      {
        KeyId,
        KeyMaterialId: after,
        KeyMaterialState: 'CURRENT',
        RotationDate: expect.any(Date),
        RotationType: 'ON_DEMAND',
      },
    ])
    expect(await rotations(KeyId, { IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).toMatchObject([
      { KeyMaterialId: before, KeyMaterialState: 'NON_CURRENT' },
      { KeyMaterialId: after },
    ])
    const event = (await world.events('RotateKey')).at(-1)
    expect(event).toMatchObject({
      eventType: 'AwsServiceEvent',
      requestParameters: null,
      responseElements: null,
      serviceEventDetails: { keyId: KeyId, rotationType: 'ON_DEMAND', currentKeyMaterialId: after },
    })
  })

  it('sent twice by an SDK rotates once', async () => {
    const { KeyId } = (await admin().call('CreateKey')).KeyMetadata
    const channel = { invocationId: 'rotate-again', bodyHash: new Uint8Array(32) }
    const first = await admin().call('RotateKeyOnDemand', { KeyId }, channel)
    expect(await admin().call('RotateKeyOnDemand', { KeyId }, channel)).toEqual(first)
    expect((await admin().call('ListKeyRotations', { KeyId })).Rotations).toHaveLength(1)
  })

  it('is refused when the automatic rotation is less than 20 minutes away', async () => {
    const KeyId = await make()
    await admin().call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 })
    await world.advance({ seconds: 90 * 86_400 - 19 * 60 })
    expect((await admin().refusal('RotateKeyOnDemand', { KeyId })).code).toBe('ConflictException')
  })

  it('is refused after 25 times', async () => {
    const KeyId = await make()
    for (let time = 0; time < 25; time++) await admin().call('RotateKeyOnDemand', { KeyId })
    expect(await admin().refusal('RotateKeyOnDemand', { KeyId })).toMatchObject({
      code: 'LimitExceededException',
      message: expect.stringMatching(/has been reached .* for this key: arn:aws:kms:eu-west-1:/),
    })
    const page = await admin().call('ListKeyRotations', { KeyId, Limit: 20 })
    expect(page).toMatchObject({ Truncated: true, Rotations: { length: 20 } })
    expect(await rotations(KeyId, { Limit: 20, Marker: page.NextMarker })).toHaveLength(5)
  })
})

describe('a multi-Region family', () => {
  it.each(['EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand'])(
    'refuses %s on a replica',
    async (name) => {
      const KeyId = await makeFamily()
      const refusal = await admin(OTHER_REGION).refusal(name, { KeyId })
      expect(refusal.code).toBe('UnsupportedOperationException')
    },
  )

  it('has one schedule, which every member reads', async () => {
    const KeyId = await makeFamily()
    await admin().call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 })
    expect(await status(KeyId, OTHER_REGION)).toEqual(await status(KeyId))
    const event = (await world.events('SynchronizeMultiRegionKey')).at(-1)
    expect(event).toMatchObject({ awsRegion: OTHER_REGION, serviceEventDetails: { keyId: KeyId } })
    await admin().call('DisableKeyRotation', { KeyId })
    expect(await status(KeyId, OTHER_REGION)).toEqual({ KeyId, KeyRotationEnabled: false })
  })

  it.each([
    ['on demand', 'ON_DEMAND', (KeyId: string) => admin().call('RotateKeyOnDemand', { KeyId })],
    ['when its date comes', 'AUTOMATIC', () => world.advance({ days: 91 })],
  ])('rotates as one %s', async (_, RotationType, rotate) => {
    const KeyId = await makeFamily()
    await admin().call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 })
    const before = await currentOf(KeyId)
    await rotate(KeyId)
    const after = await currentOf(KeyId)
    expect(after).not.toBe(before)
    expect(await currentOf(KeyId, OTHER_REGION)).toBe(after)
    for (const region of [REGION, OTHER_REGION])
      expect(await rotations(KeyId, {}, region)).toMatchObject([{ KeyMaterialId: after, RotationType }])
    const { CiphertextBlob } = await admin().call('Encrypt', { KeyId, Plaintext: base64('everywhere') })
    const opened = await admin(OTHER_REGION).call('Decrypt', { CiphertextBlob: encode(CiphertextBlob) })
    expect(opened).toMatchObject({ KeyMaterialId: after, Plaintext: Buffer.from('everywhere') })
    const events = (await world.events('RotateKey')).filter(
      (event) => event.serviceEventDetails.keyId === KeyId,
    )
    expect(events).toMatchObject([{ awsRegion: REGION, serviceEventDetails: { rotationType: RotationType } }])
  })
})

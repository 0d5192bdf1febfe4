import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, OTHER_REGION, openWorld, type World } from '#lib/testing/world.ts'

let world: World
const admin = () => world.as('admin')

const everyone = (Action: string | string[] = 'kms:*') =>
  JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: ['alice', 'bob', 'carol'].map((name) => `arn:aws:iam::111122223333:user/${name}`) },
        Action,
        Resource: '*',
      },
    ],
  })

const made = async (more: object = {}) =>
  (await admin().call('CreateKey', { Policy: everyone(), ...more })).KeyMetadata.KeyId
const disabled = async (more: object = {}) => {
  const KeyId = await made(more)
  await admin().call('DisableKey', { KeyId })
  return KeyId
}
const encrypting = (KeyId: string) => ({ KeyId, Plaintext: base64('kept') })
const start = async (KeyId: string, Days = 7): Promise<string> =>
  (await admin().call('StartKeyWatch', { KeyId, Days })).Id
const watchesOf = async (KeyId?: string): Promise<Answer[]> =>
  (await admin().call('ListKeyWatches', KeyId === undefined ? {} : { KeyId })).Watches

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

describe('a watch', () => {
  it('counts calls that are refused because the key is disabled, and by whom', async () => {
    const KeyId = await disabled()
    await admin().refusal('Encrypt', encrypting(KeyId))
    const Id = await start(KeyId)
    await world.as('bob').refusal('Encrypt', encrypting(KeyId))
    await world.as('bob').refusal('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })
    await world.as('alice').refusal('CreateGrant', {
      KeyId,
      GranteePrincipal: world.as('bob').principal.arn,
      Operations: ['Decrypt'],
    })
    const [watch] = await watchesOf(KeyId)
    expect(watch).toMatchObject({ Id, KeyId, Refused: 3, StoppedAt: null, Alias: null })
    expect(watch?.Principals.map(({ Principal, Count }: Answer) => [Principal.split('/')[1], Count])).toEqual(
      [
        ['bob', 2],
        ['alice', 1],
      ],
    )
  })

  it('leaves out what has nothing to do with use, or with the key', async () => {
    const KeyId = await disabled()
    await start(KeyId)
    await admin().refusal('EnableKeyRotation', { KeyId })
    await world.as('stranger').refusal('Encrypt', encrypting(KeyId))
    await admin().call('DescribeKey', { KeyId })
    await world.as('bob').refusal('Encrypt', encrypting(await disabled()))
    expect(await watchesOf(KeyId)).toMatchObject([{ Refused: 0, Principals: [] }])
  })

  it('counts a ReEncrypt for the key that refused it', async () => {
    const source = await made()
    const target = await disabled()
    const { CiphertextBlob: bytes } = await admin().call('Encrypt', encrypting(source))
    const CiphertextBlob = Buffer.from(bytes).toString('base64')
    await start(target)
    await admin().refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: target })
    await admin().call('DisableKey', { KeyId: source })
    await start(source)
    await admin().call('EnableKey', { KeyId: target })
    await admin().refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: target })
    await admin().call('EnableKey', { KeyId: source })
    await admin().call('DisableKey', { KeyId: target })
    await admin().refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: target })
    expect([(await watchesOf(target))[0]?.Refused, (await watchesOf(source))[0]?.Refused]).toEqual([2, 1])
  })

  it('counts nothing after it was stopped, and keeps what it saw', async () => {
    const KeyId = await disabled()
    const Id = await start(KeyId)
    await admin().refusal('Encrypt', encrypting(KeyId))
    await new Promise((resume) => setTimeout(resume, 5))
    await admin().call('StopKeyWatch', { Id })
    await admin().call('StopKeyWatch', { Id })
    await admin().refusal('Encrypt', encrypting(KeyId))
    const [watch] = await watchesOf(KeyId)
    expect(watch).toMatchObject({ Refused: 1 })
    expect(watch?.StoppedAt).toBeInstanceOf(Date)
  })

  it('is one at a time; when its date has come, the next may begin', async () => {
    const KeyId = await disabled()
    const Id = await start(KeyId)
    expect((await admin().refusal('StartKeyWatch', { KeyId, Days: 7 })).code).toBe('AlreadyExistsException')
    await world.sql(
      "UPDATE keyhouse.key_watch SET started_at = started_at - interval '9 days', ends_at = ends_at - interval '9 days' WHERE id = $1",
      [Id],
    )
    await start(KeyId)
    expect(await watchesOf(KeyId)).toHaveLength(2)
  })

  it('of two that begin at once one does', async () => {
    const KeyId = await disabled()
    const outcomes = await Promise.allSettled([start(KeyId), start(KeyId), start(KeyId)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('outlives its key', async () => {
    const KeyId = await made()
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await start(KeyId, 30)
    await world.as('bob').refusal('Encrypt', encrypting(KeyId))
    await world.advance({ days: 8 })
    const found = (await watchesOf()).find((watch) => watch.KeyId === KeyId)
    expect(found).toMatchObject({ Refused: 1, Alias: null })
  })

  it('leaves events of its beginning and its end', async () => {
    const KeyId = await disabled()
    const Id = await start(KeyId)
    await admin().call('StopKeyWatch', { Id })
    const [begun] = (await world.events('StartKeyWatch')).slice(-1)
    expect(begun).toMatchObject({
      requestParameters: { keyId: KeyId, days: 7 },
      responseElements: { id: Id },
    })
    expect((await world.events('StopKeyWatch')).at(-1)?.requestParameters).toEqual({ id: Id })
  })

  it.each<[string, string, object | (() => Promise<object>), string]>([
    [
      'a key that works',
      'StartKeyWatch',
      async () => ({ KeyId: await made(), Days: 7 }),
      'KMSInvalidStateException',
    ],
    ['a watch that is not there', 'StopKeyWatch', { Id: randomUUID() }, 'NotFoundException'],
    ['a key that is not there', 'StartKeyWatch', { KeyId: randomUUID(), Days: 7 }, 'NotFoundException'],
    ['no days', 'StartKeyWatch', async () => ({ KeyId: await disabled(), Days: 0 }), 'ValidationException'],
    [
      'more days than a watch lasts',
      'StartKeyWatch',
      async () => ({ KeyId: await disabled(), Days: 91 }),
      'ValidationException',
    ],
  ])('is refused for %s', async (_, operation, input, code) => {
    const asked = typeof input === 'function' ? await input() : input
    expect((await admin().refusal(operation, asked)).code).toBe(code)
  })

  it.each<[string, string[], boolean]>([
    ['may', ['kms:DisableKey'], true],
    ['may not', ['kms:DescribeKey', 'kms:EnableKey'], false],
  ])('whoever can disable the key %s begin and end it', async (_, actions, may) => {
    const KeyId = await disabled({ Policy: everyone(actions) })
    const bob = world.as('bob')
    if (may) {
      const { Id } = await bob.call('StartKeyWatch', { KeyId, Days: 7 })
      await bob.call('StopKeyWatch', { Id })
      return
    }
    expect((await bob.refusal('StartKeyWatch', { KeyId, Days: 7 })).code).toBe('AccessDeniedException')
    expect((await bob.refusal('StopKeyWatch', { Id: await start(KeyId) })).code).toBe('AccessDeniedException')
  })

  it('is listed for whoever may list keys, of their Region', async () => {
    expect((await world.as('stranger').refusal('ListKeyWatches')).code).toBe('AccessDeniedException')
    expect((await world.as('bob').call('ListKeyWatches')).Watches.length).toBeGreaterThan(0)
    expect((await world.as('admin', OTHER_REGION).call('ListKeyWatches')).Watches).toEqual([])
    expect((await world.as('outsider').call('ListKeyWatches')).Watches).toEqual([])
  })
})

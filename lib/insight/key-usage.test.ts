import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let keyId: string
const admin = (region = REGION) => world.as('admin', region)
const today = () => new Date().toISOString().slice(0, 10)

const encrypt = async (KeyId: string, who = 'admin') =>
  Buffer.from(
    (await world.as(who).call('Encrypt', { KeyId, Plaintext: base64('kept') })).CiphertextBlob,
  ).toString('base64')

/** Anybody of the account, and the other one, may do anything with it. */
const OPEN = JSON.stringify({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: ['111122223333', '444455556666'] },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
})

beforeAll(async () => {
  world = await openWorld()
  keyId = (await admin().call('CreateKey', { Policy: OPEN })).KeyMetadata.KeyId
})
afterAll(() => world?.close())

const usage = (KeyId = keyId, more: object = {}) => admin().call('KeyUsage', { KeyId, ...more })
const rows = (answer: Answer) =>
  answer.Rows.map((row: Answer) => [row.Principal.split('/').at(-1), row.Operation, row.Count]).sort()

describe('KeyUsage', () => {
  it('of a key that nobody used says since when that is known', async () => {
    const answer = await usage()
    expect(answer).toMatchObject({ LastUse: null, Rows: [], MoreRows: false, DataKeys: 0 })
    expect(answer.Days).toHaveLength(90)
    expect(answer.Days.at(-1)).toEqual({ Day: today(), Encrypt: 0, Decrypt: 0, Other: 0 })
    expect(answer.Since.getTime()).toBeLessThanOrEqual(Date.now())
  })

  it('counts every success at once: who, what, from where, with which material', async () => {
    const blob = await encrypt(keyId)
    const { KeyMaterialId } = await admin().call('Decrypt', { CiphertextBlob: blob })
    await admin().call('Decrypt', { CiphertextBlob: blob }, { address: '198.51.100.4' })
    await admin().call('GenerateDataKey', { KeyId: keyId, KeySpec: 'AES_256' })
    await admin().call('GenerateDataKeyPair', { KeyId: keyId, KeyPairSpec: 'ECC_NIST_P256' })
    await world.as('stranger').refusal('Decrypt', { CiphertextBlob: blob })
    await admin().call('DescribeKey', { KeyId: keyId })
    const answer = await usage()
    expect(rows(answer)).toEqual([
      ['admin', 'Decrypt', 1],
      ['admin', 'Decrypt', 1],
      ['admin', 'Encrypt', 1],
      ['admin', 'GenerateDataKey', 1],
      ['admin', 'GenerateDataKeyPair', 1],
    ])
    const sources = answer.Rows.filter((row: Answer) => row.Operation === 'Decrypt').map(
      (row: Answer) => row.Source,
    )
    expect(sources.sort()).toEqual(['192.0.2.7', '198.51.100.4'])
    expect(answer.Rows.every((row: Answer) => row.MaterialId === KeyMaterialId)).toBe(true)
    expect(answer.DataKeys).toBe(2)
    expect(answer.Days.at(-1)).toEqual({ Day: today(), Encrypt: 3, Decrypt: 2, Other: 0 })
  })

  it('names the event of the last use', async () => {
    const { LastUse } = await usage()
    expect(LastUse).toMatchObject({ Operation: 'GenerateDataKeyPair', Source: '192.0.2.7' })
    const { Event } = await admin().call('GetEvent', { EventId: LastUse.LastEventId })
    expect(Event).toMatchObject({ eventName: 'GenerateDataKeyPair', keyId })
  })

  it.each<[string, number, number]>([
    ['a day alone', 1, 1],
    ['a year', 365, 365],
  ])('tells %s where that is asked for', async (_, Days, length) => {
    const answer = await usage(keyId, { Days })
    expect(answer.Days).toHaveLength(length)
    expect(answer.DataKeys).toBe(2)
  })

  it('keeps the two sides of a ReEncrypt apart, each on its own key', async () => {
    const source = (await admin().call('CreateKey')).KeyMetadata.KeyId
    const target = (await admin().call('CreateKey')).KeyMetadata.KeyId
    const blob = await encrypt(source)
    await admin().call('ReEncrypt', { CiphertextBlob: blob, DestinationKeyId: target })
    expect(rows(await usage(source))).toEqual([
      ['admin', 'Encrypt', 1],
      ['admin', 'ReEncryptFrom', 1],
    ])
    const told = await usage(target)
    expect(rows(told)).toEqual([['admin', 'ReEncryptTo', 1]])
    expect(told.Days.at(-1)).toMatchObject({ Encrypt: 1, Decrypt: 0 })
  })

  it('is exact while two engines are asked at once, and is found by an alias', async () => {
    const { KeyId } = (await admin().call('CreateKey')).KeyMetadata
    await admin().call('CreateAlias', { AliasName: 'alias/busy', TargetKeyId: KeyId })
    const other = await world.another()
    const uses = Array.from({ length: 40 }, async () => {
      await encrypt(KeyId)
      await Promise.all([world.engine.services.sequencer.catchUp(), other.services.sequencer.catchUp()])
    })
    await Promise.all(uses)
    expect(rows(await usage('alias/busy'))).toEqual([['admin', 'Encrypt', 40]])
  })

  it('counts the members of a family each in its Region', async () => {
    const { KeyId } = (await admin().call('CreateKey', { MultiRegion: true })).KeyMetadata
    await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    await encrypt(KeyId)
    const there = await admin(OTHER_REGION).call('KeyUsage', { KeyId })
    expect([rows(await usage(KeyId)), rows(there)]).toEqual([[['admin', 'Encrypt', 1]], []])
  })

  it('is told of a key that waits for its deletion, and of one that is disabled', async () => {
    const { KeyId } = (await admin().call('CreateKey')).KeyMetadata
    await encrypt(KeyId)
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    expect(rows(await usage(KeyId))).toEqual([['admin', 'Encrypt', 1]])
  })

  it.each<[string, string, string, string]>([
    ['whoever may describe the key', 'bob', 'DescribeKey', ''],
    ['nobody who may not', 'stranger', '', 'AccessDeniedException'],
    ['nobody of another account, who may describe it', 'outsider', 'DescribeKey', 'AccessDeniedException'],
  ])('is for %s', async (_, who, allowed, code) => {
    const { Arn } = (await admin().call('CreateKey')).KeyMetadata
    const statement = (AWS: string, Action: string) => ({
      Effect: 'Allow',
      Principal: { AWS },
      Action,
      Resource: '*',
    })
    const policy = [statement('111122223333', 'kms:*')]
    if (allowed) policy.push(statement(world.as(who).principal.arn, `kms:${allowed}`))
    await admin().call('PutKeyPolicy', { KeyId: Arn, Policy: JSON.stringify({ Statement: policy }) })
    for (const operation of ['KeyUsage', 'KeyDependents']) {
      const asked = world.as(who)
      if (code) expect((await asked.refusal(operation, { KeyId: Arn })).code).toBe(code)
      else expect(await asked.call(operation, { KeyId: Arn })).toBeTruthy()
    }
  })
})

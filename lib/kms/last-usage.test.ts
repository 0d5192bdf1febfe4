/** When a key was last used, exactly (facts §2.27), and the condition key that goes by it (facts §8.6). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ACCOUNT, base64, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'
import { checkKeyQuota } from './key-quota.ts'

const DAY = 86_400_000
let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = (region?: string) => world.as('admin', region)
const newKey = async (input: object = {}) => (await admin().call('CreateKey', input)).KeyMetadata.KeyId
const usage = async (KeyId: string, region?: string) =>
  (await admin(region).call('GetKeyLastUsage', { KeyId })).KeyLastUsage
const encrypt = async (KeyId: string) => {
  const { CiphertextBlob } = await admin().call('Encrypt', { KeyId, Plaintext: base64('x') })
  return Buffer.from(CiphertextBlob).toString('base64')
}

it('says nothing of a key that was never used, and since when it would know', async () => {
  const KeyId = await newKey()
  await admin().call('DescribeKey', { KeyId })
  await world.as('bob').refusal('Encrypt', { KeyId, Plaintext: base64('x') })
  await admin().refusal('Decrypt', { KeyId, CiphertextBlob: base64('no ciphertext') })
  await admin().refusal('Encrypt', { KeyId, Plaintext: base64('x'), DryRun: true })
  const answer = await admin().call('GetKeyLastUsage', { KeyId })
  expect(answer).toEqual({
    KeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KeyId}`,
    TrackingStartDate: answer.KeyCreationDate,
    KeyCreationDate: expect.any(Date),
  })
})

it('says what used it, when, and by which event', async () => {
  const KeyId = await newKey()
  await encrypt(KeyId)
  const { record } = await world.lastEvent()
  expect(await usage(KeyId)).toEqual({
    Operation: 'Encrypt',
    Timestamp: expect.any(Date),
    CloudTrailEventId: record.eventID,
    KmsRequestId: record.requestID,
  })
})

it('counts ReEncrypt for both keys', async () => {
  const [from, to] = [await newKey(), await newKey()]
  const CiphertextBlob = await encrypt(from)
  await admin().call('ReEncrypt', { CiphertextBlob, DestinationKeyId: to })
  const [one, other] = [await usage(from), await usage(to)]
  expect(one.Operation).toBe('ReEncrypt')
  expect(other).toEqual(one)
})

it('keeps members of a multi-Region key apart', async () => {
  const KeyId = await newKey({ MultiRegion: true })
  await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
  await world.advance({ seconds: 1 })
  await encrypt(KeyId)
  expect(await usage(KeyId)).toMatchObject({ Operation: 'Encrypt' })
  expect(await usage(KeyId, OTHER_REGION)).toBeUndefined()
})

it('does not take the uses of a replica that is gone for those of the one made again under its id', async () => {
  const KeyId = await newKey({ MultiRegion: true })
  const replicate = () => admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
  await replicate()
  await world.advance({ seconds: 1 })
  await admin(OTHER_REGION).call('Encrypt', { KeyId, Plaintext: base64('x') })
  expect(await usage(KeyId, OTHER_REGION)).toMatchObject({ Operation: 'Encrypt' })
  await admin(OTHER_REGION).call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  await world.advance({ days: 8 })
  // As if these days had been real ones.
  await world.sql(`UPDATE audit.last_use SET ts = ts - interval '8 days' WHERE key_id = $1`, [KeyId])
  await world.sql('UPDATE keyhouse.clock SET offset_ms = offset_ms - $1', [8 * DAY])
  await world.engine.services.clock.refresh()
  await replicate()
  await world.advance({ seconds: 1 })
  expect(await usage(KeyId, OTHER_REGION)).toBeUndefined()
  await admin(OTHER_REGION).call('Encrypt', { KeyId, Plaintext: base64('x') })
  expect(await usage(KeyId, OTHER_REGION)).toMatchObject({ Operation: 'Encrypt' })
})

it('takes no alias, and is not for other accounts', async () => {
  const KeyId = await newKey()
  await admin().call('CreateAlias', { AliasName: 'alias/used', TargetKeyId: KeyId })
  expect((await admin().refusal('GetKeyLastUsage', { KeyId: 'alias/used' })).code).toBe('NotFoundException')
  const arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KeyId}`
  expect((await world.as('outsider').refusal('GetKeyLastUsage', { KeyId: arn })).code).toBe(
    'AccessDeniedException',
  )
})

it.each([
  ['DisableKey', {}],
  ['ScheduleKeyDeletion', { PendingWindowInDays: 7 }],
])('%s can be kept from keys that were used of late', async (operation, input) => {
  const KeyId = await newKey()
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'],
        Resource: '*',
        Condition: { NumericLessThan: { 'kms:TrailingDaysWithoutKeyUsage': '30' } },
      },
    ],
  }
  await admin().call('PutKeyPolicy', { KeyId, Policy: JSON.stringify(policy) })
  await encrypt(KeyId)
  expect((await admin().refusal(operation, { KeyId, ...input })).code).toBe('AccessDeniedException')
  // As if that had been forty days ago.
  await usage(KeyId)
  await world.sql('UPDATE audit.last_use SET ts = $1 WHERE key_id = $2', [
    new Date(Date.now() - 40 * DAY),
    KeyId,
  ])
  await admin().call(operation, { KeyId, ...input })
})

it('an account at its quota of keys makes no more', async () => {
  const place = { account: ACCOUNT, region: REGION }
  const [row] = await world.sql(
    `SELECT count(*)::int AS n FROM keyhouse.key WHERE account_id = $1 AND region = $2 AND manager = 'CUSTOMER'`,
    [ACCOUNT, REGION],
  )
  const { sql } = world.engine.services.database
  await checkKeyQuota(sql, place, row?.n + 1)
  await expect(checkKeyQuota(sql, place, row?.n)).rejects.toMatchObject({ code: 'LimitExceededException' })
  await checkKeyQuota(sql, { account: ACCOUNT, region: 'eu-central-1' }, 1)
})

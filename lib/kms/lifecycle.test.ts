/** Deletion: the waiting period, its end, and what is left (facts §12). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteDueKeys } from '#lib/jobs/deletion.ts'
import {
  ACCOUNT,
  allOperations,
  base64,
  OTHER_REGION,
  openWorld,
  REGION,
  type World,
} from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = (region?: string) => world.as('admin', region)
const create = async (input: object = {}): Promise<string> =>
  (await admin().call('CreateKey', input)).KeyMetadata.KeyId
const arnOf = (id: string, region = REGION) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`
const describeKey = async (KeyId: string, region?: string) =>
  (await admin(region).call('DescribeKey', { KeyId })).KeyMetadata
const encrypt = async (KeyId: string) => {
  const { CiphertextBlob } = await admin().call('Encrypt', { KeyId, Plaintext: base64('kept') })
  return Buffer.from(CiphertextBlob).toString('base64')
}
const count = async (table: string, id: string) =>
  (await world.sql(`SELECT count(*)::int AS n FROM keyhouse.${table} WHERE key_id = $1`, [id]))[0]?.n

it('keeps why a deletion was scheduled in its event', async () => {
  const KeyId = await create({})
  await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7, Reason: 'Moved to orders-2' })
  const events = await world.events('ScheduleKeyDeletion')
  expect(events.find((event) => event.requestParameters?.keyId === KeyId)).toMatchObject({
    requestParameters: { keyId: KeyId, pendingWindowInDays: 7 },
    additionalEventData: { reason: 'Moved to orders-2' },
  })
})

describe('a key whose waiting period is over', () => {
  it('is gone with everything that hung on it, and says so in the log', async () => {
    const KeyId = await create({ Description: 'old', Tags: [{ TagKey: 'team', TagValue: 'a' }] })
    await admin().call('CreateAlias', { AliasName: 'alias/old', TargetKeyId: KeyId })
    const blob = await encrypt(KeyId)
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.advance({ days: 6, hours: 23 })
    expect((await describeKey(KeyId)).KeyState).toBe('PendingDeletion')
    await world.advance({ hours: 2 })
    expect(await admin().refusal('DescribeKey', { KeyId })).toMatchObject({
      code: 'NotFoundException',
      message: `Key '${arnOf(KeyId)}' does not exist`,
    })
    const refusal = await admin().refusal('Decrypt', { CiphertextBlob: blob })
    expect(refusal.code).toBe('AccessDeniedException')
    expect(refusal.message).toContain('does not exist in this Region')
    for (const table of ['key_material', 'alias', 'key_tag']) expect(await count(table, KeyId)).toBe(0)
    const events = await world.events('DeleteKey')
    expect(events.filter((event) => event.serviceEventDetails.keyId === KeyId)).toMatchObject([
      {
        eventType: 'AwsServiceEvent',
        userIdentity: { invokedBy: 'AWS Internal' },
        resources: [{ ARN: arnOf(KeyId) }],
      },
    ])
  })

  it('leaves a tombstone for those who may describe keys, and its alias is free again', async () => {
    const KeyId = await create({ Description: 'remembered' })
    await admin().call('CreateAlias', { AliasName: 'alias/reused', TargetKeyId: KeyId })
    expect((await admin().refusal('GetDeletedKey', { KeyId })).code).toBe('NotFoundException')
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.advance({ days: 8 })
    expect(await admin().call('GetDeletedKey', { KeyId })).toMatchObject({
      KeyId,
      Arn: arnOf(KeyId),
      DeletedAt: expect.any(Date),
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Origin: 'AWS_KMS',
      MultiRegion: false,
      Description: 'remembered',
      Aliases: ['alias/reused'],
    })
    expect((await world.as('stranger').refusal('GetDeletedKey', { KeyId })).code).toBe(
      'AccessDeniedException',
    )
    const outside = await world.as('outsider').refusal('GetDeletedKey', { KeyId: arnOf(KeyId) })
    expect(outside.code).toBe('NotFoundException')
    const next = await create()
    await admin().call('CreateAlias', { AliasName: 'alias/reused', TargetKeyId: next })
    expect((await describeKey('alias/reused')).KeyId).toBe(next)
  })

  it('is deleted once, however many engines sweep', async () => {
    const second = await world.another()
    const KeyId = await create()
    const blob = await encrypt(KeyId)
    const caller = admin().caller
    const decrypt = allOperations.find((operation) => operation.name === 'Decrypt')!
    // The other engine holds the key and its opened material.
    await second.invoke(caller, decrypt, { CiphertextBlob: blob })
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.sql(
      `UPDATE keyhouse.clock SET offset_ms = offset_ms + $1, seen_at = seen_at + interval '8 days'`,
      [8 * 86_400_000],
    )
    for (const engine of [world.engine, second]) await engine.services.clock.refresh()
    const fault = (message: string, cause: unknown) => {
      throw new Error(message, { cause })
    }
    const deleted = await Promise.all(
      [world.engine, second, world.engine, second].map((engine) =>
        deleteDueKeys(engine.services, engine.writer, fault),
      ),
    )
    expect(deleted.reduce((sum, n) => sum + n)).toBe(1)
    const events = await world.events('DeleteKey')
    expect(events.filter((event) => event.serviceEventDetails.keyId === KeyId)).toHaveLength(1)
    await expect(second.invoke(caller, decrypt, { CiphertextBlob: blob })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('is there whole when its deletion was cut off, and goes the next time', async () => {
    const KeyId = await create()
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.sql(`CREATE FUNCTION keyhouse.cut() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'cut off'; END $$`)
    await world.sql(`CREATE TRIGGER cut BEFORE DELETE ON keyhouse.key EXECUTE FUNCTION keyhouse.cut()`)
    await expect(world.advance({ days: 8 })).rejects.toThrow(`key ${KeyId}`)
    expect((await describeKey(KeyId)).KeyState).toBe('PendingDeletion')
    expect(await count('key_material', KeyId)).toBe(1)
    expect((await admin().refusal('GetDeletedKey', { KeyId })).code).toBe('NotFoundException')
    await world.sql('DROP TRIGGER cut ON keyhouse.key')
    await world.engine.services.dueWork.sweep()
    expect((await admin().call('GetDeletedKey', { KeyId })).KeyId).toBe(KeyId)
  })

  it('that was called off in time is there, disabled', async () => {
    const KeyId = await create()
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await admin().call('CancelKeyDeletion', { KeyId })
    await world.advance({ days: 8 })
    const key = await describeKey(KeyId)
    expect(key.KeyState).toBe('Disabled')
    expect(key).not.toHaveProperty('DeletionDate')
  })

  it('that waits for its import waits again after it was called off', async () => {
    const KeyId = await create({ Origin: 'EXTERNAL' })
    await admin().call('ScheduleKeyDeletion', { KeyId })
    await admin().call('CancelKeyDeletion', { KeyId })
    expect((await describeKey(KeyId)).KeyState).toBe('PendingImport')
  })
})

describe('a primary with replicas', () => {
  async function family(): Promise<string> {
    const KeyId = await create({ MultiRegion: true })
    await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    await world.engine.services.dueWork.sweep()
    return KeyId
  }

  it('waits for them without a date, then for its own window', async () => {
    const KeyId = await family()
    const answer = await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 10 })
    expect(answer).toEqual({
      KeyId: arnOf(KeyId),
      KeyState: 'PendingReplicaDeletion',
      PendingWindowInDays: 10,
    })
    expect(await describeKey(KeyId)).toMatchObject({
      KeyState: 'PendingReplicaDeletion',
      PendingDeletionWindowInDays: 10,
    })
    // The replica can be used as before.
    await admin(OTHER_REGION).call('Encrypt', { KeyId, Plaintext: base64('still') })
    await world.advance({ days: 40 })
    expect((await describeKey(KeyId)).KeyState).toBe('PendingReplicaDeletion')
    await admin(OTHER_REGION).call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.advance({ days: 7, seconds: 1 })
    const after = await describeKey(KeyId)
    expect(after.KeyState).toBe('PendingDeletion')
    expect(after).not.toHaveProperty('PendingDeletionWindowInDays')
    expect(after.MultiRegionConfiguration.ReplicaKeys).toEqual([])
    const left = after.DeletionDate.getTime() - world.engine.services.clock.now().getTime()
    expect(Math.round(left / 86_400_000)).toBe(10)
    await world.advance({ days: 11 })
    expect((await admin().refusal('DescribeKey', { KeyId })).code).toBe('NotFoundException')
    const deleted = (await world.events('DeleteKey')).filter(
      (event) => event.serviceEventDetails.keyId === KeyId,
    )
    expect(deleted.map((event) => event.awsRegion)).toEqual([OTHER_REGION, REGION])
  })

  it('is saved while it waits for them', async () => {
    const KeyId = await family()
    await admin().call('ScheduleKeyDeletion', { KeyId })
    await admin().call('CancelKeyDeletion', { KeyId })
    const key = await describeKey(KeyId)
    expect(key.KeyState).toBe('Disabled')
    expect(key).not.toHaveProperty('PendingDeletionWindowInDays')
  })
})

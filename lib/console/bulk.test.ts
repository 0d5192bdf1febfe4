import { describe, expect, it } from 'vitest'
import { BATCH, type BulkDeed, BulkRequest, bulkCall, exclusion, sortKeys } from './bulk.ts'
import type { OutputOf } from './operations.ts'

type ListedKey = OutputOf<'SearchKeys'>['Keys'][number]
const REGION = 'eu-west-1'
const key = (part: Partial<ListedKey> = {}): ListedKey => ({
  id: '3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8',
  arn: 'arn:aws:kms:eu-west-1:111122223333:key/3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8',
  aliases: [],
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  primaryRegion: null,
  imported: null,
  description: '',
  lastUse: null,
  rotationEnabled: false,
  nextRotation: null,
  created: 0,
  deletionDate: null,
  tags: [],
  ...part,
})

describe('a key that a deed is left undone for', () => {
  it.each<[BulkDeed, Partial<ListedKey>, string]>([
    ['enable', { state: 'Enabled' }, 'enabled already'],
    ['enable', { state: 'PendingDeletion' }, 'pending deletion'],
    ['disable', { state: 'Disabled' }, 'disabled already'],
    ['disable', { state: 'PendingImport' }, 'without key material'],
    ['tag', { state: 'PendingDeletion' }, 'pending deletion'],
    ['rotationOn', { rotationEnabled: true }, 'rotating already'],
    ['rotationOn', { spec: 'RSA_2048' }, 'of a kind that has no automatic rotation'],
    ['rotationOn', { origin: 'EXTERNAL' }, 'of imported material, which is rotated on demand only'],
    ['rotationOn', { primaryRegion: 'us-east-1' }, 'replicas, whose primary keeps the schedule'],
    ['rotationOn', { state: 'Disabled' }, 'disabled'],
    ['rotationOff', {}, 'not rotating anyway'],
    ['scheduleDeletion', { state: 'PendingDeletion' }, 'pending deletion'],
    ['cancelDeletion', {}, 'not pending deletion'],
  ])('%s: %o are %s', (deed, part, reason) => {
    expect(exclusion(deed, key(part), REGION)).toBe(reason)
  })

  it.each<[BulkDeed, Partial<ListedKey>]>([
    ['enable', { state: 'Disabled' }],
    ['disable', {}],
    ['tag', { state: 'Disabled' }],
    ['rotationOn', { primaryRegion: REGION }],
    ['rotationOff', { rotationEnabled: true }],
    ['scheduleDeletion', { state: 'PendingImport' }],
    ['cancelDeletion', { state: 'PendingDeletion' }],
  ])('is none for %s: %o', (deed, part) => {
    expect(exclusion(deed, key(part), REGION)).toBeUndefined()
  })
})

it('counts what is left out by reason, most first', () => {
  const keys = (['Enabled', 'Disabled', 'PendingDeletion', 'PendingDeletion'] as const).map((state) =>
    key({ state }),
  )
  expect(sortKeys('disable', keys, REGION)).toMatchObject({
    eligible: [{ state: 'Enabled' }],
    excluded: [
      { reason: 'pending deletion', count: 2 },
      { reason: 'disabled already', count: 1 },
    ],
  })
})

it('asks in the words of the operations', () => {
  expect(bulkCall('tag', 'k', { tag: { key: 'team', value: 'pay' } })).toEqual({
    name: 'TagResource',
    input: { KeyId: 'k', Tags: [{ TagKey: 'team', TagValue: 'pay' }] },
  })
  expect(bulkCall('scheduleDeletion', 'k', { days: 7 })).toEqual({
    name: 'ScheduleKeyDeletion',
    input: { KeyId: 'k', PendingWindowInDays: 7 },
  })
})

it.each([
  ['no keys', { keys: [] }],
  ['more keys than a batch', { keys: Array.from({ length: BATCH + 1 }, () => 'k') }],
  ['another deed', { deed: 'forget' }],
  ['six days', { days: 6 }],
])('refuses a request of %s', (_, part) => {
  const good = { deed: 'disable', region: REGION, keys: ['k'] }
  expect(BulkRequest.safeParse(good).success).toBe(true)
  expect(BulkRequest.safeParse({ ...good, ...part }).success).toBe(false)
})

import { describe, expect, it } from 'vitest'
import { dueGroup, neverReason } from './rotation-due.ts'

const NOW = 1_800_000_000
const DAY = 86_400
const key = {
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  primaryRegion: null,
  rotationEnabled: true,
  nextRotation: NOW + 200 * DAY,
} as const
const here = 'eu-west-1'

describe('the list of rotations', () => {
  it.each([
    ['a date far away', key, 'later'],
    ['a date in 30 days', { ...key, nextRotation: NOW + 30 * DAY }, 'soon'],
    ['a date that has passed', { ...key, nextRotation: NOW - 1 }, 'overdue'],
    ['a schedule that is off', { ...key, rotationEnabled: false, nextRotation: null }, 'off'],
    ['a primary', { ...key, primaryRegion: here }, 'later'],
    ['a replica', { ...key, primaryRegion: 'us-east-1' }, 'never'],
    ['an imported key', { ...key, origin: 'EXTERNAL' }, 'never'],
    ['an RSA key', { ...key, spec: 'RSA_2048' }, 'never'],
  ] as const)('puts %s in its group', (_, listed, group) => {
    expect(dueGroup(listed, here, NOW)).toBe(group)
  })

  it('says where a replica’s schedule is', () => {
    expect(neverReason({ ...key, primaryRegion: 'us-east-1' }, here)).toBe(
      'Replica: rotates with its primary in us-east-1',
    )
    expect(neverReason(key, here)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import type { RotationEntry } from '#lib/console/outputs.ts'
import { materialKind } from './material-kind.ts'
import { materialsOf, onDemandLeft } from './materials.ts'

const key = { KeySpec: 'SYMMETRIC_DEFAULT', Origin: 'AWS_KMS', KeyManager: 'CUSTOMER' } as const
const member = (type: 'PRIMARY' | 'REPLICA') => ({
  MultiRegionConfiguration: {
    MultiRegionKeyType: type,
    PrimaryKey: { Arn: '', Region: 'eu-west-1' },
    ReplicaKeys: [],
  },
})

describe('the way a key has with its material', () => {
  it.each([
    ['a symmetric key', key, 'own'],
    ['a primary', { ...key, ...member('PRIMARY') }, 'own'],
    ['a replica', { ...key, ...member('REPLICA') }, 'replica'],
    ['a key of a service', { ...key, KeyManager: 'AWS' }, 'managed'],
    ['an imported key', { ...key, Origin: 'EXTERNAL' }, 'imported'],
    ['a replica of an imported key', { ...key, Origin: 'EXTERNAL', ...member('REPLICA') }, 'imported'],
    ['an RSA key', { ...key, KeySpec: 'RSA_2048' }, 'fixed'],
    ['an HMAC key', { ...key, KeySpec: 'HMAC_256' }, 'fixed'],
    ['an imported HMAC key', { ...key, KeySpec: 'HMAC_256', Origin: 'EXTERNAL' }, 'imported-fixed'],
  ] as const)('%s', (_, described, kind) => {
    expect(materialKind(described)).toBe(kind)
  })
})

const entry = (id: string, more: Partial<RotationEntry>): RotationEntry => ({
  KeyId: 'k',
  KeyMaterialId: id,
  KeyMaterialState: 'NON_CURRENT',
  ...more,
})

describe('the materials of a key', () => {
  const materials = materialsOf(
    [
      entry('waits', { KeyMaterialState: 'PENDING_ROTATION', ImportState: 'IMPORTED' }),
      entry('newest', { KeyMaterialState: 'CURRENT', RotationDate: 300, RotationType: 'ON_DEMAND' }),
      entry('first', {}),
      entry('second', { RotationDate: 200, RotationType: 'AUTOMATIC' }),
    ],
    100,
  )

  it('stand in the order in which they became current, the first as old as the key, what waits last', () => {
    expect(materials.map(({ id, from }) => [id, from])).toEqual([
      ['first', 100],
      ['second', 200],
      ['newest', 300],
      ['waits', undefined],
    ])
  })

  it('say how many on-demand rotations are left', () => {
    expect(onDemandLeft(materials)).toBe(24)
  })
})

import { describe, expect, it } from 'vitest'
import type { AccessMark } from '#lib/domain/access.ts'
import { accessChanges, losingRecentUse, sumOf } from './access-changes.ts'

const NOW = 1_800_000_000
const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`
const row = (name: string, marks: Record<string, AccessMark>, lastUsed: number | null = null) => ({
  PrincipalArn: user(name),
  Kind: 'user' as const,
  Group: 'users' as const,
  Cells: Object.fromEntries(
    Object.entries(marks).map(([action, Mark]) => [action, { Mark, Why: '', LastUsed: lastUsed }]),
  ),
  Steps: [],
})
const COLUMNS = ['Encrypt', 'Decrypt', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion']
const who = (...Rows: ReturnType<typeof row>[]) => ({
  ...{ KeyId: '', KeyArn: '', PolicyVersion: 1, At: NOW, WithoutPath: 0, Rows },
  Columns: COLUMNS.map((Action) => ({ Action, Part: 'use' as const })),
})
const difference = (name: string, cells: Record<string, [AccessMark, AccessMark]>) => ({
  PrincipalArn: user(name),
  Kind: 'user' as const,
  Cells: Object.fromEntries(
    Object.entries(cells).map(([action, [Before, After]]) => [action, { Before, After }]),
  ),
  Why: 'Draft: …',
})

describe('who gains and who loses', () => {
  it('has the columns that change, and always the policy and deletion', () => {
    const { columns } = accessChanges([difference('bob', { Decrypt: ['allowed', 'none'] })], who())
    expect(columns).toEqual(['Decrypt', 'PutKeyPolicy', 'ScheduleKeyDeletion'])
  })

  it.each([
    ['is gained from nothing', 'none', 'allowed', 'gained'],
    ['is gained under conditions too', 'denied', 'conditional', 'gained'],
    ['is lost to nothing', 'allowed', 'none', 'lost'],
    ['is lost to a denial', 'grant', 'denied', 'lost'],
    ['is changed between ways', 'allowed', 'conditional', 'changed'],
    ['is changed between refusals', 'none', 'denied', 'changed'],
  ] as const)('access %s', (_, before, after, kind) => {
    const { rows } = accessChanges([difference('bob', { Decrypt: [before, after] })], who())
    expect(rows[0]?.cells.Decrypt?.kind).toBe(kind)
  })

  it('keeps what a principal has besides, and lists those that stay after those that change', () => {
    const standing = who(
      row('alice', { PutKeyPolicy: 'allowed' }),
      row('bob', { PutKeyPolicy: 'denied' }),
      row('eve', {}),
    )
    const { rows } = accessChanges([difference('bob', { Decrypt: ['none', 'allowed'] })], standing)
    expect(rows.map(({ arn, changed }) => [arn, changed])).toEqual([
      [user('bob'), true],
      [user('alice'), false],
    ])
    expect(rows[0]?.cells.PutKeyPolicy).toEqual({ before: 'denied', after: 'denied', kind: 'kept' })
    expect(sumOf(rows[0]?.cells ?? {})).toBe('+1')
  })
})

describe('losing what was used within a day', () => {
  const lost = [difference('bob', { Decrypt: ['allowed', 'none'] })]
  it.each([
    ['is told by the matrix', [row('bob', { Decrypt: 'allowed' }, NOW - 60)], [], [user('bob')]],
    ['is nothing when the use is older', [row('bob', { Decrypt: 'allowed' }, NOW - 90_000)], [], []],
    ['is nothing when nothing was used', [row('bob', { Decrypt: 'allowed' })], [], []],
    ['is told by the log', [], [{ PrincipalArn: user('app'), LastAt: NOW - 60 }], [user('app')]],
    [
      'is told once',
      [row('bob', { Decrypt: 'allowed' }, NOW - 60)],
      [{ PrincipalArn: user('bob'), LastAt: NOW - 60 }],
      [user('bob')],
    ],
  ])('%s', (_, rows, replayed, wanted) => {
    expect(losingRecentUse(lost, who(...rows), replayed, NOW)).toEqual(wanted)
  })
})

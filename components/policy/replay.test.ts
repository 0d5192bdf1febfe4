import { describe, expect, it } from 'vitest'
import { parseFilter } from '#lib/domain/filter.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import { filterOf, type Replayed, withPage } from './replay.ts'

const BOB = 'arn:aws:iam::111122223333:user/bob'
const group = (Count: number, more: Partial<Replayed['lost'][number]> = {}) => ({
  ...{
    PrincipalArn: BOB,
    Action: 'kms:Decrypt',
    Count,
    LastAt: 100,
    LastEventId: 'e1',
    Sources: ['10.0.0.1'],
  },
  ...more,
})
const page = (Lost: ReturnType<typeof group>[], Skipped: Record<string, number> = {}) => ({
  ...{ Replayed: 10, Since: 1, Gained: [], Lost, Skipped },
})

describe('the pages of a replay', () => {
  const first = withPage(undefined, page([group(2)], { odd: 1 }))
  const both = withPage(
    first,
    page([group(3, { LastAt: 50, Sources: ['10.0.0.2'] }), group(9, { Action: 'kms:Encrypt' })], { odd: 2 }),
  )

  it('add up by who and what, the most calls first', () => {
    expect(both.lost.map(({ Action, Count }) => [Action, Count])).toEqual([
      ['kms:Encrypt', 9],
      ['kms:Decrypt', 5],
    ])
    expect(both).toMatchObject({ replayed: 20, skipped: { odd: 3 } })
  })

  it('keep the newest call and every source', () => {
    expect(both.lost[1]).toMatchObject({ LastAt: 100, Sources: ['10.0.0.1', '10.0.0.2'] })
  })
})

describe('the filter of a group’s events', () => {
  it.each([
    ['names a user', group(1), `key:k actor:"${BOB}" event:Decrypt outcome:ok`],
    [
      'names the sessions of a role',
      group(1, { PrincipalArn: 'arn:aws:iam::111122223333:role/team/app' }),
      'key:k actor:"arn:aws:sts::111122223333:assumed-role/app/"* event:Decrypt outcome:ok',
    ],
    [
      'names the call of an action',
      group(1, { Action: 'kms:ReEncryptFrom' }),
      `key:k actor:"${BOB}" event:ReEncrypt outcome:ok`,
    ],
  ])('%s', (_, one, wanted) => {
    const text = filterOf(one, 'k', 'ok')
    const plain = (filter: string) => filter.replaceAll('"', '')
    expect(plain(text)).toBe(plain(wanted))
    expect(parseFilter(text, AUDIT_FIELDS).faults).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { seriesOf, seriesWords, type UsageRow, usesOf } from './usage.ts'

const row = (change: Partial<UsageRow>): UsageRow => ({
  Principal: 'arn:aws:iam::111122223333:user/bob',
  Operation: 'Decrypt',
  Source: '10.4.2.9',
  MaterialId: 'a',
  Count: 1,
  Last: 100,
  LastEventId: 'first',
  ...change,
})

describe('uses of a key', () => {
  it.each([
    ['those of two materials are one', [row({}), row({ MaterialId: 'b', Count: 4 })], ['Decrypt 10.4.2.9 5']],
    [
      'operations and sources are told apart',
      [row({}), row({ Operation: 'Encrypt' }), row({ Source: '10.4.2.10' })],
      ['Decrypt 10.4.2.9 1', 'Encrypt 10.4.2.9 1', 'Decrypt 10.4.2.10 1'],
    ],
    [
      'the newest stands first',
      [row({}), row({ Operation: 'Encrypt', Last: 200 })],
      ['Encrypt 10.4.2.9 1', 'Decrypt 10.4.2.9 1'],
    ],
  ])('%s', (_, rows, expected) => {
    const told = usesOf(rows, { bySource: true }).map((use) => `${use.Operation} ${use.Source} ${use.Count}`)
    expect(told).toEqual(expected)
  })

  it('without their sources they are one, with the newest event', () => {
    const rows = [row({ Last: 300, LastEventId: 'newest' }), row({ Source: '::1', Count: 2 })]
    expect(usesOf(rows, { bySource: false })).toEqual([
      {
        Principal: row({}).Principal,
        Operation: 'Decrypt',
        Source: '',
        Count: 3,
        Last: 300,
        LastEventId: 'newest',
      },
    ])
  })
})

describe('the strip of days', () => {
  const days = [
    { Day: '2026-11-02', Encrypt: 0, Decrypt: 3, Other: 0 },
    { Day: '2026-11-03', Encrypt: 0, Decrypt: 8, Other: 0 },
    { Day: '2026-11-04', Encrypt: 0, Decrypt: 0, Other: 0 },
  ]
  it('says in words what it draws', () => {
    expect(seriesOf('ENCRYPT_DECRYPT', days).map((series) => seriesWords(series, days))).toEqual([
      'Encrypt: none in 3 days.',
      'Decrypt: 11 times on 2 of 3 days, most on 3 November 2026 (8).',
    ])
  })
  it('has one line for keys that do not encrypt', () => {
    expect(seriesOf('SIGN_VERIFY', days).map(({ label }) => label)).toEqual(['Use'])
  })
})

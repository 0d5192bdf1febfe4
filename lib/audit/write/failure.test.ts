import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import { openCounters, ranges } from './counters.ts'
import { failureKind, NotSent } from './failure.ts'

let log: TestLog
beforeAll(async () => {
  log = await openTestLog()
})
afterAll(() => log.close())

it.each([
  ['53100', 'a full disk', 'refused'],
  ['25006', 'a database that is read-only', 'refused'],
  ['57014', 'a statement out of time', 'refused'],
  ['42501', 'a missing right', 'refused'],
  ['23514', 'a day without a partition', 'no-partition'],
  ['23505', 'an id that is there already', 'bad-row'],
  ['22P02', 'text that is no JSON', 'bad-row'],
  ['40P01', 'a deadlock', 'again'],
  ['57P01', 'a shutdown, perhaps after the commit', 'unknown'],
  ['58030', 'a disk that fails', 'unknown'],
  ['XX001', 'a damaged page', 'unknown'],
])('SQLSTATE %s, %s: %s', async (state, _, kind) => {
  const failed = log.sql(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${state}'; END $$`)
  expect(failureKind(await failed.catch((error: unknown) => error))).toBe(kind)
})

it('knows what was never sent from what may have arrived', () => {
  expect(failureKind(new NotSent('no connection'))).toBe('refused')
  expect(failureKind(new Error('Connection terminated unexpectedly'))).toBe('unknown')
})

it('counts on, uses returned numbers first, and never those that are lost', () => {
  const counters = openCounters()
  expect(counters.take(5)).toEqual([1, 2, 3, 4, 5])
  counters.giveBack([4, 2])
  counters.lose([3])
  expect(counters.take(3)).toEqual([2, 4, 6])
  counters.giveBack([6])
  expect(counters.undeclared(false)).toEqual({ lost: [3], unused: [] })
  expect(counters.undeclared(true)).toEqual({ lost: [], unused: [6] })
  expect(counters.take(1)).toEqual([7])
})

it.each([
  [[], []],
  [[7], [[7, 7]]],
  [
    [1, 2, 3, 7, 9, 10],
    [
      [1, 3],
      [7, 7],
      [9, 10],
    ],
  ],
])('%j in ranges is %j', (numbers, expected) => {
  expect(ranges(numbers)).toEqual(expected)
})

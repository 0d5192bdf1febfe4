import { expect, it } from 'vitest'
import { deletionFact, keyTitle, rotationWords, stateSentence } from './key-words.ts'

const now = new Date('2026-11-24T12:00:00Z')
const DAY = 86_400
const at = (days: number) => now.getTime() / 1000 + days * DAY
const key = {
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  rotationEnabled: true,
  nextRotation: at(212),
} as const

it.each([
  ['a schedule', key, 'In 212 days'],
  ['a schedule that began a moment ago', { ...key, nextRotation: at(365) - 5 }, 'In 365 days'],
  ['a schedule that comes up today', { ...key, nextRotation: at(5 / 24) }, 'In 5 h'],
  ['a schedule that is due', { ...key, nextRotation: at(-1) }, 'Due now'],
  ['no schedule', { ...key, rotationEnabled: false }, 'Off'],
  ['a disabled key', { ...key, state: 'Disabled' as const }, 'Paused'],
  ['a kind of key that never rotates', { ...key, spec: 'RSA_2048' as const }, '—'],
])('rotation of %s', (_, rotating, words) => {
  expect(rotationWords(rotating, now)).toBe(words)
})

it.each([
  ['exactly seven days, by a clock that lags a little', at(7) + 15, '7 d left'],
  ['six and a half days', at(6.5), '7 d left'],
  ['an hour', at(1 / 24), '1 d left'],
  ['no deletion', undefined, undefined],
])('days left: %s', (_, date, words) => {
  expect(deletionFact(date, now)).toBe(words)
})

it('says what a state means, and nothing where all is well', () => {
  expect(stateSentence('Enabled', undefined, now)).toBeUndefined()
  expect(stateSentence('PendingDeletion', at(28), now)).toBe(
    'Cannot be used. It is deleted on 22 December 2026, in 28 days.',
  )
  expect(stateSentence('PendingReplicaDeletion', undefined, now, 2)).toBe(
    'Cannot be used. Its waiting period begins when its 2 replicas are deleted.',
  )
})

it('calls a key without an alias by the beginning of its id', () => {
  expect(keyTitle('3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8', undefined)).toBe('key 3f81c2d4')
})

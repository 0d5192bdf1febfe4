import { expect, it } from 'vitest'
import { isRunning, type Watch, worthTelling } from './watches.ts'

const DAY = 86_400
const NOW = 1000 * DAY
const watch = (change: Partial<Watch>): Watch => ({
  Id: 'w',
  KeyId: 'k',
  Region: 'eu-west-1',
  Alias: null,
  StartedAt: NOW - 10 * DAY,
  StartedBy: 'arn:aws:iam::111122223333:user/alice',
  EndsAt: NOW + DAY,
  StoppedAt: null,
  Refused: 0,
  Principals: [],
  ...change,
})

it.each([
  ['runs', {}, true, true],
  ['is over since yesterday', { EndsAt: NOW - DAY }, false, true],
  ['is over for long', { EndsAt: NOW - 40 * DAY }, false, false],
  ['was stopped', { StoppedAt: NOW - DAY }, false, false],
])('a watch that %s', (_, change, running, told) => {
  expect([isRunning(watch(change), NOW), worthTelling(watch(change), NOW)]).toEqual([running, told])
})

import { expect, it } from 'vitest'
import { shortestOf } from './window.ts'

it.each([
  ['no policy asks for more', () => true, 7],
  ['policies ask for 14', (days: number) => days >= 14, 14],
  ['policies ask for 30', (days: number) => days >= 30, 30],
  ['policies ask for 8', (days: number) => days >= 8, 8],
  ['nothing would be allowed', () => false, 7],
  ['it cannot be asked', () => undefined, 7],
] as const)('the shortest waiting period when %s', async (_, allowed, days) => {
  expect(await shortestOf(async (asked) => allowed(asked))).toBe(days)
})

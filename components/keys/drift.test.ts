import { expect, it } from 'vitest'
import { driftOf, listText } from './drift.ts'

it.each([
  ['the same in each', ['a', 'a'], 'alike'],
  ['another in one', ['a', 'a', 'b'], 'differs'],
  ['nothing against something', ['', 'a'], 'differs'],
  ['one that can’t be read', ['a', undefined], 'unknown'],
  ['one that can’t be read beside two that differ', ['a', undefined, 'b'], 'differs'],
])('%s', (_, values, expected) => {
  expect(driftOf(values)).toBe(expected)
})

it('does not mind the order of a list', () => {
  expect(driftOf([listText(['a=1', 'b=2']), listText(['b=2', 'a=1'])])).toBe('alike')
})

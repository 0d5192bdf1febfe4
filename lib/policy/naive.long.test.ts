/** As naive.test.ts, about a hundred thousand others. */
import { expect, it } from 'vitest'
import { compare } from './testing-comparison.ts'

it.each([0, 1, 2, 3])(
  'two evaluators agree about 25,000 random policies and requests (%i)',
  (part) => {
    expect(compare(100_000 + part * 25_000, 25_000).disagreements).toEqual([])
  },
  300_000,
)

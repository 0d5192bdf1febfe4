import { describe, expect, it } from 'vitest'
import { gapsOf, rowsOf } from './virtual-rows.ts'

const HEIGHT = 34
const range = { startIndex: 100, endIndex: 120, overscan: 10, count: 1000 }
const placed = (indexes: readonly number[]) =>
  indexes.map((index) => ({ start: index * HEIGHT, end: (index + 1) * HEIGHT }))

describe('the rows that are rendered', () => {
  it.each([
    ['are those in sight and ten on either side', undefined, 90, 130, 41],
    ['begin with a kept row above', 3, 3, 130, 42],
    ['end with a kept row below', 700, 90, 700, 42],
    ['have a kept row in sight once', 110, 90, 130, 41],
    ['leave out a kept row that is gone', 1000, 90, 130, 41],
  ])('%s', (_, keep, first, last, length) => {
    const rows = rowsOf(range, keep)
    expect([rows[0], rows.at(-1), rows.length]).toEqual([first, last, length])
    expect(new Set(rows).size).toBe(rows.length)
  })
})

describe('the room of rows that are left out', () => {
  it.each([
    ['is above and below', undefined],
    ['is also between a kept row above and those in sight', 3],
    ['is also between those in sight and a kept row below', 700],
  ])('%s', (_, keep) => {
    const items = placed(rowsOf(range, keep))
    const { gaps, after } = gapsOf(items, range.count * HEIGHT)
    let top = 0
    // Drawn one under the other, every row stands where its index says.
    for (const [at, item] of items.entries()) {
      top += gaps[at] ?? 0
      expect(top).toBe(item.start)
      top += HEIGHT
    }
    expect(top + after).toBe(range.count * HEIGHT)
  })

  it('is nothing without rows', () => {
    expect(gapsOf([], 0)).toEqual({ gaps: [], after: 0 })
  })
})

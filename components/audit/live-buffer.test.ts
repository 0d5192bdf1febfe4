import { describe, expect, it } from 'vitest'
import type { EventRow } from './events-query.ts'
import { EMPTY_BUFFER, type LiveBuffer, paceOf, released, taken, ticked } from './live-buffer.ts'

// Of an event only its id matters here.
const row = (id: number) => ({ id: String(id) }) as EventRow
const batch = (ids: number[], Count = ids.length, OneIn = 1) => ({
  Events: ids.map(row),
  Count,
  OneIn,
  Last: 0,
})
const ids = (rows: LiveBuffer['rows']) => rows.map(({ id }) => Number(id))

describe('rows of a live tail', () => {
  it('are shown newest first as they come', () => {
    const buffer = taken(taken(EMPTY_BUFFER, batch([2, 1]), false), batch([4, 3]), false)
    expect(ids(buffer.rows)).toEqual([4, 3, 2, 1])
    expect(buffer).toMatchObject({ waiting: 0, matched: 4 })
  })

  it('wait while the list is held, and are counted exactly where only a sample came', () => {
    const buffer = taken(taken(EMPTY_BUFFER, batch([1]), false), batch([9, 5], 47, 32), true)
    expect(ids(buffer.rows)).toEqual([1])
    expect(buffer).toMatchObject({ waiting: 47, matched: 48 })
  })

  it('wait behind those that wait, though nothing holds the list any more', () => {
    const held = taken(EMPTY_BUFFER, batch([1]), true)
    const buffer = taken(held, batch([2]), false)
    expect({ rows: ids(buffer.rows), waiting: buffer.waiting }).toEqual({ rows: [], waiting: 2 })
    expect(ids(released(buffer).rows)).toEqual([2, 1])
  })

  it('are there once, though a stream that broke sends some of them again', () => {
    const buffer = taken(taken(EMPTY_BUFFER, batch([2, 1]), false), batch([3, 2]), false)
    expect(ids(buffer.rows)).toEqual([3, 2, 1])
  })

  it('are a thousand at most', () => {
    let buffer = EMPTY_BUFFER
    for (let i = 0; i < 12; i++)
      buffer = taken(buffer, batch(Array.from({ length: 100 }, (_, at) => i * 100 + 99 - at)), false)
    expect(buffer.rows).toHaveLength(1000)
    expect(ids(buffer.rows)[0]).toBe(1199)
    expect(buffer.matched).toBe(1200)
  })
})

describe('the pace of a live tail', () => {
  const after = (...counts: readonly (readonly [count: number, oneIn: number])[]) =>
    counts.reduce(
      (buffer, [count, oneIn]) => ticked(taken(buffer, batch([], count, oneIn), false)),
      EMPTY_BUFFER,
    )

  it.each([
    ['of a log where nothing happens', [], { rate: 0, oneIn: 1 }],
    ['of its first second', [[40, 1]], { rate: 40, oneIn: 1 }],
    [
      'over five seconds',
      [
        [9000, 32],
        [100, 1],
        [100, 1],
        [100, 1],
        [100, 1],
        [100, 1],
      ],
      { rate: 100, oneIn: 1 },
    ],
    [
      'with the sparsest sample of them',
      [
        [1240, 8],
        [10, 1],
      ],
      { rate: 625, oneIn: 8 },
    ],
  ] as const)('%s', (_, counts, expected) => {
    expect(paceOf(after(...counts))).toEqual(expected)
  })
})

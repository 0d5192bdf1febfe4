import { describe, expect, it } from 'vitest'
import { placeIn } from './place-in.ts'

describe('a place as somebody types it', () => {
  it.each<[string, number | undefined]>([
    ['0', 0],
    [' 9140 ', 9140],
    ['9,140', 9140],
    ['#9,140', 9140],
    ['10000', 10_000],
    ['10001', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['9'.repeat(20), undefined],
  ])('%s', (text, place) => {
    expect(placeIn(text, 10_000)).toBe(place)
  })
})

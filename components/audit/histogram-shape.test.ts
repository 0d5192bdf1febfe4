import { describe, expect, it } from 'vitest'
import {
  type Bucket,
  barAt,
  barsOf,
  countWords,
  edgeOf,
  type Histogram,
  momentWords,
  stretchOfBars,
  sumOf,
} from './histogram-shape.ts'

const START = Date.UTC(2026, 11, 22, 8) / 1000
const bucket = (at: number, counts: Partial<Bucket> = {}): Bucket => ({
  At: START + at,
  Ok: 0,
  Denied: 0,
  Error: 0,
  ...counts,
})
const buckets = [bucket(-30, { Ok: 8 }), bucket(30), bucket(90, { Ok: 1, Denied: 1, Error: 1 })]
const histogram: Histogram = {
  From: START,
  To: START + 140,
  StepSeconds: 60,
  Buckets: buckets,
  Exact: true,
  SearchedFrom: null,
}

it('stacks the outcomes of a bar from below, each of them to be seen', () => {
  const [first, second, third] = barsOf(buckets, 300, 48)
  expect(first?.parts).toEqual([{ series: 'Ok', y: 4, height: 44 }])
  expect(second?.parts).toEqual([])
  expect(third?.parts.map(({ series }) => series)).toEqual(['Ok', 'Error', 'Denied'])
  expect(Math.min(...(third?.parts.map(({ height }) => height) ?? []))).toBeGreaterThanOrEqual(2)
})

it.each([
  ['the left edge', 0, 0],
  ['within the second', 150, 1],
  ['the right edge', 300, 2],
  ['beyond the drawing', 999, 2],
  ['before it', -5, 0],
])('finds the bar at %s', (_, x, index) => {
  expect(barAt(x, 300, 3)).toBe(index)
})

it('cuts the first and the last bar where the range ends', () => {
  expect(stretchOfBars(histogram, 0, 0)).toEqual({
    from: new Date(START * 1000),
    to: new Date((START + 30) * 1000),
  })
  expect(edgeOf(histogram, 3)).toEqual(new Date((START + 140) * 1000))
})

it.each([
  ['some of each', buckets[2], '1 OK, 1 error, 1 denied'],
  ['none', buckets[1], 'no events'],
])('says %s', (_, one, words) => {
  expect(countWords(one as Bucket)).toBe(words)
})

it('adds bars up', () => {
  expect(sumOf(buckets, 0, 2)).toMatchObject({ Ok: 9, Denied: 1, Error: 1 })
})

describe('a moment', () => {
  const at = new Date((START + 61) * 1000)
  it.each([
    ['of minutes', histogram, '08:01'],
    ['of seconds', { ...histogram, StepSeconds: 5 }, '08:01:01'],
    ['of several days', { ...histogram, To: START + 200_000, StepSeconds: 3600 }, '22 Dec, 08:01'],
    ['of many days', { ...histogram, To: START + 9_000_000, StepSeconds: 86_400 }, '22 Dec'],
  ])('%s', (_, of, words) => {
    expect(momentWords(at, of, 'UTC')).toBe(words)
  })
})

import { describe, expect, it } from 'vitest'
import { estimateSentence } from './export-estimate.ts'

const OPEN = { from: null, to: null }
const DAY = { from: new Date('2026-11-01'), to: new Date('2026-11-24') }

describe('what an export would be', () => {
  it.each([
    ['before it is known', undefined, OPEN, 'Counting…'],
    [
      'of nothing',
      { Count: 0, CountIsExact: true },
      OPEN,
      'No event matches. The file would hold nothing but what it says of itself.',
    ],
    ['of one event', { Count: 1, CountIsExact: true }, OPEN, '1 event, about 1.4 kB.'],
    ['of many', { Count: 12_408, CountIsExact: true }, OPEN, '12,408 events, about 17 MB.'],
    [
      'of more than were counted',
      { Count: 10_000, CountIsExact: false },
      OPEN,
      'More than 10,000 events, more than about 14 MB.',
    ],
    [
      'of more than a file has',
      { Count: 2_500_000, CountIsExact: true },
      DAY,
      '2,500,000 events, about 3.5 GB. A file has at most 1,000,000 events: split the range, in 3 parts or more.',
    ],
  ])('%s', (_, total, range, expected) => {
    expect(estimateSentence(total, 'json', range)).toBe(expected)
  })
})

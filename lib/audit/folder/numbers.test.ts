/** Which numbers of engines are missing in an export. */
import { describe, expect, it } from 'vitest'
import { declaration } from '../record/declaration.ts'
import type { ExportedEvent } from './event-line.ts'
import { newNumbers } from './numbers.ts'

const ENGINE = '0b3c8f1e-0000-4000-8000-000000000001'
const OTHER = '0b3c8f1e-0000-4000-8000-000000000002'

const event = (index: number, counter: number, some: Partial<ExportedEvent> = {}): ExportedEvent => ({
  index,
  id: `event-${index}`,
  time: new Date(index * 1000).toISOString(),
  account: '111122223333',
  region: 'eu-west-1',
  keyId: null,
  engineId: ENGINE,
  stream: 'batch',
  counter: String(counter),
  record: '{}',
  decision: null,
  context: null,
  ...some,
})

const declares = (index: number, counter: number, numbers: { lost: number[]; unused: number[] }) => {
  const { body } = declaration(ENGINE, numbers, { account: '0', region: 'global', now: 0 })
  return event(index, counter, { record: body.toString() })
}

function gapsOf(events: readonly ExportedEvent[], fromStart = true) {
  const numbers = newNumbers()
  for (const one of events) expect(numbers.take(one)).toBe(true)
  return numbers.gaps(fromStart).map(({ stream, first, last, index }) => [stream, first, last, index])
}

describe('no gap is', () => {
  it.each([
    ['a count in order', [event(0, 1), event(1, 2), event(2, 3)]],
    ['a count out of order', [event(0, 3), event(1, 1), event(2, 4), event(3, 2)]],
    [
      'each of two streams and two engines',
      [event(0, 1), event(1, 1, { stream: 'change' }), event(2, 1, { engineId: OTHER })],
    ],
    [
      'a number that was declared later',
      [event(0, 1), event(1, 3), declares(2, 4, { lost: [2], unused: [] })],
    ],
    ['some of either kind', [event(0, 1), event(1, 6), declares(2, 7, { lost: [2, 4], unused: [3, 5] })]],
  ])('%s', (_, events) => {
    expect(gapsOf(events)).toEqual([])
  })

  it('what comes before an export that begins later', () => {
    expect(gapsOf([event(90, 41), event(91, 42)], false)).toEqual([])
  })
})

describe('a gap is', () => {
  it.each([
    ['a number in the middle', [event(0, 1), event(1, 4), event(2, 5)], [['batch', 2, 3, 1]]],
    ['the first number', [event(0, 2)], [['batch', 1, 1, 0]]],
    [
      'what is left of declared numbers',
      [event(0, 1), event(1, 6), declares(2, 7, { lost: [2, 5], unused: [] })],
      [['batch', 3, 4, 1]],
    ],
    [
      'a number of another engine’s declaration',
      [
        event(0, 1, { engineId: OTHER }),
        event(1, 3, { engineId: OTHER }),
        declares(2, 1, { lost: [2], unused: [] }),
      ],
      [['batch', 2, 2, 1]],
    ],
    [
      'a change that was declared: changes are never lost',
      [event(0, 2, { stream: 'change' }), declares(1, 1, { lost: [1], unused: [] })],
      [['change', 1, 1, 0]],
    ],
    ['the number below the lowest that came late', [event(0, 9), event(1, 8)], [['batch', 1, 7, 1]]],
  ])('%s', (_, events, gaps) => {
    expect(gapsOf(events)).toEqual(gaps)
  })

  it('not a number that is there twice: that is said of the second', () => {
    const numbers = newNumbers()
    expect([event(0, 1), event(1, 2), event(2, 1)].map(numbers.take)).toEqual([true, true, false])
  })
})

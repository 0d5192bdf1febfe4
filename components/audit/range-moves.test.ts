import { describe, expect, it } from 'vitest'
import { boundsOf } from './range.ts'
import { earlier, later, type Stretch, stretchOf, zoomedIn, zoomedOut } from './range-moves.ts'

const at = new Date('2026-12-22T14:00:00Z')
const on = (clock: string) => new Date(`2026-12-22T${clock}:00Z`)
const between = (from: string, to: string): Stretch => ({ from: on(from), to: on(to) })
const range = (from: string, to: string) => ({ last: null, from: on(from), to: on(to) })
const preset = (last: string) => ({ last, from: null, to: null })

describe('from a stretch of time', () => {
  it.each([
    ['to the one before it', earlier(between('13:00', '14:00'), at), range('12:00', '13:00')],
    ['to the one after it', later(between('11:00', '12:00'), at), range('12:00', '13:00')],
    ['never beyond the present', later(between('12:30', '13:30'), at), preset('1h')],
    [
      'never beyond the present, whatever its width',
      later(between('13:00', '13:59'), at),
      range('13:01', '14:00'),
    ],
    ['to twice as much about its middle', zoomedOut(between('11:00', '12:00'), at), range('10:30', '12:30')],
    ['to twice as much that ends now', zoomedOut(between('11:00', '14:00'), at), preset('6h')],
    ['to its middle half', zoomedIn(between('10:00', '12:00')), range('10:30', '11:30')],
  ])('%s', (_, moved, expected) => {
    expect(moved).toEqual(expected)
  })

  it('no closer than a second', () => {
    const second = { from: at, to: new Date(at.getTime() + 1000) }
    expect(zoomedIn(second)).toEqual({ last: null, ...second })
  })
})

describe('the stretch of a range', () => {
  const all = boundsOf({ last: 'all', from: null, to: null }, at)
  it.each([
    ['of two moments', between('10:00', '11:00'), undefined, between('10:00', '11:00')],
    [
      'of a preset ends now',
      boundsOf({ last: '1h', from: null, to: null }, at),
      undefined,
      between('13:00', '14:00'),
    ],
    ['of all time is what was found', all, between('08:00', '13:30'), between('08:00', '13:30')],
    ['of all time is unknown before', all, undefined, undefined],
    ['that ends before it begins is none', between('11:00', '10:00'), undefined, undefined],
  ])('%s', (_, bounds, found, expected) => {
    expect(stretchOf(bounds, found, at)).toEqual(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { boundsOf, parseMoment, presetCovering, printMoment, rangeFault, rangeLabel } from './range.ts'

const at = new Date('2026-12-22T14:07:31.204Z')
const iso = (moment: Date | null | undefined) => moment?.toISOString()

describe('a typed moment', () => {
  it.each([
    ['now', '2026-12-22T14:07:31.204Z'],
    ['now-3h', '2026-12-22T11:07:31.204Z'],
    ['now - 90 min', '2026-12-22T12:37:31.204Z'],
    ['now-2d', '2026-12-20T14:07:31.204Z'],
    ['14:05', '2026-12-22T14:05:00.000Z'],
    ['9:05:30', '2026-12-22T09:05:30.000Z'],
    ['2026-12-21', '2026-12-21T00:00:00.000Z'],
    ['2026-12-21 08:00:05', '2026-12-21T08:00:05.000Z'],
    ['2026-12-21T08:00:00.250Z', '2026-12-21T08:00:00.250Z'],
    ['2026-12-21T08:00:00+02:00', '2026-12-21T06:00:00.000Z'],
  ])('%s', (text, moment) => {
    expect(iso(parseMoment(text, at))).toBe(moment)
  })

  it.each(['', 'yesterday', '25:00', '2026-13-01', 'now+1h', '2026-12-21 8'])('refuses %j', (text) => {
    expect(parseMoment(text, at)).toBeUndefined()
  })
})

describe('a range', () => {
  const none = { last: null, from: null, to: null }
  it.each([
    ['nothing said: six hours, open at its end', none, '2026-12-22T08:07:31.204Z', undefined],
    ['a preset', { ...none, last: '7d' }, '2026-12-15T14:07:31.204Z', undefined],
    ['all time', { ...none, last: 'all' }, undefined, undefined],
    [
      'two moments',
      { ...none, from: new Date(1000), to: new Date(2000) },
      iso(new Date(1000)),
      iso(new Date(2000)),
    ],
    ['only an end', { ...none, to: new Date(2000) }, undefined, iso(new Date(2000))],
  ] as const)('%s', (_, range, from, to) => {
    const bounds = boundsOf(range, at)
    expect([iso(bounds.from), iso(bounds.to)]).toEqual([from, to])
  })

  it.each([
    ['a minute ago', 60_000, '6h'],
    ['seven hours ago', 7 * 3_600_000, '24h'],
    ['eighty days ago', 80 * 86_400_000, '90d'],
    ['a year ago', 365 * 86_400_000, 'all'],
  ])('an event of %s is reached by the shortest preset', (_, ago, preset) => {
    expect(presetCovering(new Date(at.getTime() - ago), at)).toBe(preset)
  })

  it('is named as it is read', () => {
    expect(rangeLabel(none)).toBe('Last 6 hours')
    const from = new Date('2026-12-22T08:07:00Z')
    expect(rangeLabel({ ...none, from, to: at })).toBe('2026-12-22 08:07 – 14:07:31.204 UTC')
    expect(rangeLabel({ ...none, from })).toBe('Since 2026-12-22 08:07 UTC')
  })
})

describe('a zone of one’s own', () => {
  it.each(['2026-12-21 08:00:05', '2026-12-21 08:00'])('reads %s as it prints it', (text) => {
    expect(printMoment(parseMoment(text, at, 'local') ?? null, 'local')).toBe(text)
  })
  it('reads a time of day as one of today, there', () => {
    const moment = parseMoment('09:05', at, 'local')
    expect([moment?.getHours(), moment?.getMinutes(), moment?.getDate()]).toEqual([9, 5, at.getDate()])
  })
  it('leaves a zone that is written', () => {
    expect(iso(parseMoment('2026-12-21T08:00:00+02:00', at, 'local'))).toBe('2026-12-21T06:00:00.000Z')
  })
})

describe('an impossible range', () => {
  const from = new Date('2026-12-22T10:00:00Z')
  const to = new Date('2026-12-22T11:00:00Z')
  it.each([
    ['ends before it begins', { from: to, to: from }, /before the end/],
    ['is empty', { from, to: from }, /before the end/],
    ['begins in the future', { from: new Date(at.getTime() + 1), to: null }, /in the future/],
  ])('%s', (_, bounds, fault) => {
    expect(rangeFault(bounds, at)).toMatch(fault)
  })
  it.each([[{ from, to }], [{ from, to: null }], [{ from: null, to: null }]])(
    'is not one such as %j',
    (bounds) => {
      expect(rangeFault(bounds, at)).toBeUndefined()
    },
  )
})

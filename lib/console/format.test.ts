import { describe, expect, it } from 'vitest'
import {
  count,
  daysLeft,
  formatClock,
  formatDate,
  formatMoment,
  formatRelative,
  middle,
  principalLabel,
  shortId,
  toDate,
} from './format.ts'

const now = new Date('2026-11-24T14:07:31.204Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('a time from now', () => {
  it.each([
    ['this moment', ago(0), 'now'],
    ['seconds', ago(12), '12 s ago'],
    ['minutes, rounded down', ago(299), '4 min ago'],
    ['hours', ago(6 * 3600), '6 h ago'],
    ['one day', ago(86_400), '1 day ago'],
    ['days', ago(41 * 86_400), '41 days ago'],
    ['what is to come', ago(-212 * 86_400), 'in 212 days'],
  ])('%s', (_, moment, text) => {
    expect(formatRelative(moment, now)).toBe(text)
  })
})

describe('what is written out', () => {
  it.each([
    ['a date', formatDate(now), '24 November 2026'],
    ['a time of the log', formatClock(now), '14:07:31.204'],
    ['a moment names its zone', formatMoment(now), '24 November 2026, 14:07:31 UTC'],
    ['epoch seconds with a fraction', formatClock(toDate(1_764_000_000.5)), '16:00:00.500'],
    ['one of a thing', count(1, 'key'), '1 key'],
    ['many of a thing', count(12_408, 'key'), '12,408 keys'],
    ['a key id, its ends kept', middle('05fa9b63-9d5e-4b7a-8c11-2a6f0e9305fa'), '05fa9b63-…05fa'],
    ['a text short enough', middle('short'), 'short'],
    ['a short key id', shortId('3f81c2d4-9d5e-4b7a-8c11-2a6f0e93b3f8'), '3f81c2d4'],
    ['a short multi-Region key id', shortId('mrk-3f81c2d49d5e4b7a8c112a6f0e93b3f8'), 'mrk-3f81c2d4'],
    ['a user', principalLabel('arn:aws:iam::111122223333:user/alice'), 'user/alice'],
    ['the root of an account', principalLabel('arn:aws:iam::111122223333:root'), 'account root'],
  ])('%s', (_, text, expected) => {
    expect(text).toBe(expected)
  })

  it.each([
    ['in an hour', ago(-3600), 1],
    ['in exactly seven days', ago(-7 * 86_400), 7],
    ['overdue', ago(10), 0],
  ])('days left of what is due %s', (_, until, days) => {
    expect(daysLeft(until, now)).toBe(days)
  })
})

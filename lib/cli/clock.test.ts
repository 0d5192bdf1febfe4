import { describe, expect, it } from 'vitest'
import { clock, secondsOf } from './clock.ts'

describe('a duration', () => {
  it.each([
    [['30d'], 2_592_000],
    [['1d', '12h'], 129_600],
    [['2w'], 1_209_600],
    [['90m'], 5_400],
    [['45s'], 45],
    [[], undefined],
    [['30'], undefined],
    [['-1d'], undefined],
    [['1.5d'], undefined],
    [['1y'], undefined],
    [['1d', 'soon'], undefined],
  ])('%j is %s seconds', (words, seconds) => {
    expect(secondsOf(words)).toBe(seconds)
  })
})

describe('what is no command', () => {
  it.each([
    ['nothing at all', []],
    ['an unknown word', ['stop']],
    ['a duration that is none', ['advance', 'tomorrow']],
    ['a moment that is none', ['advance-to', 'tomorrow']],
    ['two moments', ['advance-to', '2027-01-01', '2028-01-01']],
    ['a word too many', ['show', 'me']],
  ])('%s prints how it goes, and asks nobody', async (_, words) => {
    const errs: string[] = []
    const status = await clock(words, {}, { out: () => {}, err: (text) => void errs.push(text) })
    expect(status).toBe(1)
    expect(errs.join('')).toContain('./keyhouse clock advance 30d')
  })
})

import { describe, expect, it } from 'vitest'
import { laidOut, lineDiff, shortened } from './line-diff.ts'

const SIGN = { same: ' ', removed: '-', added: '+' }
const drawn = (before: string, after: string) =>
  lineDiff(before, after)
    .map(({ kind, text }) => SIGN[kind] + text)
    .join('|')

describe('lines of two texts', () => {
  it.each([
    ['the same', 'a\nb', 'a\nb', ' a| b'],
    ['one changed', 'a\nb\nc', 'a\nx\nc', ' a|-b|+x| c'],
    ['one more in the middle', 'a\nc', 'a\nb\nc', ' a|+b| c'],
    ['one fewer at the end', 'a\nb', 'a', ' a|-b'],
    ['nothing in common', 'a', 'b', '-a|+b'],
    ['a repeated line', 'a\na\nb', 'a\nb', ' a|-a| b'],
  ])('%s', (_, before, after, expected) => {
    expect(drawn(before, after)).toBe(expected)
  })

  it('gives both texts back', () => {
    const [before, after] = ['q\nw\ne\nr\nt', 'w\nq\nr\nt\ny']
    const lines = lineDiff(before, after)
    const side = (other: string) => lines.filter(({ kind }) => kind !== other).map(({ text }) => text)
    expect(side('added').join('\n')).toBe(before)
    expect(side('removed').join('\n')).toBe(after)
  })
})

it('keeps three lines around a change and counts the others', () => {
  const before = 'abcdefghijklmnop'.split('').join('\n')
  const parts = shortened(lineDiff(before, before.replace('h', 'X')))
  expect(parts.map((part) => ('skipped' in part ? part.skipped : part.lines.length))).toEqual([4, 8, 5])
})

it.each([
  ['one line', '{"a":[1]}', '{\n  "a": [\n    1\n  ]\n}'],
  ['no JSON', '{oops', '{oops'],
])('lays out a policy of %s', (_, text, expected) => {
  expect(laidOut(text)).toBe(expected)
})

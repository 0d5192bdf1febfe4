import { describe, expect, it } from 'vitest'
import { csvCell } from './csv.ts'

describe('a cell of CSV', () => {
  it.each([
    ['text', 'orders', 'orders'],
    ['nothing', null, ''],
    ['a list', ['alias/a', 'alias/b'], 'alias/a alias/b'],
    ['a truth', false, 'false'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "a"', '"say ""a"""'],
    ['a new line', 'a\nb', '"a\nb"'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula by its sign', '-1+1', "'-1+1"],
    ['a formula by plus', '+1', "'+1"],
    ['a formula of old', '@SUM(A1)', "'@SUM(A1)"],
    ['a formula behind a tab', '\t=1', "'\t=1"],
    ['a formula behind a return', '\r=1', '"\'\r=1"'],
    ['a formula that calls out', '=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['a formula first in a list', ['=1', 'b'], "'=1 b"],
    ['a formula behind a line feed', '\n=1', '"\'\n=1"'],
    ['a formula in wide letters', '＝1+1', "'＝1+1"],
    ['a sign that is not first', 'a=b', 'a=b'],
  ])('%s', (_, cell, expected) => {
    expect(csvCell(cell)).toBe(expected)
  })
})

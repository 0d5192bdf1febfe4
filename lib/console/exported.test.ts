import { describe, expect, it } from 'vitest'
import { csvCell, type ExportFormat, type ExportRow, fileOf } from './exported.ts'

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
    ['a sign that is not first', 'a=b', 'a=b'],
  ])('%s', (_, cell, expected) => {
    expect(csvCell(cell)).toBe(expected)
  })
})

async function* pages(...all: ExportRow[][]) {
  yield* all
}

async function whole(format: ExportFormat, ...all: ExportRow[][]): Promise<string> {
  let text = ''
  for await (const piece of fileOf(format, pages(...all))) text += piece
  return text
}

const ROWS: ExportRow[] = [
  { id: 'a', tags: ['team=pay'], description: '=1' },
  { id: 'b', tags: [], description: null },
  { id: 'c', tags: [], description: 'x,y' },
]

describe('a file of several pages', () => {
  it('is CSV with one line of heads', async () => {
    expect(await whole('csv', ROWS.slice(0, 2), [], ROWS.slice(2))).toBe(
      'id,tags,description\r\na,team=pay,\'=1\r\nb,,\r\nc,,"x,y"\r\n',
    )
  })

  it('is one array of JSON, with every value as it is', async () => {
    expect(JSON.parse(await whole('json', ROWS.slice(0, 2), [], ROWS.slice(2)))).toEqual(ROWS)
  })

  it('may have no rows', async () => {
    expect(await whole('csv', [])).toBe('')
    expect(JSON.parse(await whole('json'))).toEqual([])
  })
})

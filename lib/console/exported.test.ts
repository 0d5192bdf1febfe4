import { describe, expect, it } from 'vitest'
import { type ExportFormat, type ExportRow, fileOf } from './exported.ts'

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

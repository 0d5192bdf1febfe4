import { describe, expect, it } from 'vitest'
import type { EventFormat } from '../../domain/events-export.ts'
import { csvLineOf } from './event-line.ts'
import { exportFile } from './export-file.ts'
import type { ExportRow } from './export-rows.ts'

const AT = Date.UTC(2026, 10, 24, 12)
const row = (index: number, more: Partial<ExportRow> = {}): ExportRow => ({
  index,
  ts: new Date(AT + index),
  event_id: `019ab000-0000-7000-8000-00000000000${index}`,
  account_id: '111122223333',
  region: 'eu-west-1',
  event_source: 'kms.amazonaws.com',
  event_name: 'Encrypt',
  class: 'crypto',
  outcome: 'ok',
  error_code: null,
  read_only: true,
  source: 'wire',
  actor_type: 'IAMUser',
  actor_arn: 'arn:aws:iam::111122223333:user/alice',
  actor_name: 'alice',
  session_name: null,
  access_key_id: null,
  address: '192.0.2.1',
  agent: 'aws-cli',
  request_id: null,
  key_id: null,
  alias_name: null,
  via_service: null,
  grant_id: null,
  policy_version: null,
  duration_ms: 3,
  resources: [],
  material_ids: [],
  context: [],
  tags: [],
  record: `{"index":${index}}`,
  ...more,
})

const TERMS = {
  kind: 'keyhouse/events/v1',
  account: '111122223333',
  filter: '',
  from: null,
  to: null,
  eventIds: null,
  size: 9,
  checkpoint: null,
  exportedBy: 'arn:aws:iam::111122223333:user/auditor',
  exportedAt: new Date(AT).toISOString(),
} as const

async function whole(format: EventFormat, pages: ExportRow[][], most: number) {
  async function* all() {
    yield* pages
  }
  const file = exportFile({ ...TERMS, format }, all(), most)
  let text = ''
  let piece = await file.next()
  for (; !piece.done; piece = await file.next()) text += piece.value
  return { text, manifest: piece.value }
}

const PAGES = [[row(1), row(2)], [row(3)]]

describe('a file of events', () => {
  it.each([
    ['that all fit into', 3, { count: 3, complete: true, continueFrom: null }],
    [
      'that is full in the middle of a page',
      1,
      { count: 1, complete: false, continueFrom: row(2).ts.toISOString() },
    ],
    [
      'that is full at the end of a page',
      2,
      { count: 2, complete: false, continueFrom: row(3).ts.toISOString() },
    ],
  ] as const)('%s says so', async (_, most, expected) => {
    for (const format of ['csv', 'json', 'ndjson'] as const)
      expect((await whole(format, PAGES, most)).manifest).toMatchObject(expected)
  })

  it('has the same hash of records in JSON and NDJSON', async () => {
    const json = await whole('json', PAGES, 3)
    const lines = await whole('ndjson', PAGES, 3)
    expect(json.manifest.sha256).toBe(lines.manifest.sha256)
    expect(JSON.parse(json.text).Manifest).toEqual(json.manifest)
  })

  it('keeps a record with line ends on one line', async () => {
    const { text } = await whole('ndjson', [[row(1, { record: '{\n"a":\r\n1}' })]], 3)
    expect(text.split('\n')[0]).toBe('{ "a":  1}')
  })
})

const cellsOf = (more: Partial<ExportRow>) => csvLineOf(row(1, more))

describe('a line of CSV', () => {
  it.each([
    ['a formula', { actor_name: '=cmd|calc' }, ",'=cmd|calc,"],
    ['a formula behind a tab, which is shown as what it is', { agent: '\t=1' }, ",'\\u0009=1,"],
    ['a formula behind a return', { agent: '\r=1' }, ",'\\u000d=1,"],
    ['a screen’s commands', { agent: 'a\u001b[2Jb' }, ',a\\u001b[2Jb,'],
    ['text that turns the direction of writing', { agent: 'a\u202eb' }, ',a\\u202eb,'],
    ['quotes and commas', { agent: 'say "a", b' }, ',"say ""a"", b",'],
    ['a formula first in a list', { context: ['=1', 'b=2'] }, ",'=1 b=2,"],
  ])('has %s as text', (_, more, expected) => {
    expect(cellsOf(more)).toContain(expected)
  })

  it('is one line whatever is in it', () => {
    expect(cellsOf({ agent: 'a\r\nb\u2028c' }).split(/\r|\n|\u2028/)).toHaveLength(3)
  })
})

/** What a superuser does to the database's own rows shows in an export that is made afterwards, by the right event. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTamperLog, type TamperLog } from '#lib/testing/tamper-log.ts'
import { drawing } from '#lib/testing/tampering.ts'
import { parseCheckpoint } from '../tree/note.ts'
import type { Sql } from '../write/change.ts'
import { memoryFolder } from './memory.ts'
import { verifyExport } from './verify.ts'
import { ExportError, writeExport } from './write.ts'

let made: TamperLog
let client: pg.Client
let sql: Sql
const SEED = Math.floor(performance.timeOrigin % 1_000_000)
const draw = drawing(SEED)

beforeAll(async () => {
  made = await openTamperLog()
  client = new pg.Client({ connectionString: made.log.url })
  await client.connect()
  sql = async <Row>(text: string, values: readonly unknown[]) =>
    (await client.query(text, [...values])).rows as Row[]
}, 120_000)
afterAll(async () => {
  await client?.end()
  await made?.close()
})

const EVENT = 'FROM audit.leaf l WHERE l.index = $1 AND e.ts = l.ts AND e.id = l.event_id'
const edit = (set: string) => [`UPDATE audit.event e SET ${set} ${EVENT}`]

/** Statements that take the place of an event: `$1` is its number. */
const WAYS: readonly (readonly [string, readonly string[]])[] = [
  ['a record', edit(`body = set_byte(body, length(body) / 2, get_byte(body, length(body) / 2) # 1)`)],
  ['a record made longer', edit(`body = body || ' '::bytea`)],
  ['a decision', edit(`decision = '{"decisions":[1]}'`)],
  ['condition values', edit(`context = '{"aws:SourceIp":["198.51.100.1"]}'`)],
  ['an account', edit(`account_id = '999999999999'`)],
  ['a Region', edit(`region = 'us-east-1'`)],
  ['a key', edit(`key_id = 'another'`)],
  ['a count', edit(`engine_counter = engine_counter + 100000`)],
  ['an engine', edit(`engine_id = gen_random_uuid()`)],
  [
    'an event taken away',
    [`DELETE FROM audit.event e USING audit.leaf l WHERE l.index = $1 AND e.ts = l.ts AND e.id = l.event_id`],
  ],
  ['a leaf taken away', ['DELETE FROM audit.leaf WHERE index = $1']],
  [
    'both taken away',
    [
      `DELETE FROM audit.event e USING audit.leaf l WHERE l.index = $1 AND e.ts = l.ts AND e.id = l.event_id`,
      'DELETE FROM audit.leaf WHERE index = $1',
    ],
  ],
  [
    'a leaf taken away, and the others moved up',
    ['DELETE FROM audit.leaf WHERE index = $1', 'UPDATE audit.leaf SET index = index - 1 WHERE index > $1'],
  ],
  ['two leaves exchanged', ['UPDATE audit.leaf SET index = 2 * $1 + 1 - index WHERE index IN ($1, $1 + 1)']],
  ['a leaf twice', ['UPDATE audit.leaf SET index = $1 WHERE index = $1 + 1']],
  ['everything after it cut off', ['DELETE FROM audit.leaf WHERE index >= $1']],
  [
    'its hash in the tile',
    [
      'UPDATE audit.tile SET hashes = set_byte(hashes, ($1 % 256)::int * 32, get_byte(hashes, ($1 % 256)::int * 32) # 1) WHERE level = 0 AND index = $1 / 256',
    ],
  ],
]

/** The first bad event of an export that is made now; -1 where no export can be made. */
async function firstBad(): Promise<number | null | undefined> {
  const files = new Map<string, Buffer>()
  const note = made.untouched.files.get('checkpoint')!.toString()
  const head = parseCheckpoint(note)
  const task = {
    feed: made.feedOf(sql),
    sink: memoryFolder(files),
    head,
    ranges: [{ start: 0, end: head.size }],
  }
  try {
    await writeExport(task, new Map([['checkpoint', note]]))
  } catch (thrown) {
    if (thrown instanceof ExportError) return -1
    throw thrown
  }
  const { told } = await verifyExport(memoryFolder(files), { keys: made.keys })
  return told[0]?.index
}

describe(`changed in the database (seed ${SEED})`, () => {
  it('nothing: nothing is found', async () => {
    expect(await firstBad()).toBeUndefined()
  })

  it.each(WAYS)('%s: the event is named', async (_, statements) => {
    await client.query('BEGIN')
    try {
      for (const table of ['event', 'leaf', 'tile'])
        await client.query(`ALTER TABLE audit.${table} DISABLE TRIGGER USER`)
      // Not in the last tile, which leads to the signed root itself: there no export can be made at all.
      const index = draw(Math.floor(made.untouched.size / 256) * 256 - 1)
      for (const statement of statements) await client.query(statement.replaceAll('$1', `${index}::bigint`))
      expect(await firstBad(), `event ${index}`).toBe(index)
    } finally {
      await client.query('ROLLBACK')
    }
  })

  it('a hash of the last tile: no export is made', async () => {
    await client.query('BEGIN')
    try {
      await client.query('ALTER TABLE audit.tile DISABLE TRIGGER USER')
      await client.query(`UPDATE audit.tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)
        WHERE level = 0 AND index = (SELECT max(index) FROM audit.tile WHERE level = 0)`)
      expect(await firstBad()).toBe(-1)
    } finally {
      await client.query('ROLLBACK')
    }
  })
})

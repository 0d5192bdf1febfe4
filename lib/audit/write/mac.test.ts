import { afterAll, beforeAll, expect, it } from 'vitest'
import { event, NOTHING, openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import type { BuiltEvent } from '../record/event.ts'
import { type EventOrdinal, macHolds } from './mac.ts'

let log: TestLog
beforeAll(async () => {
  log = await openTestLog()
})
afterAll(() => log.close())

type Row = {
  id: string
  ts: Date
  account_id: string
  region: string
  key_id: string | null
  body: Buffer
  engine_id: string
  stream: 'batch' | 'change'
  counter: string
  mac: Buffer
  decision: string | null
  context: string | null
}

async function read(id: string): Promise<{ event: BuiltEvent; ordinal: EventOrdinal; mac: Buffer }> {
  const [row] = await log.sql<Row>(
    `SELECT id, ts, account_id, region, key_id, body, engine_id, engine_stream AS stream, engine_counter AS counter, mac,
       decision::text AS decision, context::text AS context FROM audit.event WHERE id = $1`,
    [id],
  )
  if (!row) throw new Error('no such row')
  const { account_id: accountId, key_id: keyId, engine_id: engineId, stream, counter, mac, ...rest } = row
  return {
    event: { ...rest, accountId, keyId },
    ordinal: { engineId, stream, counter: Number(counter) },
    mac,
  }
}

it('holds for a row read back, of both streams', async () => {
  const writer = log.writer()
  const [batched, changed] = [event(), event({ keyId: null, decision: null, context: null })]
  await writer.append([batched], NOTHING)
  await writer.appendIn(log.sql as Parameters<typeof writer.appendIn>[0], [changed])
  for (const one of [batched, changed]) {
    const { event: stored, ordinal, mac } = await read(one.id)
    expect(macHolds(log.macKey, stored, ordinal, mac)).toBe(true)
  }
})

it.each([
  ['the body', `body = convert_to(replace(convert_from(body, 'UTF8'), '"ok"', '"no"'), 'UTF8')`],
  ['the time', `ts = ts - interval '1 millisecond'`],
  ['the account', `account_id = '444455556666'`],
  ['the Region', `region = 'us-east-1'`],
  ['the key', 'key_id = NULL'],
  ['the engine', 'engine_id = gen_random_uuid()'],
  ['the stream', `engine_stream = 'change'`],
  ['the number', 'engine_counter = engine_counter + 1'],
  ['the decision', 'decision = NULL'],
  ['the context', `context = '{}'`],
])('finds %s changed behind our back', async (_, change) => {
  const one = event()
  await log.writer().append([one], NOTHING)
  await log.sql(
    `BEGIN; ALTER TABLE audit.event DISABLE TRIGGER USER; UPDATE audit.event SET ${change} WHERE id = '${one.id}'; ALTER TABLE audit.event ENABLE TRIGGER USER; COMMIT`,
  )
  const { event: stored, ordinal, mac } = await read(one.id)
  expect(macHolds(log.macKey, stored, ordinal, mac)).toBe(false)
})

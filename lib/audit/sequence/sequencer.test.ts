import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  ACCOUNT,
  caller,
  event,
  facts,
  KEY,
  KEY_2,
  keyResource,
  NOTHING,
  OTHER,
  openTestLog,
  type TestLog,
} from '#lib/testing/audit-log.ts'
import { declaration } from '../record/declaration.ts'
import { buildEvents } from '../record/event.ts'
import { readHead, rootAt } from '../tree/checkpoints.ts'
import { grow } from '../tree/tiles.ts'
import { openSequencer } from './sequencer.ts'
import { leafHashOf, STORED_COLUMNS, type StoredRow } from './stored-row.ts'

let log: TestLog
const faults: string[] = []
const sequencer = () =>
  openSequencer({ pool: log.pool, macKey: log.macKey, fault: (message) => faults.push(message) })
beforeAll(async () => {
  log = await openTestLog()
})
afterAll(() => log.close())

const entry = async (id: string) => (await log.sql(`SELECT * FROM audit.entry WHERE event_id = $1`, [id]))[0]

it('projects a record', async () => {
  const one = event({ aliasName: 'alias/payments', additional: { keyMaterialId: 'x' } })
  await log.writer().append([one], NOTHING)
  await sequencer().catchUp()
  expect(await entry(one.id)).toMatchObject({
    ts: one.ts,
    account_id: ACCOUNT,
    region: 'eu-west-1',
    event_source: 'kms.amazonaws.com',
    event_name: 'Encrypt',
    class: 'crypto',
    outcome: 'ok',
    error_code: null,
    read_only: true,
    source: 'wire',
    actor_arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
    actor_name: 'alice',
    access_key_id: 'AKIAALICE',
    address: '192.0.2.7',
    key_id: KEY,
    alias_name: 'alias/payments',
    resources: [keyResource(KEY).arn],
  })
})

it.each([
  [
    'the account root',
    {
      ...caller('x'),
      principal: { ...caller('x').principal, kind: 'root' as const, arn: `arn:aws:iam::${ACCOUNT}:root` },
    },
    `arn:aws:iam::${ACCOUNT}:root`,
    'root',
  ],
  ['Keyhouse itself', { kind: 'internal' as const, account: ACCOUNT }, 'AWS Internal', null],
])('names %s', async (_, who, arn, name) => {
  const one = event({ caller: who })
  await log.writer().append([one], NOTHING)
  await sequencer().catchUp()
  expect(await entry(one.id)).toMatchObject({ actor_arn: arn, actor_name: name })
})

it('keeps each key’s last successful use, in the log of the account that owns it', async () => {
  const writer = log.writer()
  const resources = [keyResource(KEY), keyResource(KEY_2), keyResource(KEY_2, OTHER)]
  const [mine, theirs] = buildEvents(facts({ operationName: 'ReEncrypt', resources }))
  const denied = event({ outcome: 'denied', error: { code: 'AccessDeniedException', message: '' } })
  const read = event({ class: 'read', operationName: 'DescribeKey' })
  const old = event({ at: new Date(Date.now() - 5000) })
  for (const one of [mine, theirs, denied, read, old]) if (one) await writer.append([one], NOTHING)
  await sequencer().catchUp()
  const uses = await log.sql(
    'SELECT account_id, key_id, event_id, operation FROM audit.last_use ORDER BY 1, 2',
  )
  expect(uses).toEqual([
    { account_id: ACCOUNT, key_id: KEY, event_id: mine.id, operation: 'ReEncrypt' },
    { account_id: ACCOUNT, key_id: KEY_2, event_id: mine.id, operation: 'ReEncrypt' },
    { account_id: OTHER, key_id: KEY_2, event_id: theirs?.id, operation: 'ReEncrypt' },
  ])
})

it('catches events that are committed late, behind newer ones', async () => {
  const late = event({ at: new Date(Date.now() - 3000) })
  const client = await log.pool.connect()
  const sql = async <Row>(text: string, values: readonly unknown[]) =>
    (await client.query(text, [...values])).rows as Row[]
  await client.query('BEGIN')
  const writer = log.writer()
  await writer.appendIn(sql, [late])
  const newer = event()
  await writer.append([newer], NOTHING)
  const one = sequencer()
  await one.catchUp()
  expect(await entry(newer.id)).toBeDefined()
  expect(await entry(late.id)).toBeUndefined()
  await client.query('COMMIT')
  client.release()
  await one.catchUp()
  expect(await entry(late.id)).toBeDefined()
})

it('misses nothing and doubles nothing while events are written and three of them run', async () => {
  const writer = log.writer()
  const before = (await log.sql<{ n: number }>('SELECT count(*)::int AS n FROM audit.event'))[0]?.n ?? 0
  const several = [sequencer(), sequencer(), sequencer()]
  for (const one of several) one.start()
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      for (let i = 0; i < 50; i++) await writer.append([event()], NOTHING)
    }),
  )
  await Promise.all(several.map((one) => one.catchUp()))
  for (const one of several) await one.stop()
  const [counts] = await log.sql(
    'SELECT (SELECT count(*)::int FROM audit.event) AS events, (SELECT count(*)::int FROM audit.entry) AS entries',
  )
  expect(counts).toEqual({ events: before + 2000, entries: before + 2000 })
})

/** What the tree and its head must be, from the rows alone, by the definition of RFC 6962. */
async function expectTree(): Promise<void> {
  const rows = await log.sql<StoredRow & { index: string }>(
    `SELECT ${STORED_COLUMNS}, l.index::text AS index FROM audit.leaf l JOIN audit.event e ON e.ts = l.ts AND e.id = l.event_id
     ORDER BY l.index`,
  )
  expect(rows.map(({ index }) => Number(index))).toEqual(rows.map((_, place) => place))
  const head = await readHead(sql)
  expect(head).toMatchObject({ size: rows.length, root: grow([], 0, rows.map(leafHashOf)).root })
  expect(await rootAt(sql, head.size)).toEqual(head.root)
}
const sql = <Row>(text: string, values: readonly unknown[]) =>
  log.sql(text, values) as unknown as Promise<Row[]>

it('places every event in a tree that its rows give', async () => {
  expect((await readHead(sql)).size).toBeGreaterThan(2000)
  await expectTree()
})

it('says of an event what can be searched for', async () => {
  const one = event({
    operationName: 'ReEncrypt',
    request: {
      sourceEncryptionContext: { tenant: 'acme' },
      destinationEncryptionContext: { tenant: 'acme', stage: 'prod' },
      tags: [{ tagKey: 'team', tagValue: 'core' }],
    },
    additional: { sourceKeyMaterialId: 'aa', destinationKeyMaterialId: 'bb', policyVersion: 7 },
    decision: { decisions: [{ grant: { id: 'g'.repeat(64), operation: 'Decrypt' } }] },
    resources: [keyResource(KEY), keyResource(KEY_2)],
    durationMs: 12.6,
  })
  await log.writer().append([one], NOTHING)
  await sequencer().catchUp()
  expect(await entry(one.id)).toMatchObject({
    actor_type: 'IAMUser',
    session_name: null,
    agent: 'aws-cli/2.31.0',
    grant_id: 'g'.repeat(64),
    policy_version: 7,
    duration_ms: 13,
    material_ids: ['aa', 'bb'],
    context: expect.toSatisfy((pairs: string[]) => [...pairs].sort().join() === 'stage=prod,tenant=acme'),
    tags: ['team=core'],
  })
  const usage = await log.sql(
    `SELECT key_id, material_id FROM audit.usage WHERE last_event_id = $1 ORDER BY material_id`,
    [one.id],
  )
  expect(usage).toEqual([
    { key_id: KEY, material_id: 'aa' },
    { key_id: KEY_2, material_id: 'bb' },
  ])
})

it('counts every event once, by minute and by hour, and every use', async () => {
  const counts = async (from: string) => (await log.sql(`SELECT sum(count)::int AS n FROM ${from}`))[0]
  const [entries] = await log.sql('SELECT count(*)::int AS n FROM audit.entry')
  expect(await counts('audit.minute')).toEqual(entries)
  expect(await counts('audit.hour')).toEqual(entries)
  const [uses] = await log.sql(
    `SELECT count(*)::int AS n FROM audit.entry, unnest(resources) AS arn
     WHERE class = 'crypto' AND outcome = 'ok' AND arn LIKE '%:' || account_id || ':key/%'`,
  )
  expect(await counts('audit.usage')).toEqual(uses)
})

it('knows which numbers of an engine it has seen, and which were declared to be none', async () => {
  const { engineId, ...writer } = log.writer()
  for (let i = 0; i < 5; i++) await writer.append([event()], NOTHING)
  const other = log.writer()
  const numbers = { lost: [7, 8], unused: [12] }
  const told = declaration(engineId, numbers, { account: ACCOUNT, region: 'eu-west-1', now: Date.now() })
  await other.append([told], NOTHING)
  await sequencer().catchUp()
  const [row] = await log.sql('SELECT seen, declared FROM audit.engine_count WHERE engine_id = $1', [
    engineId,
  ])
  expect(row).toEqual({ seen: '{[1,6)}', declared: '{[7,9),[12,13)}' })
})

it('gives what no engine wrote its place, and says so', async () => {
  const one = event()
  await log.writer().append([one], NOTHING)
  const forged = event()
  await log.sql(
    `INSERT INTO audit.event (id, ts, account_id, region, body, engine_id, engine_stream, engine_counter, mac)
     VALUES ($1, $2, $3, 'eu-west-1', $4, gen_random_uuid(), 'batch', 1, decode(repeat('00', 32), 'hex'))`,
    [forged.id, forged.ts, ACCOUNT, forged.body],
  )
  await sequencer().catchUp()
  const found = await log.sql(`SELECT kind, first_index::int AS at FROM audit.finding WHERE subject = $1`, [
    forged.id,
  ])
  const [leaf] = await log.sql<{ at: number }>(
    `SELECT index::int AS at FROM audit.leaf WHERE event_id = $1`,
    [forged.id],
  )
  expect(found).toEqual([{ kind: 'mac', at: leaf?.at }])
  expect(faults).toContain(`event ${forged.id} was not written by an engine of this installation`)
  expect(await log.sql('SELECT 1 FROM audit.finding WHERE subject = $1', [one.id])).toEqual([])
})

it('gives what is no record its place without an entry, says so, and goes on', async () => {
  const writer = log.writer()
  const junk = { ...event(), body: Buffer.from('this is no record') }
  const odd = { ...event(), body: Buffer.from('{"keyhouse":{"class":"nonsense"}}') }
  const good = event()
  for (const one of [junk, odd, good]) await writer.append([one], NOTHING)
  await sequencer().catchUp()
  expect(await entry(good.id)).toBeDefined()
  const found = await log.sql(`SELECT subject FROM audit.finding WHERE kind = 'unreadable' ORDER BY subject`)
  expect(found.map(({ subject }) => subject)).toEqual([junk.id, odd.id].sort())
  expect(faults).toContain(`event ${junk.id} cannot be read`)
  await expectTree()
})

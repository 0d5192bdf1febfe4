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
import { buildEvents } from './event.ts'
import { openSequencer } from './sequencer.ts'

let log: TestLog
const faults: string[] = []
const sequencer = () => openSequencer({ pool: log.pool, fault: (message) => faults.push(message) })
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

it('makes everything again from the bodies', async () => {
  const before = await log.sql('SELECT event_id, actor_arn, outcome FROM audit.entry ORDER BY ts, event_id')
  await log.sql('DELETE FROM audit.entry')
  const one = sequencer()
  one.start()
  await one.stop()
  expect(await log.sql('SELECT event_id, actor_arn, outcome FROM audit.entry ORDER BY ts, event_id')).toEqual(
    before,
  )
})

it('leaves out what is no record, says so, and goes on', async () => {
  const writer = log.writer()
  const junk = { ...event(), body: Buffer.from('this is no record') }
  const odd = { ...event(), body: Buffer.from('{"keyhouse":{"class":"nonsense"}}') }
  const good = event()
  for (const one of [junk, odd, good]) await writer.append([one], NOTHING)
  const one = sequencer()
  await one.catchUp()
  expect(await entry(good.id)).toBeDefined()
  expect([...one.unreadable()].sort()).toEqual([junk.id, odd.id].sort())
  expect(faults).toContain(`event ${junk.id} cannot be read`)
})

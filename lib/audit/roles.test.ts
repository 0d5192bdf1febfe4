import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ACCOUNT, event, KEY, NOTHING, openTestLog, REGION, type TestLog } from '#lib/testing/audit-log.ts'
import { uuidv4 } from '../crypto/random.ts'
import { generateSecretKey } from '../crypto/secret-key.ts'
import { searchKeys } from '../store/search-keys.ts'
import { openAuditPool } from './pool.ts'
import { openRefusedConnections } from './refused.ts'
import { openAuditSearch } from './search.ts'
import { openSequencer } from './sequencer.ts'
import { openAuditWriter } from './writer.ts'

let log: TestLog
const pools: pg.Pool[] = []
const poolOf = (role: 'engine' | 'sequencer' | 'reader') => {
  const pool = new pg.Pool({ connectionString: log.urlOf(role), max: 2 })
  pools.push(pool)
  return pool
}
beforeAll(async () => {
  log = await openTestLog()
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  await log.close()
})

it('each role can do its own part of the log', async () => {
  const own = openAuditPool(log.urlOf('engine'))
  pools.push(own)
  const writer = openAuditWriter({
    pool: own,
    macKey: log.macKey,
    engineId: uuidv4(),
    now: Date.now,
    place: () => ({ account: ACCOUNT, region: REGION }),
  })
  const expected = {
    accounts: [{ id: ACCOUNT, epoch: 1n }],
    keys: [{ account: ACCOUNT, region: REGION, id: KEY, version: 1n }],
  }
  const engine = poolOf('engine')
  expect(await writer.append([event()], expected)).toBe('recorded')
  await writer.appendIn(async (text, values) => (await engine.query(text, [...values])).rows, [event()])
  const refused = openRefusedConnections(async (text, values) => (await engine.query(text, [...values])).rows)
  refused.report({ address: '192.0.2.1', reason: 'InvalidSignatureException' }, new Date())
  await refused.flush()
  await writer.close()

  const faults: unknown[] = []
  await openSequencer({ pool: poolOf('sequencer'), fault: (_, cause) => faults.push(cause) }).catchUp()
  expect(faults).toEqual([])

  const search = openAuditSearch({ pool: poolOf('reader'), markerKey: generateSecretKey().key })
  const page = await search.page({
    account: ACCOUNT,
    filter: 'key:alias/payments',
    order: 'newest',
    limit: 10,
  })
  expect(page.count).toBe(2)
  expect(await search.event(ACCOUNT, page.events[0]?.id ?? '')).toBeDefined()
})

it('the reader can list keys, and tell whose an access key is', async () => {
  const reader = poolOf('reader')
  const sql = async <Row>(text: string, values: readonly unknown[]) =>
    (await reader.query(text, [...values])).rows as Row[]
  const question = {
    account: ACCOUNT,
    region: REGION,
    manager: 'CUSTOMER',
    sort: 'alias',
    descending: false,
    after: undefined,
    limit: 10,
    countTo: 11,
  } as const
  const terms = [
    { field: 'rotation', negated: true, patterns: ['overdue'] },
    { field: 'tag', negated: true, patterns: ['x'] },
  ] as const
  expect((await searchKeys(sql, { ...question, terms })).count).toBe(2)
  expect(await sql('SELECT id, account_id FROM keyhouse.access_key', [])).toEqual([])
})

it.each([
  ['engine', `UPDATE audit.event SET region = 'x'`],
  ['engine', 'DELETE FROM audit.event'],
  ['engine', 'TRUNCATE audit.event'],
  ['engine', 'DELETE FROM audit.entry'],
  ['sequencer', `INSERT INTO audit.engine (id) VALUES (gen_random_uuid())`],
  ['sequencer', 'DELETE FROM audit.event'],
  ['reader', 'DELETE FROM audit.entry'],
  ['reader', 'SELECT sealed FROM keyhouse.key_material'],
  ['reader', 'SELECT secret_sealed FROM keyhouse.access_key'],
] as const)('the %s cannot: %s', async (role, attack) => {
  await log.writer().append([event()], NOTHING)
  await expect(poolOf(role).query(attack)).rejects.toThrow('permission denied')
})

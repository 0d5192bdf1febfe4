import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, event, KEY, NOTHING, openTestLog, REGION, type TestLog } from '#lib/testing/audit-log.ts'
import { uuidv4 } from '../../crypto/random.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import { searchKeys } from '../../store/search-keys.ts'
import { openAuditSearch } from '../search/search.ts'
import { openSequencer } from '../sequence/sequencer.ts'
import { openAuditPool } from './pool.ts'
import { openRefusedConnections } from './refused.ts'
import { openAuditWriter } from './writer.ts'

let log: TestLog
const pools: pg.Pool[] = []
const byRole = new Map<string, pg.Pool>()
const poolOf = (role: 'engine' | 'sequencer' | 'reader') => {
  const pool = byRole.get(role) ?? new pg.Pool({ connectionString: log.urlOf(role), max: 2 })
  if (!byRole.has(role)) pools.push(pool)
  byRole.set(role, pool)
  return pool
}
beforeAll(async () => {
  log = await openTestLog()
  await log.sql("SELECT audit.ensure_day((now() AT TIME ZONE 'UTC')::date)")
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
  await openSequencer({
    pool: poolOf('sequencer'),
    macKey: log.macKey,
    fault: (_, cause) => faults.push(cause),
  }).catchUp()
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

/** The nine attacks of R58, on what the log consists of; {day} is today's partition of the table. */
const NINE: readonly (readonly [string, string])[] = [
  ['UPDATE', 'UPDATE audit.{table} SET {column} = {column}'],
  ['DELETE', 'DELETE FROM audit.{table}'],
  ['TRUNCATE', 'TRUNCATE audit.{table}'],
  ['TRUNCATE of its newest part', 'TRUNCATE audit.{day}'],
  ['UPDATE of its newest part', 'UPDATE audit.{day} SET {column} = {column}'],
  ['DROP of its newest part', 'DROP TABLE audit.{day}'],
  ['ALTER that disables its triggers', 'ALTER TABLE audit.{table} DISABLE TRIGGER ALL'],
  ['replication mode, in which triggers sleep', 'SET session_replication_role = replica'],
  [
    'another function in the place of the one that refuses',
    'CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
  ],
  ['a function of its own by another name', 'ALTER FUNCTION audit.refuse_change() RENAME TO refuse_nothing'],
]

/** Tables without days are their own newest part. */
const TABLES = {
  event: { column: 'body', byDay: true },
  leaf: { column: 'index', byDay: true },
  tile: { column: 'hashes', byDay: false },
  checkpoint: { column: 'root', byDay: false },
  log: { column: 'size', byDay: false },
} as const
type Table = keyof typeof TABLES

const attackOn = (table: Table, attack: string) => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  return attack
    .replaceAll('{day}', TABLES[table].byDay ? `${table}_${day}` : table)
    .replaceAll('{table}', table)
    .replaceAll('{column}', TABLES[table].column)
}

/** The sequencer lets tiles and the head grow; that they do nothing else is what triggers are for. */
const MAY_GROW = new Set(['sequencer tile UPDATE', 'sequencer log UPDATE'])
const isGrowth = (role: string, table: string, name: string) =>
  MAY_GROW.has(`${role} ${table} ${name.replace(' of its newest part', '')}`)

describe.each(['engine', 'sequencer', 'reader'] as const)('the %s', (role) => {
  describe.each(Object.keys(TABLES) as Table[])('cannot do to audit.%s:', (table) => {
    it.each(NINE.filter(([name]) => !isGrowth(role, table, name)))('%s', async (_, attack) => {
      await expect(poolOf(role).query(attackOn(table, attack))).rejects.toThrow(
        /permission denied|must be owner|is append-only|only ever added/,
      )
    })
  })

  it('cannot make itself the owner', async () => {
    await expect(poolOf(role).query(`SET ROLE ${inject('roleNames').owner}`)).rejects.toThrow(
      'permission denied',
    )
  })
})

describe('what a role may let grow, it cannot turn back', () => {
  beforeAll(async () => {
    await log.writer().append([event()], NOTHING)
    const parts = { pool: poolOf('sequencer'), macKey: log.macKey, fault: () => {} }
    await openSequencer(parts).catchUp()
  })

  it.each([
    ['a tile that has other hashes', 'UPDATE audit.tile SET hashes = sha256(hashes)', 'a tile only grows'],
    ['a tile that is elsewhere', 'UPDATE audit.tile SET index = index + 1', 'a tile only grows'],
    ['a head with fewer leaves', 'UPDATE audit.log SET size = size - 1', 'the log only grows'],
    ['a finding that is gone', 'DELETE FROM audit.finding', 'permission denied'],
  ])('%s', async (_, attack, words) => {
    await expect(poolOf('sequencer').query(attack)).rejects.toThrow(words)
  })

  it('the engine can acknowledge a finding, and change nothing else of it', async () => {
    const engine = poolOf('engine')
    await engine.query("UPDATE audit.finding SET acknowledged_at = now(), acknowledged_by = 'x'")
    await expect(engine.query("UPDATE audit.finding SET kind = 'gap'")).rejects.toThrow('permission denied')
  })
})

describe('the owner of the tables, as the migrator becomes it, meets the triggers', () => {
  beforeAll(async () => {
    await log.writer().append([event()], NOTHING)
    const parts = { pool: poolOf('sequencer'), macKey: log.macKey, fault: () => {} }
    await openSequencer(parts).catchUp()
    await log.sql(
      "INSERT INTO audit.checkpoint (origin, size, root, note) VALUES ('a', 0, sha256(''), '') ON CONFLICT DO NOTHING",
    )
  })
  const asOwner = async (text: string) => {
    const client = await log.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(`SET LOCAL ROLE ${inject('roleNames').owner}`)
      return await client.query(text)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }

  it.each(
    (Object.keys(TABLES) as Table[]).flatMap((table) =>
      // What changes nothing lets a tile and the head be.
      NINE.slice(0, 5)
        .filter(([name]) => !/^UPDATE/.test(name) || !['tile', 'log'].includes(table))
        .map(([name, attack]) => [table, name, attack] as const),
    ),
  )('audit.%s: %s', async (table, _, attack) => {
    await expect(asOwner(attackOn(table, attack))).rejects.toThrow(/only ever added|the log only grows/)
  })

  it('and cannot make them sleep', async () => {
    await expect(asOwner('SET LOCAL session_replication_role = replica')).rejects.toThrow('permission denied')
  })
})

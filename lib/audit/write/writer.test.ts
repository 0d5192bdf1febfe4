import net from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  event,
  KEY,
  KEY_2,
  NOTHING,
  OTHER,
  openTestLog,
  REGION,
  type TestLog,
} from '#lib/testing/audit-log.ts'
import { KmsError } from '../../domain/refusal.ts'
import { openAuditPool } from './pool.ts'
import { openAuditWriter } from './writer.ts'

let log: TestLog
beforeAll(async () => {
  log = await openTestLog()
})
afterAll(() => log.close())

const key = (version: bigint, id = KEY, account = ACCOUNT) => ({ account, region: REGION, id, version })
const account = (epoch: bigint, id = ACCOUNT) => ({ id, epoch })
const stored = async (ids: string[]) =>
  (await log.sql<{ id: string }>('SELECT id FROM audit.event WHERE id = ANY ($1::uuid[])', [ids])).map(
    (row) => row.id,
  )

describe('what an answer rests on', () => {
  it.each([
    ['nothing', NOTHING, 'recorded'],
    ['current versions', { accounts: [account(1n)], keys: [key(1n)] }, 'recorded'],
    [
      'two accounts and two keys',
      { accounts: [account(1n), account(1n, OTHER)], keys: [key(1n), key(1n, KEY_2, OTHER)] },
      'recorded',
    ],
    ['an account that has moved', { accounts: [account(0n)], keys: [key(1n)] }, 'stale'],
    ['a key that has moved', { accounts: [account(1n)], keys: [key(0n)] }, 'stale'],
    ['an account that is gone', { accounts: [account(1n, '999999999999')], keys: [] }, 'stale'],
    [
      'a key that is gone',
      { accounts: [], keys: [key(1n, '00000000-0000-4000-8000-000000000000')] },
      'stale',
    ],
    ['one key of two that has moved', { accounts: [], keys: [key(1n), key(2n, KEY_2)] }, 'stale'],
    ['a key of the same id elsewhere', { accounts: [], keys: [key(1n, KEY, OTHER)] }, 'stale'],
  ] as const)('%s: %#', async (_, expect_, verdict) => {
    const one = event()
    expect(await log.writer().append([one], expect_)).toBe(verdict)
    expect(await stored([one.id])).toEqual(verdict === 'recorded' ? [one.id] : [])
  })

  it('writes the rows of one call together or not at all, and the others of its batch', async () => {
    const writer = log.writer()
    const [a, b, c] = [event(), event({ recipientAccount: OTHER }), event()]
    const verdicts = await Promise.all([
      writer.append([a, b], { accounts: [], keys: [key(7n)] }),
      writer.append([c], NOTHING),
    ])
    expect(verdicts).toEqual(['stale', 'recorded'])
    expect(await stored([a.id, b.id, c.id])).toEqual([c.id])
  })

  it('never lets a row in after a revocation was acknowledged', async () => {
    const writer = log.writer()
    const version = async () =>
      BigInt(
        (await log.sql<{ v: string }>(`SELECT row_version AS v FROM keyhouse.key WHERE id = $1`, [KEY]))[0]
          ?.v ?? 0,
      )
    let revoked = await version()
    let stop = false
    const late: string[] = []
    let recorded = 0
    // Callers decide with the version they read a while ago; the revoker tells everyone when its bump is committed.
    async function use(): Promise<void> {
      while (!stop) {
        const decidedWith = await version()
        const acknowledged = revoked
        const one = event()
        if (
          (await writer.append([one], { accounts: [account(1n)], keys: [key(decidedWith)] })) === 'recorded'
        ) {
          recorded++
          if (decidedWith < acknowledged) late.push(one.id)
        }
      }
    }
    async function revoke(): Promise<void> {
      for (let i = 0; i < 60; i++) {
        const rows = await log.sql<{ v: string }>(
          `UPDATE keyhouse.key SET row_version = row_version + 1 WHERE id = $1 AND account_id = $2 RETURNING row_version AS v`,
          [KEY, ACCOUNT],
        )
        revoked = BigInt(rows[0]?.v ?? 0)
      }
      stop = true
    }
    await Promise.all([revoke(), ...Array.from({ length: 8 }, use)])
    expect(late).toEqual([])
    expect(recorded).toBeGreaterThan(0)
    await log.sql(`UPDATE keyhouse.key SET row_version = 1`)
  })
})

describe('counting', () => {
  const counters = async (engineId: string) =>
    (
      await log.sql<{ n: string }>(
        `SELECT engine_counter AS n FROM audit.event WHERE engine_id = $1 AND engine_stream = 'batch' ORDER BY 1`,
        [engineId],
      )
    ).map((row) => Number(row.n))

  it('leaves no gap where stale rows were, and declares what is left at the end', async () => {
    const writer = log.writer()
    const stale = { accounts: [], keys: [key(9n)] }
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => writer.append([event()], i % 3 === 0 ? stale : NOTHING)),
      )
    }
    await writer.close()
    const numbers = await counters(writer.engineId)
    const declared = await log.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM audit.event WHERE engine_id = $1 AND body LIKE '%DeclareEventNumbers%'`,
      [writer.engineId],
    )
    const unused: number[] = declared.flatMap(({ body }) =>
      JSON.parse(body).serviceEventDetails.unused.flatMap(([from, to]: [number, number]) =>
        Array.from({ length: to - from + 1 }, (_, i) => from + i),
      ),
    )
    const all = [...numbers, ...unused].sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: all.length }, (_, i) => i + 1))
    expect(numbers.length).toBe(5 * 13 + declared.length)
  })

  it('counts changes in their own transactions, without gaps', async () => {
    const writer = log.writer()
    const client = await log.pool.connect()
    const sql = async <Row>(text: string, values: readonly unknown[]) =>
      (await client.query(text, [...values])).rows as Row[]
    for (const end of ['COMMIT', 'ROLLBACK', 'COMMIT']) {
      await client.query('BEGIN')
      await writer.appendIn(sql, [event(), event()])
      await client.query(end)
    }
    client.release()
    const rows = await log.sql<{ n: string }>(
      `SELECT engine_counter AS n FROM audit.event WHERE engine_id = $1 AND engine_stream = 'change' ORDER BY 1`,
      [writer.engineId],
    )
    expect(rows.map((row) => Number(row.n))).toEqual([1, 2, 3, 4])
  })
})

describe('when the database does not do its part', () => {
  const outcome = (promise: Promise<unknown>) =>
    promise.then(
      (verdict) => verdict,
      (error) => error,
    )
  const timed = async (promise: Promise<unknown>) => {
    const begun = performance.now()
    const result = await outcome(promise)
    return { result, took: performance.now() - begun }
  }
  const refused = { code: 'DependencyTimeoutException' }

  it('refuses within two seconds while somebody holds a key row, and serves again after', async () => {
    const writer = log.writer()
    const client = await log.pool.connect()
    await client.query('BEGIN')
    await client.query(
      'UPDATE keyhouse.key SET description = description WHERE id = $1 AND account_id = $2',
      [KEY, ACCOUNT],
    )
    const waits = { accounts: [], keys: [key(1n)] }
    const { result, took } = await timed(writer.append([event()], waits))
    expect(result).toBeInstanceOf(KmsError)
    expect(result).toMatchObject(refused)
    expect(took).toBeLessThan(2100)
    await client.query('ROLLBACK')
    client.release()
    expect(await writer.append([event()], waits)).toBe('recorded')
  })

  const writerOn = (pool: pg.Pool) =>
    openAuditWriter({
      pool,
      macKey: log.macKey,
      engineId: event().id,
      now: Date.now,
      place: () => ({ account: ACCOUNT, region: REGION }),
    })
  const listening = (server: net.Server) =>
    new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)),
    )

  it.each(['where nothing listens', 'where nothing answers'])(
    'refuses within two seconds %s',
    async (where) => {
      const silent = net.createServer()
      const port = where === 'where nothing listens' ? 1 : await listening(silent)
      const pool = openAuditPool(`postgresql://kms@127.0.0.1:${port}/none`)
      const writer = writerOn(pool)
      const { result, took } = await timed(writer.append([event()], NOTHING))
      expect(result).toMatchObject(refused)
      expect(took).toBeLessThan(2100)
      await writer.close()
      await pool.end()
      silent.close()
    },
  )

  it('refuses within two seconds when the database freezes, and serves and declares when it is back', async () => {
    const real = new URL(log.url)
    let frozen = false
    // Everything passes through here, until it does not.
    const gate = net.createServer((near) => {
      const far = net.connect(Number(real.port), real.hostname)
      near
        .on('data', (bytes) => frozen || far.write(bytes))
        .on('error', () => far.destroy())
        .on('close', () => far.destroy())
      far.on('data', (bytes) => frozen || near.write(bytes)).on('error', () => near.destroy())
    })
    const through = new URL(real)
    through.port = String(await listening(gate))
    through.hostname = '127.0.0.1'
    const pool = openAuditPool(through.href)
    const writer = writerOn(pool)
    expect(await writer.append([event()], NOTHING)).toBe('recorded')
    frozen = true
    const { result, took } = await timed(writer.append([event()], NOTHING))
    expect(result).toMatchObject(refused)
    expect(took).toBeLessThan(2100)
    // The batch itself is given up a little later, and its number with it.
    await new Promise((resolve) => setTimeout(resolve, 500))
    frozen = false
    expect(await writer.append([event()], NOTHING)).toBe('recorded')
    await writer.close()
    const declared = await log.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM audit.event WHERE body LIKE '%DeclareEventNumbers%' AND ts > now() - interval '3 seconds'`,
    )
    expect(declared.map(({ body }) => JSON.parse(body).serviceEventDetails.unknown)).toContainEqual([[2, 2]])
    await pool.end()
    gate.close()
  })

  it('declares the numbers of a batch whose connection was cut, and goes on', async () => {
    const writer = log.writer()
    await writer.append([event()], NOTHING)
    const client = await log.pool.connect()
    await client.query('BEGIN')
    await client.query(
      'UPDATE keyhouse.key SET description = description WHERE id = $1 AND account_id = $2',
      [KEY, ACCOUNT],
    )
    const cut = outcome(writer.append([event()], { accounts: [], keys: [key(1n)] }))
    await new Promise((resolve) => setTimeout(resolve, 200))
    await log.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'keyhouse audit' AND wait_event_type = 'Lock' AND datname = current_database()`,
    )
    expect(await cut).toMatchObject(refused)
    await client.query('ROLLBACK')
    client.release()
    expect(await writer.append([event()], NOTHING)).toBe('recorded')
    await writer.close()
    const [declared] = await log.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM audit.event WHERE engine_id = $1 AND body LIKE '%DeclareEventNumbers%'`,
      [writer.engineId],
    )
    expect(JSON.parse(declared?.body ?? '{}').serviceEventDetails).toMatchObject({ unknown: [[2, 2]] })
  })

  it('refuses a bad row and writes its neighbours', async () => {
    const writer = log.writer()
    const good = event()
    const twin = { ...event(), id: good.id, ts: good.ts }
    await writer.append([good], NOTHING)
    const others = [event(), event(), event()]
    const results = await Promise.all([twin, ...others].map((one) => outcome(writer.append([one], NOTHING))))
    expect(results[0]).toMatchObject(refused)
    expect(results.slice(1)).toEqual(['recorded', 'recorded', 'recorded'])
  })

  it('sheds what it cannot hold', async () => {
    const writer = log.writer()
    const results = await Promise.all(
      Array.from({ length: 4200 }, () => outcome(writer.append([event()], NOTHING))),
    )
    expect(results.filter((result) => result === 'recorded')).toHaveLength(4096)
    expect(results.filter((result) => result instanceof KmsError)).toHaveLength(104)
    expect(writer.depth()).toBe(0)
  })

  it('makes the partition of the day again when it is missing', async () => {
    const writer = log.writer()
    await writer.append([event()], NOTHING)
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
    await log.sql(`ALTER TABLE audit.event DETACH PARTITION audit.event_${day}`)
    await log.sql(`ALTER TABLE audit.event_${day} RENAME TO old_${day}`)
    expect(await writer.append([event()], NOTHING)).toBe('recorded')
  })

  it('does not write on connections whose commits do not wait for the disk', async () => {
    const pool = new pg.Pool({ connectionString: log.url, options: '-c synchronous_commit=off' })
    const writer = writerOn(pool)
    expect(await outcome(writer.append([event()], NOTHING))).toMatchObject(refused)
    await writer.close()
    await pool.end()
  })
})

it.each([
  ['an update', `UPDATE audit.event SET region = 'x'`],
  ['a deletion', 'DELETE FROM audit.event'],
  ['emptying the table', 'TRUNCATE audit.event'],
])('the log refuses %s', async (_, attack) => {
  await log.writer().append([event()], NOTHING)
  await expect(log.sql(attack)).rejects.toThrow('audit events are only ever added')
})

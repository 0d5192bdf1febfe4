/** Counts, histograms and facets, against what the rows themselves say. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeEntries } from '#lib/testing/audit-entries.ts'
import { ACCOUNT, KEY, KEY_2, OTHER, openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import { countByPieces } from './count.ts'
import { eventHistogram, histogramByPieces } from './histogram.ts'
import { rowsByPieces } from './page.ts'
import type { Position } from './position.ts'
import { type EventScope, questionOf } from './question.ts'
import { openAuditSearch } from './search.ts'

const ROWS = 42_000
const FROM = new Date('2026-03-01T22:17:31.250Z')
const TO = new Date('2026-03-02T03:42:10.000Z')
const NOW = new Date('2026-03-02T03:42:09.400Z')

let log: TestLog
let search: ReturnType<typeof openAuditSearch>

beforeAll(async () => {
  log = await openTestLog()
  const client = new pg.Client({ connectionString: log.url })
  await client.connect()
  await makeEntries((text, values) => client.query(text, [...(values ?? [])]), {
    rows: ROWS,
    from: FROM,
    to: TO,
  })
  await client.end()
  search = openAuditSearch({ pool: log.pool, markerKey: generateSecretKey().key })
})
afterAll(() => log.close())

/** What the rows say. */
async function truth(
  where: string,
  { from = FROM, to = TO }: { from?: Date; to?: Date } = {},
): Promise<number> {
  const [row] = await log.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit.entry WHERE account_id = $1 AND ts >= $2 AND ts < $3 AND ${where}`,
    [ACCOUNT, from.toISOString(), to.toISOString()],
  )
  return row?.count ?? 0
}
const scope = (some: Partial<EventScope> = {}) => ({ account: ACCOUNT, filter: '', now: NOW, ...some })
const at = (time: string) => new Date(`2026-03-0${time}Z`)

const RANGES: [string, { from?: Date; to?: Date }][] = [
  ['everything', {}],
  ['a range within an hour', { from: at('2T01:10:20.300'), to: at('2T01:50:40.100') }],
  ['a range within a minute', { from: at('2T01:10:20.300'), to: at('2T01:10:41.100') }],
  ['a range over midnight', { from: at('1T22:59:59.999'), to: at('2T03:00:00.001') }],
  ['whole hours', { from: at('1T23:00:00'), to: at('2T03:00:00') }],
  ['from a moment on', { from: at('2T02:02:02.002') }],
  ['no time at all', { from: at('2T01:00:00'), to: at('2T01:00:00') }],
  ['up to a moment', { to: at('2T00:00:30') }],
]
const ROLLED: [filter: string, where: string][] = [
  ['', 'true'],
  ['-source:console-read', `source <> 'console-read'`],
  ['outcome:denied,error event:De*', `outcome <> 'ok' AND event_name LIKE 'De%'`],
  ['(class:admin OR outcome:denied) -region:eu-west-1', `class = 'admin'`],
]

describe('a count', () => {
  it.each(RANGES)('by minutes and hours is that of the rows: %s', async (_, range) => {
    for (const [filter, where] of ROLLED) {
      const counted = await search.count(scope({ filter, ...range }))
      expect(counted).toEqual({ count: await truth(where, range), countIsExact: true })
    }
  })

  it.each([
    ['actor:user3', `actor_name = 'user3'`],
    ['key:payments error:*', `key_id = '${KEY}' AND error_code IS NOT NULL`],
    ['ctx.tenant:t7', `context @> '{tenant=t7}'`],
    ['duration:>990ms', 'duration_ms > 990'],
  ])('of %s is exact up to ten thousand', async (filter, where) => {
    expect(await search.count(scope({ filter }))).toEqual({ count: await truth(where), countIsExact: true })
  })

  it('stops at ten thousand', async () => {
    expect(await search.count(scope({ filter: 'ctx.purpose:test' }))).toEqual({
      count: 10_000,
      countIsExact: false,
    })
    expect(
      await search.page({ ...scope({ filter: 'ctx.purpose:test' }), order: 'newest', limit: 1 }),
    ).toMatchObject({
      count: 10_000,
      countIsExact: false,
    })
  })

  it('goes on piece by piece to the same number', async () => {
    const question = questionOf(scope({ filter: 'duration:>990ms' }))
    let sofar: { count: number; searched: number; from: Position | undefined } = {
      count: 0,
      searched: 0,
      from: undefined,
    }
    const stops: number[] = []
    do {
      sofar = await countByPieces(log.pool, question, sofar, { mostRows: 1, milliseconds: 60_000 })
      stops.push(sofar.searched)
    } while (sofar.from)
    expect(stops).toEqual([20_000, 40_000, 42_000])
    expect(sofar.count).toBe(await truth('duration_ms > 990'))
  })

  it.each([
    ['of another question', { filter: 'actor:user4' }],
    ['of another account', { account: OTHER }],
  ])('refuses a cursor %s', async (_, change) => {
    for (const cursor of [
      'nonsense',
      (await search.page({ ...scope(), order: 'newest', limit: 1 })).next ?? '',
    ]) {
      await expect(
        search.count({ ...scope({ filter: 'actor:user3' }), ...change, cursor }),
      ).rejects.toMatchObject({
        code: 'InvalidMarkerException',
      })
    }
  })
})

describe('a page that is gathered piece by piece', () => {
  const FILTER = 'duration:999ms'
  it.each([
    ['newest first', true],
    ['oldest first', false],
  ])('has the same rows: %s', async (_, descending) => {
    const whole = await search.page({
      ...scope({ filter: FILTER }),
      order: descending ? 'newest' : 'oldest',
      limit: 30,
    })
    const question = questionOf(scope({ filter: FILTER }))
    const step = { from: undefined, descending, limit: 30, now: NOW }
    const { rows, stopped } = await rowsByPieces(log.pool, question, step)
    expect(rows.map(({ id }) => id)).toEqual(whole.events.map(({ id }) => id))
    expect(stopped).toBeNull()
  })

  it('says where it stopped, and goes on there', async () => {
    const question = questionOf(scope({ filter: 'duration:999ms' }))
    const found: string[] = []
    let from: Position | undefined
    for (let turn = 0; turn < 3; turn++) {
      const step = { from, descending: true, limit: 1000, now: NOW }
      const { rows, stopped } = await rowsByPieces(log.pool, question, step, {
        mostRows: 1,
        milliseconds: 60_000,
      })
      found.push(...rows.map(({ id }) => id))
      from = stopped ?? undefined
    }
    expect(from).toBeUndefined()
    expect(found).toHaveLength(42)
    expect(new Set(found).size).toBe(42)
  })
})

describe('a histogram', () => {
  it.each<[string, Partial<EventScope>, number]>([
    ['five hours and a half', { from: FROM, to: TO }, 300],
    ['all of it', {}, 300],
    ['an hour', { from: at('2T01:10:20.300'), to: at('2T02:00:00') }, 30],
    ['a minute', { from: at('2T01:10:20.300'), to: at('2T01:11:20.300') }, 1],
    ['a month', { from: at('1T00:00:00'), to: new Date('2026-03-31T00:00:00Z') }, 21_600],
    ['a year', { from: at('1T12:30:00'), to: new Date('2027-03-01T00:00:00Z') }, 345_600],
  ])('of %s has bars that say what the list has', async (_, range, step) => {
    for (const [filter, where] of [...ROLLED, ['actor:user1', `actor_name = 'user1'`] as const]) {
      const shown = await eventHistogram(log.pool, { ...scope({ filter, ...range }), now: NOW })
      expect(shown).toMatchObject({ StepSeconds: step, Exact: true, SearchedFrom: null })
      expect(shown.Buckets.length).toBeLessThanOrEqual(120)
      expect(shown.Buckets[0]?.At).toEqual(shown.From)
      const bars = shown.Buckets.map(({ At, Ok, Denied, Error: failed }, index) => {
        return { from: At, to: shown.Buckets[index + 1]?.At ?? shown.To, counts: [Ok, Denied, failed] }
      })
      const sum = bars.reduce((all, { counts }) => all + counts.reduce((a, b) => a + b), 0)
      expect(sum).toBe(await truth(where, { from: shown.From, to: shown.To }))
      // The ragged ends and some in between.
      for (const bar of [...bars.slice(0, 2), ...bars.slice(20, 22), ...bars.slice(-2)]) {
        const listed = ['ok', 'denied', 'error'].map((outcome) =>
          truth(`(${where}) AND outcome = '${outcome}'`, bar),
        )
        expect(bar.counts).toEqual(await Promise.all(listed))
      }
    }
  })

  it.each<[string, Partial<EventScope>, object]>([
    ['of no time', { from: TO, to: TO }, { Buckets: [] }],
    ['of an empty log', { account: OTHER }, { Buckets: [] }],
    ['of a time before anything', { from: at('1T00:00:00'), to: at('1T00:00:02') }, { StepSeconds: 1 }],
  ])('%s has no events', async (_, some, expected) => {
    const shown = await eventHistogram(log.pool, { ...scope(some), now: NOW })
    expect(shown).toMatchObject(expected)
    expect(shown.Buckets.every(({ Ok, Denied, Error: failed }) => Ok + Denied + failed === 0)).toBe(true)
  })

  it('makes fewer bars where fewer are asked for', async () => {
    const shown = await eventHistogram(log.pool, {
      ...scope({ from: FROM, to: TO }),
      now: NOW,
      mostBuckets: 10,
    })
    expect(shown.StepSeconds).toBe(3600)
    expect(shown.Buckets).toHaveLength(6 + 1 - 1)
  })

  it('that goes piece by piece says how far it came', async () => {
    const question = questionOf(scope({ filter: 'duration:>990ms', from: FROM, to: TO }))
    const part = await histogramByPieces(log.pool, question, 300, { mostRows: 30_000, milliseconds: 60_000 })
    const counted = part.counts.reduce((sum, { count }) => sum + count, 0)
    expect(part.searchedFrom).not.toBeNull()
    const from = part.searchedFrom ?? undefined
    expect(counted - (await truth('duration_ms > 990', { ...(from && { from }) }))).toBeLessThanOrEqual(1)
    const whole = await histogramByPieces(log.pool, question, 300)
    expect(whole.searchedFrom).toBeNull()
  })
})

describe('facets', () => {
  const facet = async (name: string, some: Partial<Parameters<typeof search.facets>[0]> = {}) => {
    const facets = await search.facets({ ...scope(), ...some })
    const found = facets.find(({ Name }) => Name === name)
    return { ...found, Values: found?.Values.map(({ Value, Count }) => [Value, Count]) }
  }

  it.each<[string, string, [string, string][]]>([
    [
      'outcome',
      '',
      [
        ['ok', `outcome = 'ok'`],
        ['denied', `outcome = 'denied'`],
        ['error', `outcome = 'error'`],
      ],
    ],
    ['region', 'class:admin', [['us-east-1', `class = 'admin'`]]],
    [
      'outcome',
      'actor:user2',
      [
        ['ok', `actor_name = 'user2' AND outcome = 'ok'`],
        ['error', `actor_name = 'user2' AND outcome = 'error'`],
      ],
    ],
    [
      'error',
      'actor:user2 outcome:error',
      [['DisabledException', `actor_name = 'user2' AND outcome = 'error'`]],
    ],
    [
      'agent',
      'class:read,admin',
      [
        ['browser', `class = 'read'`],
        ['Terraform', `class = 'admin'`],
      ],
    ],
    ['ip', 'class:admin actor:admin', [['10.1.0.0/24', `class = 'admin'`]]],
    ['key', 'outcome:denied', [[KEY_2, `outcome = 'denied'`]]],
    [
      'ctx',
      'outcome:error',
      [
        ['purpose', `outcome = 'error'`],
        ['tenant', `outcome = 'error'`],
      ],
    ],
  ])('%s of %s', async (name, filter, values) => {
    const expected = await Promise.all(values.map(async ([value, where]) => [value, await truth(where)]))
    expect(await facet(name, { filter })).toEqual({ Name: name, Values: expected, More: false, Exact: true })
  })

  it('are counted without their own terms', async () => {
    const all = (await facet('class')).Values
    expect((await facet('class', { filter: 'class:admin' })).Values).toEqual(all)
    expect((await facet('class', { filter: '-class:admin,read' })).Values).toEqual(all)
    expect((await facet('outcome', { filter: 'class:admin' })).Values).toEqual([['ok', 42]])
    expect((await facet('ctx', { filter: 'ctx.tenant:t2 outcome:denied' })).Values).toEqual(
      (await facet('ctx', { filter: 'outcome:denied' })).Values,
    )
  })

  it('of no time are empty', async () => {
    const facets = await search.facets(scope({ from: FROM, to: FROM, filter: '-source:console-read' }))
    expect(facets).toHaveLength(10)
    expect(facets.every(({ Values, More, Exact }) => Values.length === 0 && !More && Exact)).toBe(true)
  })

  it('begin with the most frequent, and say that there are more', async () => {
    const { Values, More } = await facet('actor')
    expect(Values).toHaveLength(8)
    expect(More).toBe(true)
  })

  it.each<[string, string, string[]]>([
    ['actor', 'USER1', [`arn:aws:iam::${ACCOUNT}:user/user1`]],
    ['actor', '%', []],
    ['key', 'payments', [KEY]],
    ['key', KEY_2.slice(0, 8), [KEY_2]],
    ['agent', 'cli', ['aws-cli']],
    ['ip', '100.3', ['198.51.100.3']],
    ['event', 'list', ['ListKeys']],
  ])('%s with %s', async (name, words, values) => {
    // Own name in a closed list of names.
    const found = await facet(name, { facet: name as 'actor', words })
    expect(found.Values?.map(([value]) => value)).toEqual(values)
  })

  it('with words give up to fifty', async () => {
    const [found, ...rest] = await search.facets({ ...scope(), facet: 'actor', words: '' })
    expect(found?.Values).toHaveLength(11)
    expect(rest).toEqual([])
  })
})

// Last: it takes a day away.
it('of a day that was taken out of the database nothing counts any more', async () => {
  await log.sql(
    `INSERT INTO audit.bundle (day, events, name, sha256) VALUES ('2026-03-01', 1, 'bundle', sha256(''))`,
  )
  await log.sql(`SELECT audit.remove_day('2026-03-01')`)
  const left = await truth('true')
  expect(left).toBeLessThan(ROWS)
  expect(await search.count(scope())).toEqual({ count: left, countIsExact: true })
  const shown = await eventHistogram(log.pool, {
    ...scope({ from: FROM, to: TO }),
    now: NOW,
    mostBuckets: 10,
  })
  expect(shown.StepSeconds).toBe(3600)
  expect(shown.Buckets.slice(0, 2).map(({ Ok }) => Ok)).toEqual([0, 0])
})

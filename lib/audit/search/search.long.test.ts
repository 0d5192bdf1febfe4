/** Questions of ninety days and half a million events: each goes along an index, and none takes long. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeEntries } from '#lib/testing/audit-entries.ts'
import { ACCOUNT, KEY, openTestLog, REGION, type TestLog } from '#lib/testing/audit-log.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import type { LookupAttributeKey } from '../../domain/operations/lookup-events.ts'
import { lookup } from './lookup.ts'
import { findPage } from './page.ts'
import { openAuditSearch } from './search.ts'

const ROWS = 300_000
const DAY = 86_400_000
const TO = new Date('2026-06-01T00:00:00Z')
const FROM = new Date(TO.getTime() - 90 * DAY)
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
}, 600_000)
afterAll(() => log.close())

type Node = {
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}
/** The most rows that one step of a plan went through. */
function rowsIn(node: Node): number {
  const each =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.max(each * node['Actual Loops'], ...(node.Plans ?? []).map(rowsIn))
}

/** The most rows that one step of any of its statements goes through. None of them finds anything, so that it asks them all. */
async function rowsOf(ask: (pool: pg.Pool) => Promise<unknown>): Promise<number> {
  const most: number[] = [0]
  const client = {
    async query(text: string, values: unknown[] = []) {
      if (!text.startsWith('SELECT')) return { rows: [] }
      const { rows } = await log.pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
      most.push(rowsIn(rows[0]['QUERY PLAN'][0].Plan))
      return { rows: [] }
    },
    release: () => undefined,
  }
  const query = (text: string, values: unknown[]) => log.pool.query(text, values)
  // Only what questions use of a pool.
  await ask({ connect: async () => client, query } as unknown as pg.Pool)
  return Math.max(...most)
}

describe('LookupEvents over ninety days', () => {
  const ask = (attribute?: { key: LookupAttributeKey; value: string }, region: string = REGION) => ({
    account: ACCOUNT,
    region,
    attribute,
    from: FROM,
    to: TO,
    after: undefined,
    limit: 50,
    now: TO,
  })
  it.each<[LookupAttributeKey, string, number, string?]>([
    ['EventName', 'Decrypt', 50],
    ['EventName', 'PutKeyPolicy', 50, 'us-east-1'],
    ['EventName', 'Nothing', 0],
    ['Username', 'user7', 50],
    ['Username', 'nobody', 0],
    ['ReadOnly', 'true', 50],
    ['ReadOnly', 'false', 50, 'us-east-1'],
    ['AccessKeyId', 'AKIAUSER3', 50],
    ['AccessKeyId', 'AKIANOBODY', 0],
    ['EventSource', 'kms.amazonaws.com', 50],
    ['EventSource', 'iam.amazonaws.com', 0],
    ['ResourceType', 'AWS::KMS::Key', 50],
    ['ResourceType', 'AWS::KMS::Alias', 0],
    ['ResourceName', KEY, 50],
    ['ResourceName', `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY}`, 50],
    ['ResourceName', '00000000-0000-4000-8000-000000000009', 0],
    ['ResourceName', 'alias/nothing', 0],
    ['EventId', '00000000-0000-7000-8000-000000000000', 0],
  ])('%s %s', async (key, value, found, region) => {
    const question = ask({ key, value }, region)
    const events = await lookup(log.pool, question)
    expect(events).toHaveLength(found)
    expect(await rowsOf((pool) => lookup(pool, question))).toBeLessThan(5000)
  })
})

const scope = (filter: string) => ({ account: ACCOUNT, filter, from: FROM, to: TO, now: TO })

describe('a search of ninety days', () => {
  it.each([
    ['-source:console-read', 100],
    ['outcome:denied', 100],
    ['event:PutKeyPolicy', 100],
    ['actor:user/user3', 100],
    ['actor:user3', 100],
    ['actor:nobody', 0],
    ['key:payments', 100],
    [`key:${KEY} outcome:denied`, 0],
    ['key:nothing', 0],
    ['access-key:AKIANOBODY', 0],
    ['ctx.tenant:t7', 100],
    ['ctx.tenant:nothing', 0],
    ['request:request-17', 1],
    ['id:00000000-0000-7000-8000-000000000000', 0],
  ])('for %s goes along an index', async (filter, found) => {
    const query = { ...scope(filter), order: 'newest' as const, limit: 100 }
    expect((await search.page(query)).events).toHaveLength(found)
    expect(await rowsOf((pool) => findPage(pool, query, undefined))).toBeLessThan(20_000)
  })

  it.each([
    'class:admin region:us-east-1',
    'ip:10.0.0.0/8',
    'duration:>998ms',
    'error:Nothing',
    'agent:Terraform',
    'nothing',
  ])('for %s, which no index serves, finds the same in the list, the count and the bars', async (filter) => {
    const page = await search.page({ ...scope(filter), order: 'newest', limit: 200 })
    let count = await search.count(scope(filter))
    while (count.cursor !== undefined) count = await search.count({ ...scope(filter), cursor: count.cursor })
    expect(count.countIsExact).toBe(true)
    expect(page.events.length).toBe(Math.min(count.count, page.searchedTo ? page.events.length : 200))
    const { Buckets, Exact } = await search.histogram(scope(filter))
    const bars = Buckets.reduce((all, { Ok, Denied, Error: failed }) => all + Ok + Denied + failed, 0)
    expect(bars).toBeLessThanOrEqual(count.count)
    if (Exact) expect(bars).toBe(count.count)
  })
})

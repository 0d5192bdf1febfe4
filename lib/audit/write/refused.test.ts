import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import { openRefusedConnections, type RefusedConnections } from './refused.ts'

let log: TestLog
let refused: RefusedConnections
const noon = new Date('2026-11-24T12:00:10Z')
beforeAll(async () => {
  log = await openTestLog()
})
beforeEach(async () => {
  await log.sql('DELETE FROM audit.refused_connection')
  refused = openRefusedConnections(log.sql as Parameters<typeof openRefusedConnections>[0])
})
afterAll(() => log.close())

const rows = () =>
  log.sql(
    `SELECT address, reason, access_key_id, operation, skew_seconds, count::int AS count, last_at FROM audit.refused_connection ORDER BY minute, count, reason`,
  )
const one = {
  address: '192.0.2.9',
  reason: 'InvalidSignatureException',
  accessKeyId: 'AKIA1',
  operation: 'Encrypt',
}

it('counts what is the same within a minute, over several flushes', async () => {
  for (let i = 0; i < 5; i++) refused.report(one, noon)
  await refused.flush()
  refused.report({ ...one, skewSeconds: 312.4 }, new Date(noon.getTime() + 20_000))
  await refused.flush()
  await refused.flush()
  expect(await rows()).toEqual([
    {
      address: '192.0.2.9',
      reason: 'InvalidSignatureException',
      access_key_id: 'AKIA1',
      operation: 'Encrypt',
      skew_seconds: 312,
      count: 6,
      last_at: new Date('2026-11-24T12:00:30Z'),
    },
  ])
})

it.each([
  ['another minute', {}, 60_000],
  ['another address', { address: '192.0.2.10' }, 0],
  ['another reason', { reason: 'MissingAuthenticationTokenException' }, 0],
  ['another access key', { accessKeyId: 'AKIA2' }, 0],
])('keeps %s apart', async (_, change, later) => {
  refused.report(one, noon)
  refused.report({ ...one, ...change }, new Date(noon.getTime() + later))
  await refused.flush()
  expect(await rows()).toHaveLength(2)
})

it('does not keep a stranger’s words', async () => {
  refused.report({ ...one, accessKeyId: '<script>', operation: 'x'.repeat(500), address: 'a\nb' }, noon)
  await refused.flush()
  expect(await rows()).toMatchObject([{ access_key_id: '', operation: '', address: 'a\\u000ab' }])
})

it('holds a crowd in few rows, and loses none of the count', async () => {
  for (let i = 0; i < 5000; i++) refused.report({ ...one, address: `10.0.${i >> 8}.${i & 255}` }, noon)
  await refused.flush()
  const found = await rows()
  expect(found.length).toBeLessThanOrEqual(1001)
  expect(found.reduce((sum, row) => sum + Number(row.count), 0)).toBe(5000)
})

it('keeps the counts when they cannot be written', async () => {
  let broken = true
  const flaky = openRefusedConnections(async (text, values) => {
    if (broken) throw new Error('away')
    return (await log.pool.query(text, [...values])).rows
  })
  flaky.report(one, noon)
  await expect(flaky.flush()).rejects.toThrow('away')
  broken = false
  flaky.report(one, noon)
  await flaky.stop()
  expect(await rows()).toMatchObject([{ count: 2 }])
})

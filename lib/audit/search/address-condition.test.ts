import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import { inRange, readAddress, readAddressRange } from '../../domain/condition-values.ts'
import { addressesOf, inRanges } from './address-condition.ts'

let log: TestLog
beforeAll(async () => {
  log = await openTestLog()
})
afterAll(() => log.close())

/** Which texts the database takes to be within a range. */
async function within(texts: readonly string[], range: string): Promise<string[]> {
  const asked = addressesOf(range)
  if (!asked) return []
  const condition = inRanges('address', asked.version, { inets: '$2::inet[]', begins: '$3::text[]' })
  const rows = await log.sql<{ address: string }>(
    `SELECT address FROM unnest($1::text[]) AS a (address) WHERE ${condition}`,
    [texts, [asked.inet], [`${asked.begin}%`]],
  )
  return rows.map(({ address }) => address)
}

const TEXTS = [
  '10.0.0.1',
  '10.1.2.3',
  '10.1.2.200',
  '101.2.3.4',
  '10.1.2.300',
  '10.1.2',
  '010.1.2.3',
  '10.1.2.3/8',
  '10.1.2.3 ',
  '2001:db8::1',
  '2001:db8:0:0:0:0:0:1',
  '2001:DB8::5:6',
  '2001:db9::1',
  '2001:db8::1::2',
  '2001:db8::1%eth0',
  '::1',
  '::',
  'AWS Internal',
  'kms.amazonaws.com',
  '-',
  '',
  '1:2:3:4:5:6:7:8:9',
  "10.1.2.3'; --",
]

it.each([
  ['10.0.0.0/8', ['10.0.0.1', '10.1.2.3', '10.1.2.200']],
  ['10.1.2.0/25', ['10.1.2.3']],
  ['10.1.2.3/32', ['10.1.2.3']],
  ['10.255.255.255/8', ['10.0.0.1', '10.1.2.3', '10.1.2.200']],
  ['0.0.0.0/0', ['10.0.0.1', '10.1.2.3', '10.1.2.200', '101.2.3.4']],
  ['96.0.0.0/3', ['101.2.3.4']],
  ['2001:db8::/32', ['2001:db8::1', '2001:db8:0:0:0:0:0:1', '2001:DB8::5:6']],
  ['::/0', ['2001:db8::1', '2001:db8:0:0:0:0:0:1', '2001:DB8::5:6', '2001:db9::1', '::1', '::']],
  ['nonsense/8', []],
])('%s', async (range, expected) => {
  expect(await within(TEXTS, range)).toEqual(expected)
})

it('never makes the question fail, and agrees with the ranges of policies', async () => {
  const part = fc.oneof(
    fc.constantFrom('', ':', '::', '.', '0', '255', '256', '1', 'ffff', 'g', '/', '01', '\n', '%'),
  )
  const text = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.ipV4(),
    fc.ipV6(),
  )
  const texts = fc.sample(text, 3000).filter((one) => !one.includes('\0'))
  for (const range of ['0.0.0.0/0', '128.0.0.0/2', '::/0', '8000::/1']) {
    const asked = readAddressRange(range)
    if (!asked) throw new Error(range)
    const expected = texts.filter((one) => {
      const address = readAddress(one)
      // What stands as IPv4 within IPv6 is kept as IPv4 in the log: as a text of its own it is not read.
      return (
        address &&
        !(one.includes(':') && one.includes('.')) &&
        !/^::ffff:/i.test(one) &&
        inRange(address, asked)
      )
    })
    const found = new Set(await within(texts, range))
    expect(expected.filter((one) => !found.has(one))).toEqual([])
    expect([...found].every((one) => readAddress(one) !== undefined)).toBe(true)
  }
})

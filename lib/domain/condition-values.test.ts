import { describe, expect, it } from 'vitest'
import {
  inRange,
  readAddress,
  readAddressRange,
  readBoolean,
  readDecimal,
  readInstant,
} from './condition-values.ts'

describe('an instant', () => {
  const noon = Date.UTC(2026, 5, 15, 12)
  it.each([
    ['2026-06-15T12:00:00Z', noon],
    ['2026-06-15T12:00Z', noon],
    ['2026-06-15T12:00:00.250Z', noon + 250],
    ['2026-06-15T12:00:00.123456789Z', noon + 123],
    ['2026-06-15T14:30:00+02:30', noon],
    ['2026-06-15T04:00:00-0800', noon],
    ['2026-06-15', Date.UTC(2026, 5, 15)],
    ['2026-06', Date.UTC(2026, 5, 1)],
    ['2028-02-29', Date.UTC(2028, 1, 29)],
    ['1781524800', noon],
    ['-1', -1000],
    ['2026', 2_026_000],
    ['2026-02-29', undefined],
    ['2026-13-01', undefined],
    ['2026-00-01', undefined],
    ['2026-06-31T00:00:00Z', undefined],
    ['2026-06-15T25:00:00Z', undefined],
    ['2026-06-15T12:00:00', undefined],
    ['15 June 2026', undefined],
    ['', undefined],
  ])('%s', (text, at) => {
    expect(readInstant(text)).toBe(at)
  })
})

describe('an address', () => {
  it.each([
    ['192.0.2.1', [192, 0, 2, 1]],
    ['::ffff:192.0.2.1', [192, 0, 2, 1]],
    ['::FFFF:c000:201', [192, 0, 2, 1]],
    ['::', new Array(16).fill(0)],
    ['::1', [...new Array(15).fill(0), 1]],
    ['1::', [0, 1, ...new Array(14).fill(0)]],
    ['192.0.2', undefined],
    ['192.0.2.256', undefined],
    ['192.0.2.01', undefined],
    ['192.0.2.1 ', undefined],
    ['1:2:3:4:5:6:7', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['1::2::3', undefined],
    ['1:2:3:4:5:6:7::8', undefined],
    ['12345::', undefined],
    ['fe80::1%eth0', undefined],
    ['192.0.2.1::', undefined],
    ['', undefined],
  ])('%s', (text, bytes) => {
    expect(readAddress(text)).toEqual(bytes)
  })

  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/32', '10.0.0.1', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['2001:db8::/31', '2001:db9::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::ffff:0:0/96', '198.51.100.7', true],
  ])('in %s: %s is %s', (range, address, expected) => {
    const [parsed, bytes] = [readAddressRange(range), readAddress(address)]
    expect(parsed && bytes && inRange(bytes, parsed)).toBe(expected)
  })

  it.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/8/8', '/8'])(
    'no range: %s',
    (text) => {
      expect(readAddressRange(text)).toBeUndefined()
    },
  )
})

describe('numbers and booleans', () => {
  it.each([
    ['14', 14],
    ['-1.5', -1.5],
    ['+2', 2],
    ['1e3', 1000],
    ['', undefined],
    [' 1', undefined],
    ['0x1', undefined],
    ['1_000', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
  ])('the number %s', (text, value) => {
    expect(readDecimal(text)).toBe(value)
  })

  it.each([
    ['true', true],
    ['FALSE', false],
    ['yes', undefined],
    ['', undefined],
    ['1', undefined],
  ])('the boolean %s', (text, value) => {
    expect(readBoolean(text)).toBe(value)
  })
})

import { describe, expect, it } from 'vitest'
import { fillRandom, randomBytes, uuidv4, uuidv7 } from './random.ts'

it('gives bytes in memory of their own', () => {
  expect(randomBytes(32)).toHaveLength(32)
  expect(randomBytes(32).buffer.byteLength).toBe(32)
  expect(randomBytes(32)).not.toEqual(randomBytes(32))
})

it('fills what it is given and nothing beside it', () => {
  const bytes = Buffer.alloc(64)
  fillRandom(bytes.subarray(16, 48))
  expect(bytes.subarray(16, 48)).not.toEqual(Buffer.alloc(32))
  expect(Buffer.concat([bytes.subarray(0, 16), bytes.subarray(48)])).toEqual(Buffer.alloc(32))
})

it('makes UUIDs of version 4', () => {
  expect(uuidv4()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

describe('UUIDs of version 7', () => {
  it.each([
    // RFC 9562, appendix A.6
    [0x017f22e279b0, '017f22e2-79b0-7'],
    [0, '00000000-0000-7'],
    [2 ** 48 - 1, 'ffffffff-ffff-7'],
  ])('begin with their millisecond: %d', (ms, start) => {
    const id = uuidv7(ms)
    expect(id.slice(0, 15)).toBe(start)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('differ within a millisecond', () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size).toBe(1000)
  })

  it.each([-1, 1.5, 2 ** 48, Number.NaN])('refuse the time %d', (ms) => {
    expect(() => uuidv7(ms)).toThrow(RangeError)
  })
})

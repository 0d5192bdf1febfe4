import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ENCODINGS, printBytes, readBytes } from './bytes.ts'

it.each(ENCODINGS.filter((encoding) => encoding !== 'text'))('%s comes back as it went', (encoding) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
      expect(readBytes(printBytes(bytes, encoding) ?? '', encoding).bytes).toEqual(bytes)
    }),
    { numRuns: 50 },
  )
})

it('text is text only when it is UTF-8', () => {
  expect(printBytes(new TextEncoder().encode('größer €'), 'text')).toBe('größer €')
  expect(printBytes(new Uint8Array([0xff, 0xfe]), 'text')).toBeUndefined()
  expect(printBytes(new Uint8Array([0xc3]), 'text')).toBeUndefined()
})

describe('what is not in its encoding is refused with a reason', () => {
  it.each([
    ['an odd digit', 'abc', 'hex', /one is missing/],
    ['a letter beyond f', 'zz', 'hex', /0–9 and a–f/],
    ['base64 cut short', 'aGVsbG8', 'base64', /groups of four/],
    ['base64 of the URL alphabet', 'a_-=', 'base64', /not base64/],
  ] as const)('%s', (_, text, encoding, reason) => {
    expect(readBytes(text, encoding).fault).toMatch(reason)
  })
})

it('line breaks of a pasted blob do not matter', () => {
  expect(readBytes('aGVs\nbG8=\n', 'base64').bytes).toEqual(new TextEncoder().encode('hello'))
  expect(readBytes('68 65 6c 6c 6f', 'hex').bytes).toEqual(new TextEncoder().encode('hello'))
})

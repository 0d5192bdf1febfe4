import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKey, kbkdf } from './kbkdf.ts'
import { LABELS, type Label } from './labels.ts'
import { secretKey } from './secret-key.ts'
import answers from './testdata/kbkdf.json' with { type: 'json' }
import { plainKbkdf } from './testdata/second-opinion.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

// testdata/kbkdf.json was made with: openssl kdf -kdfopt mac:HMAC -kdfopt digest:SHA256 -kdfopt mode:COUNTER
// … KBKDF
it.each(answers)('gives what OpenSSL gives: $label, $derived', ({ key, label, context, derived }) => {
  const output = kbkdf(secretKey(hex(key)), label as Label, hex(context), derived.length / 2)
  expect(output.toString('hex')).toBe(derived)
})

it('gives what a second implementation gives', () => {
  const inputs = [
    fc.uint8Array({ minLength: 1, maxLength: 130 }),
    fc.constantFrom(...Object.values(LABELS)),
    fc.uint8Array({ maxLength: 100 }),
    fc.integer({ min: 1, max: 300 }),
  ] as const
  fc.assert(
    fc.property(...inputs, (key, label, context, length) => {
      expect(kbkdf(secretKey(key), label, context, length)).toEqual(plainKbkdf(key, label, context, length))
    }),
    { numRuns: 2000 },
  )
})

describe('what separates derived keys', () => {
  const key = secretKey(Buffer.alloc(32, 7))
  const base = kbkdf(key, LABELS.wrap, Buffer.from('context'), 32)

  it.each([
    ['another key', kbkdf(secretKey(Buffer.alloc(32, 8)), LABELS.wrap, Buffer.from('context'), 32)],
    ['another label', kbkdf(key, LABELS.blob, Buffer.from('context'), 32)],
    ['another context', kbkdf(key, LABELS.wrap, Buffer.from('contexT'), 32)],
    ['a longer output', kbkdf(key, LABELS.wrap, Buffer.from('context'), 64).subarray(0, 32)],
  ])('%s', (_, other) => {
    expect(other).not.toEqual(base)
  })

  it('a derived key is 32 bytes of it', () => {
    expect(deriveKey(key, LABELS.wrap, Buffer.from('context')).export()).toEqual(base)
  })
})

it.each([0, -1, 1.5, Number.NaN, 8161])('refuses a length of %d', (length) => {
  expect(() => kbkdf(secretKey(Buffer.alloc(32)), LABELS.wrap, Buffer.alloc(0), length)).toThrow(RangeError)
})

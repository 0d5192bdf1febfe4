import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainFields } from './testdata/second-opinion.ts'
import { encodeFields, type Field } from './tlv.ts'

/** Reads an encoding back; what can be read back in one way only shares its encoding with nothing. */
function decode(bytes: Buffer): Field[] {
  const fields: Field[] = []
  let at = 4
  for (let i = 0; i < bytes.readUInt32BE(0); i++) {
    const length = bytes.readUInt32BE(at + 1)
    const value = bytes.subarray(at + 5, at + 5 + length)
    fields.push([null, value.toString(), Uint8Array.from(value)][bytes.readUInt8(at)] ?? null)
    at += 5 + length
  }
  expect(at).toBe(bytes.length)
  return fields
}

const field = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
)
const fields = fc.array(field, { maxLength: 12 })

it('is frozen', () => {
  expect(encodeFields(['a', null, Uint8Array.of(1, 2), '']).toString('hex')).toBe(
    '000000040100000001610000000000020000000201020100000000',
  )
})

it('can be read back, so that no two lists share an encoding', () => {
  fc.assert(
    fc.property(fields, (list) => {
      const encoded = encodeFields(list)
      expect(decode(encoded)).toEqual(list)
      expect(encoded).toEqual(plainFields(list))
    }),
    { numRuns: 10_000 },
  )
})

it('is no prefix of another list, so that bytes may follow', () => {
  // Few letters, so that lists that share a beginning are common.
  const short = fc.array(
    fc.oneof(fc.constant(null), fc.string({ unit: fc.constantFrom('\0', '\x01'), maxLength: 3 })),
  )
  fc.assert(
    fc.property(short, short, (a, b) => {
      const [one, other] = [encodeFields(a), encodeFields(b)]
      const starts = other.subarray(0, one.length).equals(one)
      expect(starts).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
    { numRuns: 10_000 },
  )
})

it.each([
  ['a boundary that shifts', ['ab', 'c'], ['a', 'bc']],
  ['nothing and empty text', [null], ['']],
  ['empty text and empty bytes', [''], [new Uint8Array()]],
  ['text and the same bytes', ['A'], [Uint8Array.of(65)]],
  ['no field and one that is null', [], [null]],
  ['a composed letter and a decomposed one', ['\u00e9'], ['e\u0301']],
] as const)('tells apart %s', (_, a, b) => {
  expect(encodeFields(a)).not.toEqual(encodeFields(b))
})

it.each(['\ud800', 'a\udc00b'])('refuses text that UTF-8 cannot say: %j', (text) => {
  expect(() => encodeFields([text])).toThrow(TypeError)
})

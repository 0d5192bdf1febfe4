/** DER as it is written is read; every other spelling of it is refused. */
import { describe, expect, it } from 'vitest'
import { berIndefinite, contextTag, DerError, der, oid, readElements, readOnly, TAG } from './der.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

describe('DER', () => {
  // X.690 §8.19.5 and well-known algorithms.
  it.each([
    ['2.999.3', '0603883703'],
    ['1.2.840.113549.1.1.1', '06092a864886f70d010101'],
    ['2.5.29.19', '0603551d13'],
    ['2.16.840.1.101.3.4.2.1', '0609608648016503040201'],
    ['1.3.132.0.34', '06052b81040022'],
  ])('%s is %s', (dotted, encoded) => {
    expect(oid(dotted).toString('hex')).toBe(encoded)
  })

  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('of %i bytes is read as it was written', (length) => {
    const content = Buffer.alloc(length, 7)
    const whole = der(TAG.octetString, content)
    expect(readOnly(whole, TAG.octetString)).toEqual({ tag: TAG.octetString, content, whole })
  })

  it('of several elements is read in their order', () => {
    const bytes = Buffer.concat([
      der(TAG.null),
      der(contextTag(1), der(TAG.null)),
      der(contextTag(2, 'primitive')),
    ])
    expect(readElements(bytes).map(({ tag }) => tag)).toEqual([0x05, 0xa1, 0x82])
  })

  it('never has an indefinite length, which BER may', () => {
    const ber = berIndefinite(TAG.sequence, der(TAG.null))
    expect(ber.toString('hex')).toBe('308005000000')
    expect(() => readElements(ber)).toThrow(DerError)
  })

  it.each([
    ['a tag alone', '30'],
    ['a cut length', '3082'],
    ['a cut content', '040201'],
    ['a length longer than it need be', '04810100'],
    ['a length with a zero in front', '0482008000'],
    ['a length of four bytes', '048400000001ff'],
    ['a tag of several bytes', '1f8101'],
  ])('%s is refused', (_, text) => {
    expect(() => readElements(hex(text))).toThrow(DerError)
  })

  it.each([
    ['nothing', ''],
    ['another tag', '0500'],
    ['a second element', '30003000'],
  ])('%s is not the only SEQUENCE', (_, text) => {
    expect(() => readOnly(hex(text), TAG.sequence)).toThrow(DerError)
  })
})

import { describe, expect, it } from 'vitest'
import { DerError, der, TAG } from './der.ts'
import { derUnsigned, readSequence } from './der-reader.ts'
import { modulo, unsigned, unsignedBytes } from './number.ts'
import { readPair, writePair } from './signature-pair.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('an unsigned INTEGER', () => {
  it.each([
    ['00', '02 01 00'],
    ['', '02 01 00'],
    ['0000', '02 01 00'],
    ['7f', '02 01 7f'],
    ['80', '02 02 0080'],
    ['00ff', '02 02 00ff'],
    ['0100', '02 02 0100'],
  ])('of %s is %s', (bytes, element) => {
    expect(derUnsigned(hex(bytes))).toEqual(hex(element))
    const read = readSequence(der(TAG.sequence, hex(element))).unsigned()
    expect(unsigned(read)).toBe(unsigned(hex(bytes)))
  })

  it.each(['02 00', '02 01 80', '02 02 007f', '02 02 0000', '02 02 ffff', '04 01 01', '02 02 01'])(
    'is not %s',
    (element) => {
      expect(() => readSequence(der(TAG.sequence, hex(element))).unsigned()).toThrow(DerError)
    },
  )
})

describe('a signature of two numbers', () => {
  it.each(['0001 0002', 'ffff 8000', '0000 0000', '0080 7fff'])('goes to DER and back: %s', (pair) => {
    expect(readPair(writePair(hex(pair)), 2)).toEqual(new Uint8Array(hex(pair)))
  })

  it.each([
    ['nothing', ''],
    ['one number', '30 03 020101'],
    ['three numbers', '30 09 020101 020102 020103'],
    ['a number that is too long', '30 08 0203010000 020101'],
    ['a negative number', '30 06 020180 020101'],
    ['a longer form of a number', '30 07 02020001 020101'],
    ['a longer form of a length', '30 8106 020101 020101'],
    ['an indefinite length', '30 80 020101 020101 0000'],
    ['a byte after it', '30 06 020101 020101 00'],
    ['a byte inside after it', '30 07 020101 020101 00'],
    ['a set', '31 06 020101 020101'],
    ['bits for numbers', '30 06 030101 030101'],
  ])('is not %s', (_, bytes) => {
    expect(readPair(hex(bytes), 2)).toBeUndefined()
  })
})

describe('numbers', () => {
  it.each([
    [0n, 2, '0000'],
    [255n, 1, 'ff'],
    [256n, 3, '000100'],
  ])('%s in %i bytes', (n, length, bytes) => {
    expect(unsignedBytes(n, length)).toEqual(hex(bytes))
    expect(unsigned(hex(bytes))).toBe(n)
  })

  it.each([256n, -1n])('%s is in no byte', (n) => {
    expect(() => unsignedBytes(n, 1)).toThrow(RangeError)
  })

  it('have a remainder that is never negative', () => {
    expect([modulo(-1n, 7n), modulo(7n, 7n), modulo(8n, 7n)]).toEqual([6n, 0n, 1n])
  })
})

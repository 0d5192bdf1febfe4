/** CBOR that attestation documents are made of is read; everything else of CBOR is refused. */
import { describe, expect, it } from 'vitest'
import { CborError, readCbor } from './cbor.ts'

const read = (hex: string) => readCbor(Buffer.from(hex, 'hex'))

describe('CBOR', () => {
  // Examples of RFC 8949, appendix A.
  it.each<[string, unknown]>([
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['40', Buffer.alloc(0)],
    ['4401020304', Buffer.of(1, 2, 3, 4)],
    ['60', ''],
    ['6449455446', 'IETF'],
    ['62c3bc', 'ü'],
    ['f6', null],
    ['8301820203820405', [1, [2, 3], [4, 5]]],
    ['bfff', new Map()],
    [
      'a201020304',
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      'a26161016162820203',
      new Map<string, unknown>([
        ['a', 1],
        ['b', [2, 3]],
      ]),
    ],
  ])('%s is read', (hex, value) => {
    expect(read(hex)).toEqual(value)
  })

  it.each([
    ['nothing', ''],
    ['a cut argument', '19ff'],
    ['cut bytes', '4401'],
    ['a cut list', '8301'],
    ['a cut map', 'a101'],
    ['a byte behind the end', '0000'],
    ['a list longer than its bytes', '9affffffff'],
    ['a map longer than its bytes', 'bb00ffffffffffff00'],
    ['bytes longer than there are', '5affffffff'],
    ['a number above 2^53', '1b0020000000000000'],
    ['indefinite bytes', '5f42010243030405ff'],
    ['an indefinite list', '9fff'],
    ['an open map without its end', 'bf0001'],
    ['an open map that ends behind a key', 'bf00ff'],
    ['an end of nothing', 'ff'],
    ['a key twice in an open map', 'bf00010001ff'],
    ['a reserved argument', '1c'],
    ['a tag', 'c11a514b67b0'],
    ['false', 'f4'],
    ['undefined', 'f7'],
    ['a half float', 'f93c00'],
    ['a double', 'fb3ff199999999999a'],
    ['a key twice', 'a201000101'],
    ['a key of bytes', 'a1410000'],
    ['a list as a key', 'a18000'],
    ['text that is not UTF-8', '61ff'],
    ['five levels', '8181818181 00'.replace(' ', '')],
  ])('%s is refused', (_, hex) => {
    expect(() => read(hex)).toThrow(CborError)
  })
})

/** RFC 5649 under AES-256: against a second library, against the vectors, and with every byte changed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { aeskwp } from '@noble/ciphers/aes.js'
import { describe, expect, it } from 'vitest'
import { unwrapPadded, wrapPadded } from './aes-kwp.ts'
import { randomBytes } from './random.ts'
import { secretKey } from './secret-key.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

describe('AES-KWP', () => {
  // 1 to 8 bytes are one block, 9 and more go around.
  it.each([1, 7, 8, 9, 16, 32, 121, 138, 1218, 2375])(
    'of %i bytes is what another library makes of it',
    (length) => {
      const bytes = randomBytes(32)
      const plaintext = randomBytes(length)
      const wrapped = wrapPadded(secretKey(bytes), plaintext)
      expect(wrapped).toEqual(Buffer.from(aeskwp(bytes).encrypt(plaintext)))
      expect(unwrapPadded(secretKey(bytes), wrapped)).toEqual(plaintext)
    },
  )

  // Made with openssl enc -id-aes256-wrap-pad -iv A65959A6.
  it('gives a known answer', () => {
    const key = secretKey(hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'))
    expect(wrapPadded(key, Buffer.from('key material')).toString('hex')).toBe(
      'a526bad03f228a7d6c3797b0445a6ff2d8d96ebb4b8b4f6c',
    )
  })

  it('does not unwrap with any byte changed, cut or added', () => {
    const key = secretKey(randomBytes(32))
    const wrapped = wrapPadded(key, randomBytes(20))
    for (const i of wrapped.keys()) {
      const changed = Buffer.from(wrapped)
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i)
      expect(unwrapPadded(key, changed)).toBeUndefined()
      expect(unwrapPadded(key, wrapped.subarray(0, i))).toBeUndefined()
    }
    expect(unwrapPadded(key, Buffer.concat([wrapped, Buffer.alloc(8)]))).toBeUndefined()
  })

  it('is for AES-256 and for something', () => {
    expect(() => wrapPadded(secretKey(randomBytes(16)), randomBytes(8))).toThrow(RangeError)
    expect(() => unwrapPadded(secretKey(randomBytes(24)), randomBytes(16))).toThrow(RangeError)
    expect(() => wrapPadded(secretKey(randomBytes(32)), Buffer.alloc(0))).toThrow(RangeError)
  })
})

const FOLDER = process.env.KEYHOUSE_VECTORS ?? join(import.meta.dirname, '../../../shared/wycheproof')
const FILE = join(FOLDER, 'aes_kwp_test.json')
const present = existsSync(FILE)
if (!present) console.warn(`skipped: no Wycheproof vectors in ${FOLDER}`)

type Vector = Record<'key' | 'msg' | 'ct' | 'comment', string> & { tcId: number; result: 'valid' | 'invalid' }
type Group = { keySize: number; tests: Vector[] }

describe.skipIf(!present)('the Wycheproof vectors of AES-KWP', () => {
  const groups: Group[] = present ? JSON.parse(readFileSync(FILE, 'utf8')).testGroups : []
  const titled = (bits: (size: number) => boolean) =>
    groups
      .filter((group) => bits(group.keySize))
      .flatMap((group) =>
        group.tests.map((test) => [`${test.tcId} ${test.result} ${test.comment}`, test] as const),
      )

  it('are 254, 94 of them of our size', () => {
    expect([titled(() => true).length, titled((size) => size === 256).length]).toEqual([254, 94])
  })

  it.each(titled((size) => size === 256))('%s', (_, test) => {
    const key = secretKey(hex(test.key))
    const expected = test.result === 'valid' ? hex(test.msg) : undefined
    expect(unwrapPadded(key, hex(test.ct))).toEqual(expected)
    if (expected) expect(wrapPadded(key, expected)).toEqual(hex(test.ct))
  })

  it.each(titled((size) => size !== 256))('not supported: %s', (_, test) => {
    expect(() => unwrapPadded(secretKey(hex(test.key)), hex(test.ct))).toThrow(RangeError)
  })
})

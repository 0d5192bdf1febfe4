import { describe, expect, it } from 'vitest'
import { MAC_ALGORITHMS } from '#lib/domain/key-spec.ts'
import { generateMac, macMatches } from './hmac.ts'
import { randomBytes } from './random.ts'
import { secretKey } from './secret-key.ts'
import { openssl, present } from './testdata/openssl.ts'

const MESSAGE = Buffer.from('what is authenticated')
const BYTES = { HMAC_SHA_224: 28, HMAC_SHA_256: 32, HMAC_SHA_384: 48, HMAC_SHA_512: 64 }

describe.each(MAC_ALGORITHMS)('%s', (algorithm) => {
  const key = secretKey(randomBytes(BYTES[algorithm]))
  const mac = generateMac(key, algorithm, MESSAGE)

  it('is whole, and the same each time', () => {
    expect(mac).toHaveLength(BYTES[algorithm])
    expect(generateMac(key, algorithm, MESSAGE)).toEqual(mac)
    expect(macMatches(key, algorithm, MESSAGE, mac)).toBe(true)
  })

  it.each<[string, Uint8Array]>([
    ['one bit', mac.map((byte, i) => (i === mac.length - 1 ? byte ^ 1 : byte))],
    ['a byte less', mac.subarray(0, -1)],
    ['a byte more', Buffer.concat([mac, Buffer.alloc(1)])],
    ['everything', new Uint8Array()],
  ])('does not match when %s differs', (_, changed) => {
    expect(macMatches(key, algorithm, MESSAGE, changed)).toBe(false)
  })

  it('does not match for another message or key', () => {
    expect(macMatches(key, algorithm, Buffer.concat([MESSAGE, Buffer.alloc(1)]), mac)).toBe(false)
    expect(macMatches(secretKey(randomBytes(32)), algorithm, MESSAGE, mac)).toBe(false)
  })

  // Imported keys may be up to 128 bytes, past the block of SHA-256.
  it.skipIf(!present).each([BYTES[algorithm], 100, 128])(
    'is what openssl says for a key of %i bytes',
    (length) => {
      const bytes = randomBytes(length)
      const command = `dgst -${algorithm.slice(5).replace('_', '').toLowerCase()} -mac HMAC -macopt hexkey:${bytes.toString('hex')} -binary -out out m`
      expect(generateMac(secretKey(bytes), algorithm, MESSAGE)).toEqual(openssl(command, { m: MESSAGE }))
    },
  )
})

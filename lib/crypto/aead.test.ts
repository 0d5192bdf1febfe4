import { gcm } from '@noble/ciphers/aes.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openGcm, sealGcm } from './aead.ts'
import { randomBytes } from './random.ts'
import { secretKey } from './secret-key.ts'

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })

describe('against a second implementation', () => {
  it('seals what the other opens, and opens what the other seals', () => {
    const inputs = [bytes(32), bytes(12), fc.uint8Array(), fc.uint8Array({ maxLength: 300 })] as const
    fc.assert(
      fc.property(...inputs, (raw, iv, aad, plaintext) => {
        const key = secretKey(raw)
        const { ciphertext, tag } = sealGcm(key, { iv, aad }, plaintext)
        const theirs = gcm(raw, iv, aad).encrypt(plaintext)
        expect(Buffer.concat([ciphertext, tag])).toEqual(Buffer.from(theirs))
        const sealed = { ciphertext: theirs.subarray(0, -16), tag: theirs.subarray(-16) }
        expect(openGcm(key, { iv, aad }, sealed)).toEqual(Buffer.from(plaintext))
      }),
      { numRuns: 500 },
    )
  })
})

describe('shapes that are not ours', () => {
  const nonce = { iv: randomBytes(12), aad: randomBytes(3) }

  it.each([
    ['a key of 16 bytes', 16, 12],
    ['a key of 24 bytes', 24, 12],
    ['an IV of 8 bytes', 32, 8],
    ['an IV of 16 bytes', 32, 16],
    ['no IV', 32, 0],
  ])('%s is refused', (_, keySize, ivSize) => {
    const key = secretKey(randomBytes(keySize))
    const sealed = { ciphertext: randomBytes(4), tag: randomBytes(16) }
    expect(() => sealGcm(key, { ...nonce, iv: randomBytes(ivSize) }, randomBytes(4))).toThrow(RangeError)
    expect(() => openGcm(key, { ...nonce, iv: randomBytes(ivSize) }, sealed)).toThrow(RangeError)
  })

  it.each([0, 4, 12, 15, 17])('a tag cut or grown to %i bytes does not open', (size) => {
    const key = secretKey(randomBytes(32))
    const { ciphertext, tag } = sealGcm(key, nonce, Buffer.from('hello'))
    expect(openGcm(key, nonce, { ciphertext, tag })).toEqual(Buffer.from('hello'))
    const other = Buffer.concat([tag, Buffer.alloc(1)]).subarray(0, size)
    expect(openGcm(key, nonce, { ciphertext, tag: other })).toBeUndefined()
  })
})

/**
 * AES key wrap with padding (RFC 5649, SP 800-38F KWP) under AES-256: how material of any length travels under a
 * key. It is deterministic and authenticates nothing but the wrapped bytes.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

const CIPHER = 'id-aes256-wrap-pad'
const KEY_BYTES = 32
/** The constant of RFC 5649 §3; the length is put behind it by the cipher. */
const ALTERNATIVE_IV = Buffer.from('A65959A6', 'hex')
/** One semiblock of header and one of padded material. */
const LEAST = 16

function checkKey(key: KeyObject): void {
  if (key.symmetricKeySize !== KEY_BYTES) throw new RangeError('AES key wrap under AES-256 only')
}

/** Wraps one byte or more: a multiple of 8 bytes, 8 to 15 longer. Throws RangeError for nothing, or another key. */
export function wrapPadded(key: KeyObject, plaintext: Uint8Array): Buffer {
  checkKey(key)
  if (plaintext.length === 0) throw new RangeError('there is nothing to wrap')
  const cipher = createCipheriv(CIPHER, key, ALTERNATIVE_IV)
  return Buffer.concat([cipher.update(plaintext), cipher.final()])
}

/** The wrapped bytes, which the caller wipes; undefined when anything is not as it was wrapped. */
export function unwrapPadded(key: KeyObject, wrapped: Uint8Array): Buffer | undefined {
  checkKey(key)
  if (wrapped.length < LEAST || wrapped.length % 8 !== 0) return undefined
  const decipher = createDecipheriv(CIPHER, key, ALTERNATIVE_IV)
  try {
    const plaintext = decipher.update(wrapped)
    decipher.final()
    return plaintext
  } catch {
    return undefined
  }
}

/**
 * AES-256-GCM with a 12-byte IV and a 16-byte tag (SP 800-38D), and no other shape of it.
 * It does not choose IVs: everything here that calls it uses a key once (R19).
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const OPTIONS = { authTagLength: TAG_BYTES } as const

export type Nonce = { readonly iv: Uint8Array; readonly aad: Uint8Array }
export type Sealed = { readonly ciphertext: Uint8Array; readonly tag: Uint8Array }

function checkSizes(key: KeyObject, iv: Uint8Array): void {
  if (key.symmetricKeySize !== KEY_BYTES || iv.length !== IV_BYTES)
    throw new RangeError('AES-256-GCM with a 12-byte IV only')
}

/** Encrypts. The tag has 16 bytes. Throws RangeError for another size of key or IV. */
export function sealGcm(key: KeyObject, { iv, aad }: Nonce, plaintext: Uint8Array): Sealed {
  checkSizes(key, iv)
  const cipher = createCipheriv(CIPHER, key, iv, OPTIONS)
  cipher.setAAD(aad)
  const ciphertext = cipher.update(plaintext)
  // GCM holds nothing back: final only computes the tag.
  cipher.final()
  return { ciphertext, tag: cipher.getAuthTag() }
}

/** The plaintext in memory of its own, or undefined when anything is not as it was sealed. */
export function openGcm(key: KeyObject, { iv, aad }: Nonce, { ciphertext, tag }: Sealed): Buffer | undefined {
  checkSizes(key, iv)
  if (tag.length !== TAG_BYTES) return undefined
  const decipher = createDecipheriv(CIPHER, key, iv, OPTIONS)
  decipher.setAAD(aad).setAuthTag(tag)
  const plaintext = decipher.update(ciphertext)
  try {
    decipher.final()
    return plaintext
  } catch {
    // Deciphered but not authentic: nobody may see it.
    plaintext.fill(0)
    return undefined
  }
}

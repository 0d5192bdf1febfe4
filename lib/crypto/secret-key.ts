/**
 * Secret keys as KeyObjects: one copy outside the JavaScript heap that nothing prints,
 * and a sixth of the cost of raw bytes in every HMAC and cipher.
 */
import { createSecretKey, type KeyObject } from 'node:crypto'
import { SecretBytes } from '#lib/domain/secret-bytes.ts'
import { randomBytes } from './random.ts'

export type { KeyObject } from 'node:crypto'

/** A key of a copy of these bytes. The caller still owns the bytes and wipes them. */
export const secretKey = (bytes: Uint8Array): KeyObject => createSecretKey(bytes)

/** A key of bytes that nobody else needs: they are zero afterwards. */
export function secretKeyAndWipe(bytes: Uint8Array): KeyObject {
  try {
    return createSecretKey(bytes)
  } finally {
    bytes.fill(0)
  }
}

/** A new random key of `size` bytes, and those bytes to be wrapped and wiped. */
export function generateSecretKey(size = 32): { key: KeyObject; bytes: SecretBytes } {
  const bytes = randomBytes(size)
  return { key: createSecretKey(bytes), bytes: new SecretBytes(bytes) }
}

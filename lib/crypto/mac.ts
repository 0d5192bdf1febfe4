/** HMAC-SHA-256 (FIPS 198-1). */
import { createHmac, type KeyObject } from 'node:crypto'

/**
 * The 32-byte HMAC of the parts, one after the other; text is UTF-8. Parts that could shift belong in tlv.ts.
 */
export function hmacSha256(key: KeyObject, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

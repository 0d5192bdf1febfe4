/**
 * Key derivation: NIST SP 800-108r1, KDF in counter mode (§4.1) with HMAC-SHA-256.
 *
 *   K(i) = HMAC(key, i u32 | label | 0x00 | context | length in bits u32)      output = K(1) | K(2) | …
 *
 * Integers are big-endian. Labels hold no zero byte, so label and context cannot shift into each other.
 */
import type { KeyObject } from 'node:crypto'
import type { Label } from './labels.ts'
import { hmacSha256 } from './mac.ts'
import { secretKeyAndWipe } from './secret-key.ts'

const BLOCK = 32
const MAX_LENGTH = 255 * BLOCK

function fixedInput(label: Label, context: Uint8Array, length: number): Buffer {
  const input = Buffer.alloc(4 + label.length + 1 + context.length + 4)
  input.write(label, 4, 'latin1')
  input.set(context, 4 + label.length + 1)
  input.writeUInt32BE(length * 8, input.length - 4)
  return input
}

/**
 * `length` bytes of key, 1 to 8160, for the caller to wipe. Throws RangeError for another length.
 * The four arguments are the four that the standard names.
 */
export function kbkdf(key: KeyObject, label: Label, context: Uint8Array, length: number): Buffer {
  if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH)
    throw new RangeError('cannot derive that many bytes')
  const input = fixedInput(label, context, length)
  const output = Buffer.alloc(length)
  for (let i = 1, at = 0; at < length; i++, at += BLOCK) {
    input.writeUInt32BE(i, 0)
    const block = hmacSha256(key, input)
    block.copy(output, at)
    block.fill(0)
  }
  return output
}

/** A derived key of 32 bytes. */
export const deriveKey = (key: KeyObject, label: Label, context: Uint8Array): KeyObject =>
  secretKeyAndWipe(kbkdf(key, label, context, 32))

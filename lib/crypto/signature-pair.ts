/**
 * Signatures of ECDSA (RFC 3279 §2.2.3) and SM2DSA (GB/T 35276): SEQUENCE { INTEGER r, INTEGER s }, in exact DER,
 * so that nobody can make a second form of a signature.
 */
import { der, TAG } from './der.ts'
import { derUnsigned, readSequence } from './der-reader.ts'

/** r ‖ s, each of `bytes` bytes, or undefined when the signature is malformed or a number is too long. */
export function readPair(signature: Uint8Array, bytes: number): Uint8Array | undefined {
  try {
    const fields = readSequence(signature)
    const [r, s] = [fields.unsigned(), fields.unsigned()]
    fields.end()
    if (r.length > bytes || s.length > bytes) return undefined
    const pair = new Uint8Array(2 * bytes)
    pair.set(r, bytes - r.length)
    pair.set(s, 2 * bytes - s.length)
    return pair
  } catch {
    return undefined
  }
}

/** The DER of r ‖ s. */
export function writePair(pair: Uint8Array): Buffer {
  const bytes = pair.length / 2
  return der(TAG.sequence, derUnsigned(pair.subarray(0, bytes)), derUnsigned(pair.subarray(bytes)))
}

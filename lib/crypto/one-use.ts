/**
 * Sealing under a key that is derived for one message and then forgotten: what wrapped records, the root
 * key's records and page markers have in common. Their headers are their own.
 *
 *   header | salt 16 | iv 12 | ciphertext | tag 16      key = KBKDF(long key, label, salt)
 *
 * Additional data = header | salt | iv | the caller's.
 */
import type { KeyObject } from 'node:crypto'
import { openGcm, sealGcm } from './aead.ts'
import { deriveKey } from './kbkdf.ts'
import type { Label } from './labels.ts'
import { fillRandom } from './random.ts'

const SALT = 16
const IV = 12
const TAG = 16

/** Bytes that sealing adds to the header and the plaintext. */
export const ONE_USE_OVERHEAD = SALT + IV + TAG

type LongKey = { readonly key: KeyObject; readonly label: Label }

/** Derives the key and collects the additional data for the message that starts with `front`. */
function prepare({ key, label }: LongKey, front: Uint8Array, aad: Uint8Array) {
  const saltAt = front.length - IV - SALT
  return {
    key: deriveKey(key, label, front.subarray(saltAt, saltAt + SALT)),
    nonce: { iv: front.subarray(saltAt + SALT), aad: Buffer.concat([front, aad]) },
  }
}

/** Seals a plaintext behind a header; both the header and `aad` must be the same to open it. */
export function sealOnce(
  long: LongKey,
  bound: { header: Uint8Array; aad: Uint8Array },
  plaintext: Uint8Array,
): Buffer {
  const start = bound.header.length + SALT + IV
  const out = Buffer.alloc(start + plaintext.length + TAG)
  out.set(bound.header)
  fillRandom(out.subarray(bound.header.length, start))
  const { key, nonce } = prepare(long, out.subarray(0, start), bound.aad)
  const { ciphertext, tag } = sealGcm(key, nonce, plaintext)
  out.set(ciphertext, start)
  out.set(tag, start + ciphertext.length)
  return out
}

/** The plaintext in memory of its own, or undefined. The caller has judged the header already. */
export function openOnce(
  long: LongKey,
  bound: { headerBytes: number; aad: Uint8Array },
  sealed: Uint8Array,
): Buffer | undefined {
  const start = bound.headerBytes + SALT + IV
  if (sealed.length < start + TAG) return undefined
  const { key, nonce } = prepare(long, sealed.subarray(0, start), bound.aad)
  const tagAt = sealed.length - TAG
  return openGcm(key, nonce, { ciphertext: sealed.subarray(start, tagAt), tag: sealed.subarray(tagAt) })
}

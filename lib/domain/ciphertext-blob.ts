/**
 * What a ciphertext blob of a symmetric key says of itself, read without opening it. Works in browsers. Nothing of it
 * is proved: whoever decrypts asks lib/crypto/blob.ts, which owns the format.
 *
 *   byte 0         1         2                 34      50     62           94            n-16     n
 *   ┌───────────┬─────────┬─────────────────┬───────┬──────┬────────────┬─────────────┬────────┐
 *   │ version 1 │ suite 1 │ key material id │ salt  │ iv   │ commitment │ ciphertext  │ tag    │
 */

const VERSION = 1
const SUITE = 1
const ID_AT = 2
const ID_END = 34
const CIPHERTEXT_AT = 94
const TAG = 16
/** "Maximum length of 6144." — API_Decrypt, CiphertextBlob */
export const MOST_CIPHERTEXT_BYTES = 6144

export type CiphertextFacts = {
  readonly version: number
  /** 64 hex digits, as KeyMaterialId in answers of KMS. */
  readonly materialId: string
  readonly plaintextBytes: number
}

/** What the blob says, or undefined when it is not one of a symmetric key of Keyhouse, version 1. */
export function readCiphertextBlob(bytes: Uint8Array): CiphertextFacts | undefined {
  if (bytes.length < CIPHERTEXT_AT + TAG || bytes.length > MOST_CIPHERTEXT_BYTES) return undefined
  if (bytes[0] !== VERSION || bytes[1] !== SUITE) return undefined
  const id = Array.from(bytes.subarray(ID_AT, ID_END), (byte) => byte.toString(16).padStart(2, '0'))
  return { version: VERSION, materialId: id.join(''), plaintextBytes: bytes.length - CIPHERTEXT_AT - TAG }
}

/**
 * As much of a blob as names its key: nobody can open it, and it is short enough for an address. FindKeyOfCiphertext
 * takes it in place of the whole.
 */
export const ciphertextHead = (bytes: Uint8Array): Uint8Array => bytes.slice(0, CIPHERTEXT_AT + TAG)

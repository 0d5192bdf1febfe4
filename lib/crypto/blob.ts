/**
 * Ciphertext blobs, version 1. Frozen: what it once sealed opens for ever (R18-R23).
 *
 *   byte 0         1         2                 34      50     62           94            n-16     n
 *   ┌───────────┬─────────┬─────────────────┬───────┬──────┬────────────┬─────────────┬────────┐
 *   │ version 1 │ suite 1 │ key material id │ salt  │ iv   │ commitment │ ciphertext  │ tag    │
 *   └───────────┴─────────┴─────────────────┴───────┴──────┴────────────┴─────────────┴────────┘
 *
 * KBKDF(material, blob/v1, salt | key material id) = 32 bytes of AES-256-GCM key | 32 bytes of commitment.
 * Additional data = bytes 0 to 94 | fields partition, account, key id (tlv.ts) | canonical encryption context.
 * No Region, no ARN: a multi-Region key opens in each Region. A key used once never meets an IV again.
 */
import type { KeyObject } from 'node:crypto'
import { type EncryptionContext, encodeEncryptionContext } from '#lib/domain/encryption-context.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { openGcm, sealGcm } from './aead.ts'
import { equalBytes } from './equal.ts'
import { kbkdf } from './kbkdf.ts'
import { LABELS } from './labels.ts'
import { fillRandom } from './random.ts'
import { secretKey } from './secret-key.ts'
import { encodeFields } from './tlv.ts'

const VERSION = 1
const SUITE = 1
const ID_AT = 2
const SALT_AT = 34
const IV_AT = 50
const COMMITMENT_AT = 62
const CIPHERTEXT_AT = 94
const TAG = 16
const NO_TAG = Buffer.alloc(TAG)
/** "Length Constraints: Minimum length of 1. Maximum length of 6144." — API_Decrypt, CiphertextBlob */
const MAX_BLOB = 6144
const MATERIAL_ID = /^[0-9a-f]{64}$/

export type BlobIdentity = { readonly partition: string; readonly account: string; readonly keyId: string }
export type BlobMaterial = { readonly id: string; readonly key: KeyObject }
export type BlobHeader = { readonly materialId: string }

/** A view of the same memory. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

const refusal = () => new KmsError('InvalidCiphertextException')

function additionalData(
  header: Uint8Array,
  identity: BlobIdentity,
  context: EncryptionContext | undefined,
): Buffer {
  const fields = encodeFields([identity.partition, identity.account, identity.keyId])
  return Buffer.concat([header, fields, encodeEncryptionContext(context)])
}

/** The one-use key and the commitment for the salt and material id of a header. */
function derive(material: KeyObject, header: Buffer): { key: KeyObject; commitment: Buffer } {
  const context = Buffer.alloc(48)
  header.copy(context, 0, SALT_AT, IV_AT)
  header.copy(context, 16, ID_AT, SALT_AT)
  const derived = kbkdf(material, LABELS.blob, context, 64)
  try {
    return { key: secretKey(derived.subarray(0, 32)), commitment: Buffer.from(derived.subarray(32)) }
  } finally {
    derived.fill(0)
  }
}

/** Version, suite, material id, and a fresh salt and IV. The commitment is still to come. */
function writeHeader(out: Buffer, materialId: string): void {
  out[0] = VERSION
  out[1] = SUITE
  out.write(materialId, ID_AT, 'hex')
  fillRandom(out.subarray(SALT_AT, COMMITMENT_AT))
}

/**
 * Seals a plaintext under key material of 32 bytes whose id is 64 hex digits, and opens it again before
 * handing it out (R23). Throws TypeError or RangeError for an id or a size that no blob has. Four arguments,
 * as a blob has four inputs.
 */
export function sealBlob(
  material: BlobMaterial,
  plaintext: Uint8Array,
  identity: BlobIdentity,
  context: EncryptionContext | undefined,
): Buffer {
  if (!MATERIAL_ID.test(material.id)) throw new TypeError('not a key material id')
  const size = CIPHERTEXT_AT + plaintext.length + TAG
  if (size > MAX_BLOB) throw new RangeError('the plaintext is too long for a blob')
  const out = Buffer.alloc(size)
  writeHeader(out, material.id)
  const { key, commitment } = derive(material.key, out)
  out.set(commitment, COMMITMENT_AT)
  const aad = additionalData(out.subarray(0, CIPHERTEXT_AT), identity, context)
  const { ciphertext, tag } = sealGcm(key, { iv: out.subarray(IV_AT, COMMITMENT_AT), aad }, plaintext)
  out.set(ciphertext, CIPHERTEXT_AT)
  out.set(tag, CIPHERTEXT_AT + ciphertext.length)
  verify(material.key, { blob: out, aad }, plaintext)
  return out
}

type Message = { readonly blob: Buffer; readonly aad: Buffer }

/** The plaintext, or undefined. The commitment is judged before anything is decrypted (R20). */
function open(material: KeyObject, { blob, aad }: Message): Buffer | undefined {
  const { key, commitment } = derive(material, blob)
  const committed = equalBytes(commitment, blob.subarray(COMMITMENT_AT, CIPHERTEXT_AT))
  const tagAt = blob.length - TAG
  const sealed = {
    ciphertext: blob.subarray(CIPHERTEXT_AT, tagAt),
    tag: committed ? blob.subarray(tagAt) : NO_TAG,
  }
  // Not committed, it fails against a tag that is no message's: the refusal costs the same and nothing comes
  // out (R21).
  const plaintext = openGcm(key, { iv: blob.subarray(IV_AT, COMMITMENT_AT), aad }, sealed)
  return committed ? plaintext : undefined
}

// A processor that computes wrong once must not cost anyone their data: derived and opened anew.
function verify(material: KeyObject, message: Message, plaintext: Uint8Array): void {
  const opened = open(material, message)
  const same = opened !== undefined && equalBytes(opened, plaintext)
  opened?.fill(0)
  if (!same) throw new Error('a blob did not open right after it was sealed')
}

/** What a blob says of itself, or undefined when it is not one of ours. Nothing of it is proved yet. */
export function readBlob(bytes: Uint8Array): BlobHeader | undefined {
  if (bytes.length < CIPHERTEXT_AT + TAG || bytes.length > MAX_BLOB) return undefined
  if (bytes[0] !== VERSION || bytes[1] !== SUITE) return undefined
  return { materialId: asBuffer(bytes).toString('hex', ID_AT, SALT_AT) }
}

/**
 * Opens a blob into memory of its own, for the caller to wipe. Throws InvalidCiphertextException without a
 * word, the same for every reason: not ours, cut, changed, another key, another context (R21).
 */
export function openBlob(
  material: BlobMaterial,
  bytes: Uint8Array,
  identity: BlobIdentity,
  context: EncryptionContext | undefined,
): Buffer {
  const blob = asBuffer(bytes)
  if (readBlob(blob)?.materialId !== material.id) throw refusal()
  const plaintext = open(material.key, {
    blob,
    aad: additionalData(blob.subarray(0, CIPHERTEXT_AT), identity, context),
  })
  if (!plaintext) throw refusal()
  return plaintext
}

/**
 * The encodings of RFC 8017 for a digest that the caller made, which Node would hash again.
 *
 *   EMSA-PKCS1-v1_5   00 01 ff … ff 00 DigestInfo                                       §9.2
 *   EMSA-PSS          maskedDB = (00 … 01 salt) ⊕ MGF1(H), then H, then bc              §9.1
 *
 * Moduli here are whole octets long, so that an encoded message is as long as the modulus.
 */
import { createHash } from 'node:crypto'
import { der, oid, TAG } from './der.ts'
import { equalBytes } from './equal.ts'
import { randomBytes } from './random.ts'

/** SHA-2 as the encodings need it. */
export type Sha2 = 'sha256' | 'sha384' | 'sha512'
export const DIGEST_BYTES: Readonly<Record<Sha2, number>> = { sha256: 32, sha384: 48, sha512: 64 }

const OIDS: Readonly<Record<Sha2, string>> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

/** EMSA-PKCS1-v1_5 of a digest, `length` bytes. */
export function encodePkcs1(hash: Sha2, digest: Uint8Array, length: number): Buffer {
  const algorithm = der(TAG.sequence, oid(OIDS[hash]), der(TAG.null))
  const info = der(TAG.sequence, algorithm, der(TAG.octetString, digest))
  const encoded = Buffer.alloc(length, 0xff)
  encoded.set([0, 1])
  encoded[length - info.length - 1] = 0
  encoded.set(info, length - info.length)
  return encoded
}

/** Appendix B.2.1 */
function mgf1(hash: Sha2, seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0; counter * DIGEST_BYTES[hash] < length; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    blocks.push(createHash(hash).update(seed).update(number).digest())
  }
  return Buffer.concat(blocks).subarray(0, length)
}

/** H = Hash(eight zeros ‖ digest ‖ salt) */
const innerHash = (hash: Sha2, digest: Uint8Array, salt: Uint8Array): Buffer =>
  createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest()

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0))

/** emBits is one less than the bits of the modulus: the first bit of an encoded message is zero. */
const clearFirstBit = (bytes: Uint8Array): void => {
  bytes[0] = (bytes[0] ?? 0) & 0x7f
}

/** EMSA-PSS-ENCODE with a salt as long as the digest, `length` bytes. */
export function encodePss(hash: Sha2, digest: Uint8Array, length: number): Buffer {
  const size = DIGEST_BYTES[hash]
  const salt = randomBytes(size)
  const h = innerHash(hash, digest, salt)
  const db = Buffer.alloc(length - size - 1)
  db[db.length - size - 1] = 1
  db.set(salt, db.length - size)
  const masked = xor(db, mgf1(hash, h, db.length))
  clearFirstBit(masked)
  return Buffer.concat([masked, h, Uint8Array.of(0xbc)])
}

/** EMSA-PSS-VERIFY: the salt must be exactly as long as the digest. */
export function isPss(hash: Sha2, digest: Uint8Array, encoded: Uint8Array): boolean {
  const size = DIGEST_BYTES[hash]
  const split = encoded.length - size - 1
  const masked = encoded.subarray(0, split)
  const h = encoded.subarray(split, -1)
  if (encoded.at(-1) !== 0xbc || (masked[0] ?? 0) > 0x7f) return false
  const db = xor(masked, mgf1(hash, h, split))
  clearFirstBit(db)
  const padding = db.subarray(0, split - size)
  if (padding.at(-1) !== 1 || padding.subarray(0, -1).some((byte) => byte !== 0)) return false
  return equalBytes(h, innerHash(hash, digest, db.subarray(split - size)))
}

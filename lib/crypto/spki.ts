/**
 * Public keys as DER SubjectPublicKeyInfo, read strictly (R25). Where the spec fixes the length of the public
 * key there is exactly one beginning that is right, and OpenSSL judges only the point after it.
 *
 *   ┌──────────────────────────────────────────────┬────────────────────────┐
 *   │ SEQUENCE { SEQUENCE { algorithm, … }, BIT …  │ 04 x y, or the raw key │
 *   └──────────────────────────────────────────────┴────────────────────────┘
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { DerError } from './der.ts'
import { readSequence } from './der-reader.ts'
import { asymmetricMaterial, curveOf, KEY_FORMATS, parsedKey } from './key-format.ts'
import { unsigned } from './number.ts'

export type PublicKey = { readonly spec: AsymmetricSpecName; readonly key: KeyObject }

const UNCOMPRESSED = 0x04

/** The bytes of the public key inside. Throws DerError. */
function publicBytes(spec: AsymmetricSpecName, spki: Uint8Array): Uint8Array {
  const { algorithm, publicBytes: expected } = KEY_FORMATS[spec]
  const fields = readSequence(spki)
  fields.expect(algorithm)
  const bytes = fields.bits()
  fields.end()
  if (expected !== undefined && bytes.length !== expected) throw new DerError()
  if (curveOf(spec) && bytes[0] !== UNCOMPRESSED) throw new DerError()
  return bytes
}

/** FIPS 186-5 §A.1.1: odd, 2^16 < e < 2^256. */
export const isRsaExponent = (e: bigint): boolean => e > 65_536n && e < 2n ** 256n && e % 2n === 1n

/** RFC 8017 A.1.1, of the spec's size. Throws DerError. */
function checkRsa(bits: number, bytes: Uint8Array): void {
  const fields = readSequence(bytes)
  const n = unsigned(fields.unsigned())
  const e = unsigned(fields.unsigned())
  fields.end()
  if (n.toString(2).length !== bits || n % 2n === 0n) throw new DerError()
  if (!isRsaExponent(e)) throw new DerError()
}

/**
 * The public key of a spec in DER SPKI from anywhere: exactly DER, the spec's algorithm, a named curve and an
 * uncompressed point on it. Throws KeyFormatError.
 */
export function readSpki(spec: AsymmetricSpecName, spki: Uint8Array): PublicKey {
  return parsedKey(() => {
    const bytes = publicBytes(spec, spki)
    const material = asymmetricMaterial(spec)
    if (material.kind === 'rsa') checkRsa(material.bits, bytes)
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    return { spec, key }
  })
}

/**
 * Reads private keys in PKCS#8 (RFC 5958), strictly, into views of the bytes given: no secret is copied.
 *
 *   RSA      SEQUENCE { 0, n, e, d, p, q, d mod p−1, d mod q−1, q⁻¹ mod p }                       RFC 8017 A.1.2
 *   EC, SM2  SEQUENCE { 1, OCTET STRING { d }, [0] { curve }?, [1] { BIT STRING { point } }? }    RFC 5915
 *   Ed25519  OCTET STRING { seed }                                                                RFC 8410
 *   ML-DSA   SEQUENCE { OCTET STRING { seed }, OCTET STRING { expanded } }                        RFC 9881
 */
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { contextTag, DerError, der, TAG } from './der.ts'
import { DerReader, readSequence } from './der-reader.ts'
import { curveOf, KEY_FORMATS } from './key-format.ts'

const ZERO = der(TAG.integer, Uint8Array.of(0))
const ONE = der(TAG.integer, Uint8Array.of(1))

/** The private key inside, after the algorithm was found to be the spec's. Throws DerError. */
function inner(spec: AsymmetricSpecName, pkcs8: Uint8Array): Uint8Array {
  const fields = readSequence(pkcs8)
  // Version 0: what version 1 adds, a public key, is derived here and never taken on trust.
  fields.expect(ZERO)
  fields.expect(KEY_FORMATS[spec].algorithm)
  const content = fields.take(TAG.octetString)
  // Attributes are allowed by RFC 5958 and used by no one; without them there is one form of a key.
  fields.end()
  return content
}

export type RsaFields = Readonly<Record<'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qInverse', Uint8Array>>

/** The numbers of an RSA key of two primes, big-endian. Throws DerError. */
export function readRsaKey(spec: AsymmetricSpecName, pkcs8: Uint8Array): RsaFields {
  const fields = readSequence(inner(spec, pkcs8))
  // Version 1 is a key of more than two primes.
  fields.expect(ZERO)
  const key = {
    n: fields.unsigned(),
    e: fields.unsigned(),
    d: fields.unsigned(),
    p: fields.unsigned(),
    q: fields.unsigned(),
    dp: fields.unsigned(),
    dq: fields.unsigned(),
    qInverse: fields.unsigned(),
  }
  fields.end()
  return key
}

/** The scalar of a key on a curve, and its point if it is there. Throws DerError. */
export function readEcKey(
  spec: AsymmetricSpecName,
  pkcs8: Uint8Array,
): { readonly d: Uint8Array; readonly point: Uint8Array | undefined } {
  const fields = readSequence(inner(spec, pkcs8))
  fields.expect(ONE)
  const d = fields.take(TAG.octetString)
  // "…padded to the length of the order", RFC 5915 §3
  if (d.length !== curveOf(spec)?.bytes) throw new DerError()
  if (fields.has(contextTag(0))) expectCurve(spec, fields.enter(contextTag(0)))
  const point = fields.has(contextTag(1)) ? onlyBits(fields.enter(contextTag(1))) : undefined
  fields.end()
  return { d, point }
}

/** The curve again, which RFC 5915 allows inside: it must be the one outside. */
function expectCurve(spec: AsymmetricSpecName, parameters: DerReader): void {
  const algorithm = readSequence(KEY_FORMATS[spec].algorithm)
  algorithm.take(TAG.oid)
  parameters.expect(der(TAG.oid, algorithm.take(TAG.oid)))
  parameters.end()
}

function onlyBits(reader: DerReader): Uint8Array {
  const bits = reader.bits()
  reader.end()
  return bits
}

/** The 32-byte seed of an Ed25519 key. Throws DerError. */
export function readEd25519Seed(pkcs8: Uint8Array): Uint8Array {
  const reader = new DerReader(inner('ECC_NIST_EDWARDS25519', pkcs8))
  const seed = reader.take(TAG.octetString)
  reader.end()
  if (seed.length !== 32) throw new DerError()
  return seed
}

/** The expanded private key of ML-DSA (FIPS 204, skEncode), in the form that OpenSSL writes. Throws DerError. */
export function readMlDsaKey(spec: AsymmetricSpecName, pkcs8: Uint8Array): Uint8Array {
  const fields = readSequence(inner(spec, pkcs8))
  fields.take(TAG.octetString)
  const expanded = fields.take(TAG.octetString)
  fields.end()
  return expanded
}

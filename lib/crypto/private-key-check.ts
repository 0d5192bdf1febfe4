/**
 * Whether a private key that someone else made is a key at all: numbers of the right size that belong together.
 * OpenSSL does not ask when it opens one, and a key that is not consistent leaks itself in its first signature.
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { DerError, der, TAG } from './der.ts'
import { type CurveName, curveOf, KEY_FORMATS } from './key-format.ts'
import { modulo, unsigned } from './number.ts'
import { type RsaFields, readEcKey, readRsaKey } from './pkcs8.ts'
import { isRsaExponent } from './spki.ts'

/** The numbers fit each other (RFC 8017 §3.2). */
function belongTogether(key: Record<keyof RsaFields, bigint>): boolean {
  const { n, e, d, p, q, dp, dq, qInverse } = key
  return (
    p * q === n &&
    p !== q &&
    d < n &&
    modulo(e * d, p - 1n) === 1n &&
    modulo(e * d, q - 1n) === 1n &&
    dp === modulo(d, p - 1n) &&
    dq === modulo(d, q - 1n) &&
    qInverse < p &&
    modulo(qInverse * q, p) === 1n
  )
}

const bitsOf = (n: bigint): number => n.toString(2).length

/** An RSA key of `bits`, two primes of half the length, and an exponent in bounds. Throws DerError. */
export function checkRsaKey(spec: AsymmetricSpecName, bits: number, pkcs8: Uint8Array): void {
  const fields = readRsaKey(spec, pkcs8)
  const key = {
    n: unsigned(fields.n),
    e: unsigned(fields.e),
    d: unsigned(fields.d),
    p: unsigned(fields.p),
    q: unsigned(fields.q),
    dp: unsigned(fields.dp),
    dq: unsigned(fields.dq),
    qInverse: unsigned(fields.qInverse),
  }
  if (bitsOf(key.n) !== bits || !isRsaExponent(key.e)) throw new DerError()
  // FIPS 186-5 §A.1.1: primes of half the length; one that is shorter can be found.
  if (bitsOf(key.p) !== bits / 2 || bitsOf(key.q) !== bits / 2) throw new DerError()
  // …and factors or a private exponent that are too close or too short (ibid., criteria 2 and 3).
  const apart = key.p > key.q ? key.p - key.q : key.q - key.p
  if (bitsOf(apart) <= bits / 2 - 100 || bitsOf(key.d) <= bits / 2) throw new DerError()
  if (!belongTogether(key)) throw new DerError()
  provePrimes(pkcs8)
}

/**
 * One signature through both factors. With numbers that belong together it verifies only if the factors pass
 * Fermat's test for its base, which no composite does by chance.
 */
function provePrimes(pkcs8: Uint8Array): void {
  const key = createPrivateKey({
    key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
    format: 'der',
    type: 'pkcs8',
  })
  const message = Buffer.from('keyhouse/pairwise')
  if (!verify('sha256', message, createPublicKey(key), sign('sha256', message, key))) throw new DerError()
}

/** How many points each curve has: FIPS 186-5 and SP 800-186, SEC 2 §2.4.1, GB/T 32918.5. */
export const ORDERS: Readonly<Record<CurveName, bigint>> = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384':
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  'P-521':
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  SM2: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
}

/** A scalar in range, and the point it makes if the key names one. Throws DerError. */
export function checkEcKey(spec: AsymmetricSpecName, pkcs8: Uint8Array): void {
  const { d, point } = readEcKey(spec, pkcs8)
  const curve = curveOf(spec)?.curve
  if (!curve) throw new DerError()
  const scalar = unsigned(d)
  // SM2 needs d + 1 to have an inverse (GB/T 32918.1 §6.1); the others lose nothing by it.
  if (scalar < 1n || scalar > ORDERS[curve] - 2n) throw new DerError()
  if (point && !isPoint(point, pointOf(spec, d))) throw new DerError()
}

/** 04 x y, as OpenSSL computes it from a key without a point. */
function pointOf(spec: AsymmetricSpecName, d: Uint8Array): Buffer {
  const bare = der(TAG.sequence, der(TAG.integer, Uint8Array.of(1)), der(TAG.octetString, d))
  const version = der(TAG.integer, Uint8Array.of(0))
  const pkcs8 = der(TAG.sequence, version, KEY_FORMATS[spec].algorithm, der(TAG.octetString, bare))
  try {
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    return spki.subarray(-(KEY_FORMATS[spec].publicBytes ?? 0))
  } finally {
    bare.fill(0)
    pkcs8.fill(0)
  }
}

/** Whether a point in either form is the uncompressed one (SEC 1 §2.3.3). Both are public. */
function isPoint(point: Uint8Array, uncompressed: Buffer): boolean {
  if (Buffer.compare(point, uncompressed) === 0) return true
  const x = uncompressed.subarray(1, 1 + (uncompressed.length - 1) / 2)
  const odd = (uncompressed.at(-1) ?? 0) & 1
  return Buffer.compare(point, Buffer.concat([Uint8Array.of(2 + odd), x])) === 0
}

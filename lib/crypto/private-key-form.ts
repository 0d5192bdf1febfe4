/**
 * The job of a worker that judges a private key from outside (its proofs take longer than the event loop waits, R26)
 * and gives it its one form, so that one key is one sequence of bytes:
 *
 *   EC, SM2      PKCS#8 of the scalar and its uncompressed point; the curve is named outside only (RFC 5915)
 *   RSA, Ed25519 PKCS#8 as OpenSSL writes it
 *
 * The point is there although it follows from the rest: without it OpenSSL computes it whenever the key is opened,
 * which takes it up to 20 ms, and keys are opened on the event loop.
 */
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { checkPrivateKey, KeyFormatError, openPrivateKey, publicKeyBytes } from './asymmetric-key.ts'
import { contextTag, der, TAG } from './der.ts'
import { curveOf, KEY_FORMATS } from './key-format.ts'
import { readEcKey } from './pkcs8.ts'

type Given = { readonly spec: AsymmetricSpecName; readonly bytes: Uint8Array }

const ZERO = der(TAG.integer, Uint8Array.of(0))
const ONE = der(TAG.integer, Uint8Array.of(1))

function scalarAndPoint({ spec, bytes }: Given): Buffer {
  const point = publicKeyBytes(openPrivateKey(spec, bytes)).subarray(-(KEY_FORMATS[spec].publicBytes ?? 0))
  const bits = der(TAG.bitString, Uint8Array.of(0), point)
  const scalar = der(TAG.octetString, readEcKey(spec, bytes).d)
  const inner = der(TAG.sequence, ONE, scalar, der(contextTag(1), bits))
  const octets = der(TAG.octetString, inner)
  try {
    return der(TAG.sequence, ZERO, KEY_FORMATS[spec].algorithm, octets)
  } finally {
    for (const copy of [scalar, inner, octets]) copy.fill(0)
  }
}

/** The key in its one form, or undefined for bytes that are no key of the spec. */
export function normalPrivateKey(given: Given): Uint8Array | undefined {
  try {
    checkPrivateKey(given.spec, given.bytes)
    if (curveOf(given.spec)) return scalarAndPoint(given)
    return openPrivateKey(given.spec, given.bytes).key.export({ format: 'der', type: 'pkcs8' })
  } catch (thrown) {
    if (thrown instanceof KeyFormatError) return undefined
    throw thrown
  }
}

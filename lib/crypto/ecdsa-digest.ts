/**
 * ECDSA over a digest that the caller made. Node hashes whatever it is given, so this is @noble/curves, in a
 * worker. No low-S form is promised or asked for, as AWS promises none.
 */
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { mustHold, type PrivateHalves, type PublicHalf, publicBytesOf, withPkcs8 } from './exported-key.ts'
import { curveOf } from './key-format.ts'
import { readEcKey } from './pkcs8.ts'
import { readPair, writePair } from './signature-pair.ts'

const CURVES = { 'P-256': p256, 'P-384': p384, 'P-521': p521, secp256k1 } as const
const AS_GIVEN = { prehash: false, lowS: false, format: 'compact' } as const

function curveFor(spec: PublicHalf['spec']) {
  const on = curveOf(spec)
  if (!on || on.curve === 'SM2') throw new TypeError('the spec does not sign with ECDSA')
  return { ecdsa: CURVES[on.curve], bytes: on.bytes }
}

/** The signature in DER. The nonce is RFC 6979's with fresh randomness in it (§3.6). Throws Error if it fails. */
export function signEcdsaDigest(job: PrivateHalves & { readonly digest: Uint8Array }): Uint8Array {
  const { ecdsa } = curveFor(job.spec)
  const pair = withPkcs8(job.key, (pkcs8) =>
    ecdsa.sign(job.digest, readEcKey(job.spec, pkcs8).d, { ...AS_GIVEN, extraEntropy: true }),
  )
  mustHold(ecdsa.verify(pair, job.digest, publicBytesOf(job), AS_GIVEN))
  return writePair(pair)
}

/** Whether the signature is exact DER and of this digest. */
export function verifyEcdsaDigest(
  job: PublicHalf & { readonly digest: Uint8Array; readonly signature: Uint8Array },
): boolean {
  const { ecdsa, bytes } = curveFor(job.spec)
  const pair = readPair(job.signature, bytes)
  return pair !== undefined && ecdsa.verify(pair, job.digest, publicBytesOf(job), AS_GIVEN)
}

/**
 * Asymmetric keys as KeyObjects, each with its spec. The secret lives in the KeyObject alone: what needs it
 * outside of OpenSSL exports it in a worker and wipes it there.
 */
import { createPrivateKey, createPublicKey, ECDH, type KeyObject } from 'node:crypto'
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { asymmetricMaterial, curveOf, parsedKey, spkiOf } from './key-format.ts'
import { readEd25519Seed } from './pkcs8.ts'
import { checkEcKey, checkRsaKey } from './private-key-check.ts'
import { type PublicKey, readSpki } from './spki.ts'

export { KeyFormatError } from './key-format.ts'
export type { PublicKey } from './spki.ts'

export type PrivateKey = {
  readonly spec: AsymmetricSpecName
  readonly key: KeyObject
  /** Its public half, to check what the private one made. */
  readonly publicKey: KeyObject
}

/**
 * Opens PKCS#8 DER that generateKeyPair made or checkPrivateKey passed. The caller wipes the bytes. Throws
 * KeyFormatError when they are no private key.
 */
export function openPrivateKey(spec: AsymmetricSpecName, pkcs8: Uint8Array): PrivateKey {
  const bytes = Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length)
  return parsedKey(() => {
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
    return { spec, key, publicKey: publicHalf(spec, key) }
  })
}

/** The public key of a private one. A point that was imported compressed stays so in OpenSSL: not here. */
function publicHalf(spec: AsymmetricSpecName, key: KeyObject): KeyObject {
  const half = createPublicKey(key)
  const on = curveOf(spec)
  const spki = half.export({ format: 'der', type: 'spki' })
  if (!on || spki.length === spkiOf(spec, new Uint8Array(1 + 2 * on.bytes)).length) return half
  const compressed = spki.subarray(-(1 + on.bytes))
  const point = ECDH.convertKey(compressed, on.openssl, undefined, undefined, 'uncompressed')
  return readSpki(spec, spkiOf(spec, Buffer.from(point))).key
}

/** Opens DER SPKI, as strictly as any that comes from a caller. Throws KeyFormatError. */
export const openPublicKey = (spec: AsymmetricSpecName, spki: Uint8Array): PublicKey => readSpki(spec, spki)

/** The public half as DER SPKI. */
export const publicKeyBytes = ({ publicKey }: PrivateKey): Buffer =>
  publicKey.export({ format: 'der', type: 'spki' })

/**
 * Judges private key material that was imported: PKCS#8 in exact DER of the spec's algorithm, size and named
 * curve, and a key that is one (facts §11). Throws KeyFormatError. The caller wipes the bytes.
 */
export function checkPrivateKey(spec: AsymmetricSpecName, pkcs8: Uint8Array): void {
  parsedKey(() => {
    const material = asymmetricMaterial(spec)
    if (material.kind === 'rsa') checkRsaKey(spec, material.bits, pkcs8)
    if (material.kind === 'ec' || material.kind === 'sm2') checkEcKey(spec, pkcs8)
    if (material.kind === 'ed25519') readEd25519Seed(pkcs8)
    openPrivateKey(spec, pkcs8)
  })
}

/** ML-KEM (FIPS 203): a secret for the holder of a private key, and the ciphertext that carries it. */
import { decapsulate as nativeDecapsulate, encapsulate as nativeEncapsulate } from 'node:crypto'
import { KmsError } from '#lib/domain/refusal.ts'
import type { PrivateKey, PublicKey } from './asymmetric-key.ts'
import { asymmetricMaterial } from './key-format.ts'

function ciphertextBytes(spec: PublicKey['spec']): number {
  const material = asymmetricMaterial(spec)
  if (material.kind !== 'ml-kem') throw new TypeError('the spec does not encapsulate')
  return material.ciphertextBytes
}

/** A fresh secret of 32 bytes, which the caller wipes, and its ciphertext. Throws TypeError for another spec. */
export async function encapsulate({
  spec,
  key,
}: PublicKey): Promise<{ sharedSecret: Buffer; ciphertext: Buffer }> {
  ciphertextBytes(spec)
  return new Promise((resolve, reject) =>
    nativeEncapsulate(key, (error, made) =>
      error ? reject(error) : resolve({ sharedSecret: made.sharedKey, ciphertext: made.ciphertext }),
    ),
  )
}

/**
 * The secret in a ciphertext; the caller wipes it. One that was changed gives another secret and no error (implicit
 * rejection, FIPS 203 §6.3). Throws InvalidCiphertextException for a length that is not the spec's, TypeError for
 * another spec.
 */
export async function decapsulate({ spec, key }: PrivateKey, ciphertext: Uint8Array): Promise<Buffer> {
  if (ciphertext.length !== ciphertextBytes(spec)) throw new KmsError('InvalidCiphertextException')
  return new Promise((resolve, reject) =>
    nativeDecapsulate(key, ciphertext, (error, secret) => (error ? reject(error) : resolve(secret))),
  )
}

/** Elliptic-curve Diffie-Hellman: the shared x coordinate, raw (SP 800-56A §5.7.1.2). Every curve has cofactor 1. */
import { diffieHellman } from 'node:crypto'
import type { PrivateKey, PublicKey } from './asymmetric-key.ts'
import { curveOf } from './key-format.ts'
import { inWorker } from './worker-pool.ts'

/**
 * The 32, 48 or 66 bytes that both sides can compute; the caller wipes them. Throws TypeError for keys of two
 * specs or of one without a curve, ThrottlingException when too many wait.
 */
export async function deriveSharedSecret(key: PrivateKey, peer: PublicKey): Promise<Buffer> {
  if (key.spec !== peer.spec || !curveOf(key.spec)) throw new TypeError('the keys are not of one curve')
  if (key.spec === 'SM2') {
    const secret = await inWorker('agreeSm2', { ...key, peer: peer.key })
    return Buffer.from(secret.buffer, secret.byteOffset, secret.length)
  }
  return new Promise((resolve, reject) =>
    diffieHellman({ privateKey: key.key, publicKey: peer.key }, (error, secret) =>
      error ? reject(error) : resolve(secret),
    ),
  )
}

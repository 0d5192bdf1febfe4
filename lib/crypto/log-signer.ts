/** Ed25519 with raw keys, for the checkpoints of the audit log (RFC 8032): 32-byte public keys, 64-byte signatures. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** DER that stands before the 32 bytes of a seed in PKCS #8, and of a public key in SPKI (RFC 8410). */
const SEED_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

export type LogSigner = {
  /** 32 bytes. */
  readonly publicKey: Buffer
  /** 64 bytes. */
  readonly sign: (message: Uint8Array) => Buffer
}

/** The signer whose seed is a derived key of 32 bytes. */
export function logSigner(seed: KeyObject): LogSigner {
  const raw = seed.export()
  const der = Buffer.concat([SEED_HEAD, raw])
  try {
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    return {
      publicKey: Buffer.from(spki.subarray(PUBLIC_HEAD.length)),
      sign: (message) => sign(null, message, key),
    }
  } finally {
    raw.fill(0)
    der.fill(0)
  }
}

/** Whether a signature is that key's over that message; false also for what is no key or no signature. */
export function logSignatureHolds(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

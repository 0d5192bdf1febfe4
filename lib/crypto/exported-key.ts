/** Keys outside of OpenSSL, for algorithms that it lacks. Only in a worker, and wiped at once (R29). */
import type { KeyObject } from 'node:crypto'
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { KEY_FORMATS } from './key-format.ts'

/** What a job in a worker knows of a private key. */
export type PrivateHalves = {
  readonly spec: AsymmetricSpecName
  readonly key: KeyObject
  readonly publicKey: KeyObject
}
export type PublicHalf = Omit<PrivateHalves, 'key'>

/** Lends the PKCS#8 of a private key, then wipes it. */
export function withPkcs8<T>(key: KeyObject, use: (pkcs8: Uint8Array) => T): T {
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' })
  try {
    return use(pkcs8)
  } finally {
    pkcs8.fill(0)
  }
}

/** The bytes of a public key of a spec whose keys are all of one length. */
export function publicBytesOf({ spec, publicKey }: PublicHalf): Uint8Array {
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return spki.subarray(-(KEY_FORMATS[spec].publicBytes ?? 0))
}

/** Throws Error for a signature that does not verify with the key that made it: it is never given out (R23). */
export function mustHold(holds: boolean): void {
  if (!holds) throw new Error('what the key made does not hold')
}

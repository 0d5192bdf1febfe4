/** RSA signatures over a digest that the caller made: our encoding, OpenSSL's exponentiation, in a worker. */
import { constants, type KeyObject, privateEncrypt, publicDecrypt } from 'node:crypto'
import { equalBytes } from './equal.ts'
import { mustHold } from './exported-key.ts'
import { encodePkcs1, encodePss, isPss, type Sha2 } from './rsa-encoding.ts'

type Scheme = { readonly padding: 'pkcs1' | 'pss'; readonly hash: Sha2; readonly modulusBytes: number }
type Signing = Scheme & {
  readonly key: KeyObject
  readonly publicKey: KeyObject
  readonly digest: Uint8Array
}
type Verifying = Omit<Signing, 'key'> & { readonly signature: Uint8Array }

const raw = (key: KeyObject) => ({ key, padding: constants.RSA_NO_PADDING })

/** The signature, as long as the modulus. Throws Error if it fails. */
export function signRsaDigest(job: Signing): Uint8Array {
  const encode = job.padding === 'pss' ? encodePss : encodePkcs1
  const signature = privateEncrypt(raw(job.key), encode(job.hash, job.digest, job.modulusBytes))
  mustHold(verifyRsaDigest({ ...job, signature }))
  return signature
}

/** Whether the signature is of this digest. */
export function verifyRsaDigest(job: Verifying): boolean {
  if (job.signature.length !== job.modulusBytes) return false
  const encoded = encodedIn(job)
  if (!encoded) return false
  if (job.padding === 'pss') return isPss(job.hash, job.digest, encoded)
  // Compared as a whole, never taken apart (RFC 8017 §8.2.2).
  return equalBytes(encoded, encodePkcs1(job.hash, job.digest, job.modulusBytes))
}

/** What the signature encodes; undefined when it is not less than the modulus. */
function encodedIn({ publicKey, signature }: Verifying): Buffer | undefined {
  try {
    return publicDecrypt(raw(publicKey), signature)
  } catch {
    return undefined
  }
}

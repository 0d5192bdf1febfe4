/** Ed25519ph (RFC 8032 §5.1), which Node lacks: @noble/curves, in a worker. The message is hashed here. */
import { ed25519ph } from '@noble/curves/ed25519.js'
import { mustHold, type PrivateHalves, type PublicHalf, publicBytesOf, withPkcs8 } from './exported-key.ts'
import { readEd25519Seed } from './pkcs8.ts'

/** RFC 8032 asks for no more than the equation; `zip215: false` also refuses encodings that are not the shortest. */
const STRICT = { zip215: false } as const

/** The 64-byte signature. Throws Error if it fails. */
export function signEd25519ph(job: PrivateHalves & { readonly message: Uint8Array }): Uint8Array {
  const signature = withPkcs8(job.key, (pkcs8) => ed25519ph.sign(job.message, readEd25519Seed(pkcs8)))
  mustHold(ed25519ph.verify(signature, job.message, publicBytesOf(job), STRICT))
  return signature
}

/** Whether the signature is of this message. */
export function verifyEd25519ph(
  job: PublicHalf & { readonly message: Uint8Array; readonly signature: Uint8Array },
): boolean {
  return (
    job.signature.length === 64 && ed25519ph.verify(job.signature, job.message, publicBytesOf(job), STRICT)
  )
}

/**
 * ML-DSA over a μ that the caller made (FIPS 204 algorithm 7, line 6), which Node does not take:
 * @noble/post-quantum, in a worker.
 */
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { mustHold, type PrivateHalves, type PublicHalf, publicBytesOf, withPkcs8 } from './exported-key.ts'
import { asymmetricMaterial } from './key-format.ts'
import { readMlDsaKey } from './pkcs8.ts'
import { randomBytes } from './random.ts'

const LEVELS = { 44: ml_dsa44, 65: ml_dsa65, 87: ml_dsa87 } as const
const MU = { externalMu: true } as const

function levelOf(spec: PublicHalf['spec']) {
  const material = asymmetricMaterial(spec)
  if (material.kind !== 'ml-dsa') throw new TypeError('the spec does not sign with ML-DSA')
  return LEVELS[material.level].internal
}

/** The hedged signature of a 64-byte μ. Throws Error if it fails. */
export function signMu(job: PrivateHalves & { readonly mu: Uint8Array }): Uint8Array {
  const level = levelOf(job.spec)
  const extraEntropy = randomBytes(32)
  const signature = withPkcs8(job.key, (pkcs8) =>
    level.sign(job.mu, readMlDsaKey(job.spec, pkcs8), { ...MU, extraEntropy }),
  )
  mustHold(level.verify(signature, job.mu, publicBytesOf(job), MU))
  return signature
}

/** Whether the signature is of this μ. */
export function verifyMu(
  job: PublicHalf & { readonly mu: Uint8Array; readonly signature: Uint8Array },
): boolean {
  const level = levelOf(job.spec)
  return (
    job.signature.length === level.lengths.signature &&
    level.verify(job.signature, job.mu, publicBytesOf(job), MU)
  )
}

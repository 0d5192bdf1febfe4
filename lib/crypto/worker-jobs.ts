/**
 * What runs in a worker thread: everything that Node can only do at once and that takes longer than the event
 * loop may wait (R26). Bytes in, bytes or a verdict out; the worker wipes what it was given.
 */
import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import { signEcdsaDigest, verifyEcdsaDigest } from './ecdsa-digest.ts'
import { signEd25519ph, verifyEd25519ph } from './ed25519ph.ts'
import { signMu, verifyMu } from './ml-dsa-mu.ts'
import { normalPrivateKey } from './private-key-form.ts'
import { signRsaDigest, verifyRsaDigest } from './rsa-digest.ts'
import { agreeSm2, decryptSm2, encryptSm2, signSm2, verifySm2 } from './sm2.ts'

type Oaep = { readonly key: KeyObject; readonly hash: 'sha1' | 'sha256'; readonly bytes: Uint8Array }

/** Hash and MGF1 of the same function, no label (facts §5.2). */
const oaep = ({ key, hash }: Oaep) => ({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash })

const encryptOaep = (job: Oaep): Uint8Array => publicEncrypt(oaep(job), job.bytes)

/** The plaintext, or undefined for every reason not to have one. */
function decryptOaep(job: Oaep): Uint8Array | undefined {
  try {
    return privateDecrypt(oaep(job), job.bytes)
  } catch {
    return undefined
  }
}

export const JOBS = {
  encryptOaep,
  decryptOaep,
  signRsaDigest,
  verifyRsaDigest,
  signEcdsaDigest,
  verifyEcdsaDigest,
  signEd25519ph,
  verifyEd25519ph,
  signMu,
  verifyMu,
  signSm2,
  verifySm2,
  encryptSm2,
  decryptSm2,
  agreeSm2,
  normalPrivateKey,
}
export type Jobs = typeof JOBS
export type JobName = keyof Jobs

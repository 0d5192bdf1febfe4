/** The self-test of a worker, before its first job: what OpenSSL lacks against answers that others made (R27). */
import { createHash } from 'node:crypto'
import { pairOf } from './asymmetric-self-test.ts'
import { signEcdsaDigest, verifyEcdsaDigest } from './ecdsa-digest.ts'
import { signEd25519ph, verifyEd25519ph } from './ed25519ph.ts'
import { equalBytes } from './equal.ts'
import { publicBytesOf } from './exported-key.ts'
import {
  ASYMMETRIC_ANSWERS,
  type AsymmetricAnswers,
  WORKER_ANSWERS,
  type WorkerAnswers,
} from './known-answers-asymmetric.ts'
import { verifyMu } from './ml-dsa-mu.ts'
import { signRsaDigest, verifyRsaDigest } from './rsa-digest.ts'
import { decryptSm2, encryptSm2, signSm2, verifySm2 } from './sm2.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const sha256 = (hex: string): Buffer => createHash('sha256').update(bytes(hex)).digest()
const OTHER = Buffer.alloc(64, 1)

function rsaHolds({ pkcs8, message, pkcs1, pss }: AsymmetricAnswers['rsa']): boolean {
  const job = { ...pairOf(pkcs8), hash: 'sha256', modulusBytes: 256, digest: sha256(message) } as const
  return (
    equalBytes(signRsaDigest({ ...job, padding: 'pkcs1' }), bytes(pkcs1)) &&
    verifyRsaDigest({ ...job, padding: 'pss', signature: bytes(pss) }) &&
    !verifyRsaDigest({ ...job, padding: 'pss', digest: OTHER.subarray(32), signature: bytes(pss) })
  )
}

function ecdsaHolds(answer: AsymmetricAnswers['ecdsa']): boolean {
  const job = { ...pairOf(answer.pkcs8), spec: 'ECC_NIST_P256', digest: sha256(answer.message) } as const
  const signature = bytes(answer.signature)
  return (
    verifyEcdsaDigest({ ...job, signature }) &&
    !verifyEcdsaDigest({ ...job, digest: OTHER.subarray(32), signature }) &&
    // It verifies itself before it is given out.
    signEcdsaDigest(job).length > 0
  )
}

function ed25519phHolds(answer: WorkerAnswers['ed25519ph']): boolean {
  const job = {
    ...pairOf(answer.pkcs8),
    spec: 'ECC_NIST_EDWARDS25519',
    message: bytes(answer.message),
  } as const
  const signature = signEd25519ph(job)
  return (
    equalBytes(signature, bytes(answer.signature)) && !verifyEd25519ph({ ...job, message: OTHER, signature })
  )
}

/** 64 bytes of SHAKE256 */
const shake = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest()

/** FIPS 204 algorithm 7, lines 3 and 6: μ = H(H(pk) ‖ 0 ‖ 0 ‖ M) for an empty context. */
function muHolds({ pkcs8, message, signature }: AsymmetricAnswers['mlDsa']): boolean {
  const job = { publicKey: pairOf(pkcs8).publicKey, spec: 'ML_DSA_44', signature: bytes(signature) } as const
  const mu = shake(shake(publicBytesOf(job)), Buffer.alloc(2), bytes(message))
  return verifyMu({ ...job, mu }) && !verifyMu({ ...job, mu: OTHER })
}

function sm2Holds(answer: WorkerAnswers['sm2']): boolean {
  const pair = { ...pairOf(answer.pkcs8), spec: 'SM2' } as const
  const message = { type: 'message', bytes: bytes(answer.message) } as const
  const signature = bytes(answer.signature)
  const plaintext = bytes(answer.plaintext)
  return (
    verifySm2({ ...pair, message, signature }) &&
    !verifySm2({ ...pair, message: { type: 'message', bytes: OTHER }, signature }) &&
    signSm2({ ...pair, message }).length > 0 &&
    [bytes(answer.ciphertext), encryptSm2({ ...pair, bytes: plaintext })].every((ciphertext) => {
      const opened = decryptSm2({ ...pair, bytes: ciphertext })
      return opened !== undefined && equalBytes(opened, plaintext)
    })
  )
}

/** Throws Error with the name of the first that does not hold: then the worker does no job. */
export function workerSelfTest(
  answers: AsymmetricAnswers & WorkerAnswers = { ...ASYMMETRIC_ANSWERS, ...WORKER_ANSWERS },
) {
  const results = {
    rsa: rsaHolds(answers.rsa),
    ecdsa: ecdsaHolds(answers.ecdsa),
    ed25519ph: ed25519phHolds(answers.ed25519ph),
    mlDsa: muHolds(answers.mlDsa),
    sm2: sm2Holds(answers.sm2),
  }
  for (const [name, holds] of Object.entries(results)) {
    if (!holds) throw new Error(`the self-test of a worker failed: ${name} does not give its known answer`)
  }
}

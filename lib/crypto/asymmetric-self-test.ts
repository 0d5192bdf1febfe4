/** The part of a start's self-test that is asymmetric (R27): OpenSSL against answers that others made. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  type KeyObject,
  privateDecrypt,
  sign,
  verify,
} from 'node:crypto'
import { equalBytes } from './equal.ts'
import type { AsymmetricAnswers } from './known-answers-asymmetric.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

type Pair = { readonly key: KeyObject; readonly publicKey: KeyObject }
type Options = { readonly padding?: number; readonly saltLength?: number }

/** A pair from PKCS#8 in hex, of which only public self-tests are made. */
export function pairOf(pkcs8: string): Pair {
  const key = createPrivateKey({ key: bytes(pkcs8), format: 'der', type: 'pkcs8' })
  return { key, publicKey: createPublicKey(key) }
}

/** A known signature verifies, and does not verify for another message. */
function verifies(
  hash: string | null,
  pair: Pair,
  of: { message: string; signature: string; options?: Options },
) {
  const message = bytes(of.message)
  const signature = bytes(of.signature)
  const key = { key: pair.publicKey, ...of.options }
  return (
    verify(hash, message, key, signature) &&
    !verify(hash, Buffer.concat([message, Buffer.alloc(1)]), key, signature)
  )
}

/** What is signed now verifies. For signatures that are another each time. */
const signs = (hash: string | null, { key, publicKey }: Pair, message: Buffer): boolean =>
  verify(hash, message, publicKey, sign(hash, message, key))

function rsaHolds({ pkcs8, message, pkcs1, pss, oaep }: AsymmetricAnswers['rsa']): boolean {
  const pair = pairOf(pkcs8)
  const opened = privateDecrypt(
    { key: pair.key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    bytes(oaep),
  )
  const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  return (
    equalBytes(sign('sha256', bytes(message), pair.key), bytes(pkcs1)) &&
    verifies('sha256', pair, { message, signature: pkcs1 }) &&
    verifies('sha256', pair, { message, signature: pss, options }) &&
    equalBytes(opened, bytes(message))
  )
}

function ecdsaHolds(answer: AsymmetricAnswers['ecdsa']): boolean {
  const pair = pairOf(answer.pkcs8)
  return verifies('sha256', pair, answer) && signs('sha256', pair, bytes(answer.message))
}

function ed25519Holds(answer: AsymmetricAnswers['ed25519']): boolean {
  const pair = pairOf(answer.pkcs8)
  const signature = sign(null, bytes(answer.message), pair.key)
  return equalBytes(signature, bytes(answer.signature)) && verifies(null, pair, answer)
}

/** The seed makes the key, so this is a known answer of key generation too. */
function mlDsaHolds(answer: AsymmetricAnswers['mlDsa']): boolean {
  const pair = pairOf(answer.pkcs8)
  return verifies(null, pair, answer) && signs(null, pair, bytes(answer.message))
}

function mlKemHolds({ pkcs8, ciphertext, secret }: AsymmetricAnswers['mlKem']): boolean {
  return equalBytes(decapsulate(pairOf(pkcs8).key, bytes(ciphertext)), bytes(secret))
}

/** What throws does not hold. */
function holds(test: () => boolean): boolean {
  try {
    return test()
  } catch {
    return false
  }
}

/** Whether each primitive gives its known answer. About 10 ms. */
export function asymmetricResults(answers: AsymmetricAnswers): Record<keyof AsymmetricAnswers, boolean> {
  return {
    rsa: holds(() => rsaHolds(answers.rsa)),
    ecdsa: holds(() => ecdsaHolds(answers.ecdsa)),
    ed25519: holds(() => ed25519Holds(answers.ed25519)),
    mlDsa: holds(() => mlDsaHolds(answers.mlDsa)),
    mlKem: holds(() => mlKemHolds(answers.mlKem)),
  }
}

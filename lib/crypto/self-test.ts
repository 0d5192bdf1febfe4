/**
 * The self-test of a start: no key is touched by a primitive that does not give its known answers (R27).
 * It covers what lib/crypto is made of here; the exhaustive vectors are in the tests, and what workers compute is
 * tested when one starts (worker-self-test.ts).
 */
import type { MacAlgorithmName } from '#lib/domain/key-spec.ts'
import { openGcm, sealGcm } from './aead.ts'
import { asymmetricResults } from './asymmetric-self-test.ts'
import { openBlob, sealBlob } from './blob.ts'
import { sha256 } from './digest.ts'
import { equalBytes } from './equal.ts'
import { generateMac, macMatches } from './hmac.ts'
import { kbkdf } from './kbkdf.ts'
import { KNOWN_ANSWERS, type KnownAnswers } from './known-answers.ts'
import { hmacSha256 } from './mac.ts'
import { secretKey } from './secret-key.ts'
import { unwrapRecord, wrapRecord } from './wrap.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

function flipLastBit(sealed: Uint8Array): Buffer {
  const copy = Buffer.from(sealed)
  copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1)
  return copy
}

function aesGcmHolds(answer: KnownAnswers['aesGcm']): boolean {
  const key = secretKey(bytes(answer.key))
  const nonce = { iv: bytes(answer.iv), aad: bytes(answer.aad) }
  const ciphertext = bytes(answer.ciphertext)
  const tag = bytes(answer.tag)
  const sealed = sealGcm(key, nonce, bytes(answer.plaintext))
  const opened = openGcm(key, nonce, { ciphertext, tag })
  return (
    equalBytes(sealed.ciphertext, ciphertext) &&
    equalBytes(sealed.tag, tag) &&
    opened !== undefined &&
    equalBytes(opened, bytes(answer.plaintext)) &&
    openGcm(key, nonce, { ciphertext, tag: flipLastBit(tag) }) === undefined
  )
}

/** The plaintext that opening gives, or undefined when it refuses. */
function opened(open: () => Buffer): Buffer | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

/**
 * A format holds when the frozen bytes and fresh ones open to the plaintext, and changed ones do not open.
 */
function formatHolds(
  open: (sealed: Uint8Array) => Buffer,
  seal: () => Buffer,
  known: { readonly frozen: Buffer; readonly plaintext: Buffer },
): boolean {
  const right = [known.frozen, seal()].every((sealed) => {
    const plaintext = opened(() => open(sealed))
    return plaintext !== undefined && equalBytes(plaintext, known.plaintext)
  })
  return right && opened(() => open(flipLastBit(known.frozen))) === undefined
}

function wrapHolds(answer: KnownAnswers['wrap']): boolean {
  const key = secretKey(bytes(answer.domainKey))
  const plaintext = bytes(answer.plaintext)
  const find = (id: string) => (id === answer.domainKeyId ? key : undefined)
  return formatHolds(
    (record) => unwrapRecord(find, record, answer.identity).lend((raw) => Buffer.from(raw)),
    () => wrapRecord({ id: answer.domainKeyId, key }, plaintext, answer.identity),
    { frozen: bytes(answer.record), plaintext },
  )
}

function blobHolds(answer: KnownAnswers['blob']): boolean {
  const material = { id: answer.materialId, key: secretKey(bytes(answer.material)) }
  const plaintext = bytes(answer.plaintext)
  return formatHolds(
    (blob) => openBlob(material, blob, answer.identity, answer.context),
    () => sealBlob(material, plaintext, answer.identity, answer.context),
    { frozen: bytes(answer.blob), plaintext },
  )
}

function kbkdfHolds({ key, label, context, derived }: KnownAnswers['kbkdf']): boolean {
  const expected = bytes(derived)
  return equalBytes(kbkdf(secretKey(bytes(key)), label, bytes(context), expected.length), expected)
}

function macsHold({ key, message, mac }: KnownAnswers['macs']): boolean {
  const secret = secretKey(bytes(key))
  // The table is of the four algorithms, which `Object.keys` cannot know.
  return (Object.keys(mac) as MacAlgorithmName[]).every((algorithm) => {
    const expected = bytes(mac[algorithm])
    return (
      equalBytes(generateMac(secret, algorithm, bytes(message)), expected) &&
      !macMatches(secret, algorithm, bytes(message), flipLastBit(expected))
    )
  })
}

/**
 * Reproduces every known answer. Throws Error with the name of the first that does not hold: then do not
 * start.
 */
export function selfTest(answers: KnownAnswers = KNOWN_ANSWERS): void {
  const { sha256: hash, hmac, kbkdf: derivation, aesGcm, wrap, blob } = answers
  const results: Record<keyof KnownAnswers, boolean> = {
    sha256: equalBytes(sha256(bytes(hash.message)), bytes(hash.digest)),
    hmac: equalBytes(hmacSha256(secretKey(bytes(hmac.key)), bytes(hmac.message)), bytes(hmac.mac)),
    kbkdf: kbkdfHolds(derivation),
    aesGcm: aesGcmHolds(aesGcm),
    wrap: wrapHolds(wrap),
    blob: blobHolds(blob),
    macs: macsHold(answers.macs),
    ...asymmetricResults(answers),
  }
  for (const [name, holds] of Object.entries(results)) {
    if (!holds) throw new Error(`the self-test failed: ${name} does not give its known answer`)
  }
}

/** Encryption to a public key: RSAES-OAEP (RFC 8017 §7.1) and SM2PKE, in a worker. Decryption fails one way. */
import { type EncryptionAlgorithmName, KEY_SPECS } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { PrivateKey, PublicKey } from './asymmetric-key.ts'
import { inWorker } from './worker-pool.ts'

export type PublicKeyEncryption = Exclude<EncryptionAlgorithmName, 'SYMMETRIC_DEFAULT'>

const OAEP_HASH = { RSAES_OAEP_SHA_1: 'sha1', RSAES_OAEP_SHA_256: 'sha256' } as const

function mustHave(spec: PublicKey['spec'], algorithm: PublicKeyEncryption): void {
  if (!KEY_SPECS[spec].encryption.includes(algorithm))
    throw new TypeError(`${algorithm} does not go with ${spec}`)
}

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/**
 * The ciphertext: as long as the modulus, or the DER of SM2. The caller wipes the plaintext. Throws TypeError
 * for an algorithm of another spec or a plaintext longer than it takes, ThrottlingException when too many wait.
 */
export async function encryptTo(
  { spec, key }: PublicKey,
  algorithm: PublicKeyEncryption,
  plaintext: Uint8Array,
): Promise<Buffer> {
  mustHave(spec, algorithm)
  if (plaintext.length > (KEY_SPECS[spec].maxPlaintext[algorithm] ?? 0))
    throw new TypeError(`the plaintext is too long for ${algorithm} with ${spec}`)
  if (algorithm === 'SM2PKE')
    return buffer(await inWorker('encryptSm2', { spec, publicKey: key, bytes: plaintext }))
  return buffer(await inWorker('encryptOaep', { key, hash: OAEP_HASH[algorithm], bytes: plaintext }))
}

/**
 * The plaintext, which the caller wipes. Throws InvalidCiphertextException for whatever does not decrypt, TypeError
 * for an algorithm of another spec, ThrottlingException when too many wait.
 */
export async function decryptWith(
  key: PrivateKey,
  algorithm: PublicKeyEncryption,
  ciphertext: Uint8Array,
): Promise<Buffer> {
  mustHave(key.spec, algorithm)
  const plaintext =
    algorithm === 'SM2PKE'
      ? await inWorker('decryptSm2', { ...key, bytes: ciphertext })
      : await inWorker('decryptOaep', { key: key.key, hash: OAEP_HASH[algorithm], bytes: ciphertext })
  if (!plaintext) throw new KmsError('InvalidCiphertextException')
  return buffer(plaintext)
}

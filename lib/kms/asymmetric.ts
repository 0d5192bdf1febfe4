/** Encrypting to a public key and decrypting with its private half: RSA and SM2 keys of usage ENCRYPT_DECRYPT. */
import { decryptWith, encryptTo, type PublicKeyEncryption } from '#lib/crypto/public-key-encryption.ts'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'

/** @throws ValidationException for more bytes than the algorithm takes with a key of this size (facts §5.3). */
function checkSize(key: AllowedKey, algorithm: PublicKeyEncryption, plaintext: Uint8Array): void {
  const { spec } = key.row
  const most = KEY_SPECS[spec].maxPlaintext[algorithm] ?? 0
  if (plaintext.length <= most) return
  throw new KmsError(
    'ValidationException',
    `Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
  )
}

/** @throws ValidationException for too many bytes, ThrottlingException */
export async function encryptAsymmetric(
  call: Call,
  key: AllowedKey,
  message: { readonly plaintext: Uint8Array; readonly algorithm: PublicKeyEncryption },
): Promise<Uint8Array> {
  checkSize(key, message.algorithm, message.plaintext)
  return encryptTo(call.publicKey(key), message.algorithm, message.plaintext)
}

/** The plaintext, which the caller wipes. @throws InvalidCiphertextException, ThrottlingException */
export async function decryptAsymmetric(
  call: Call,
  key: AllowedKey,
  message: { readonly blob: Uint8Array; readonly algorithm: PublicKeyEncryption },
): Promise<Uint8Array> {
  return decryptWith(await call.privateKey(key), message.algorithm, message.blob)
}

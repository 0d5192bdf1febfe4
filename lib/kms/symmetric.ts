/** Sealing and opening with a symmetric key: what Encrypt, Decrypt, ReEncrypt and data keys share. */
import { openBlob, readBlob, sealBlob } from '#lib/crypto/blob.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { type EncryptionAlgorithmName, KEY_SPECS } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'

/** What a ciphertext is bound to: the key id and never the Region, so that a multi-Region key opens in each. */
const identityOf = (key: AllowedKey) => ({
  partition: key.place.partition,
  account: key.row.account,
  keyId: key.row.id,
})

/** @throws InvalidKeyUsageException for an algorithm that the key's spec does not have. */
export function checkAlgorithm(key: AllowedKey, algorithm: EncryptionAlgorithmName): void {
  const { spec } = key.row
  if (!KEY_SPECS[spec].encryption.includes(algorithm)) {
    throw new KmsError(
      'InvalidKeyUsageException',
      `Algorithm ${algorithm} is incompatible with key spec ${spec}.`,
    )
  }
}

/** Encrypts under the key's current material. @throws InvalidKeyUsageException, KMSInvalidStateException */
export async function seal(
  call: Call,
  key: AllowedKey,
  message: { plaintext: Uint8Array; context: EncryptionContext | undefined },
): Promise<{ blob: Uint8Array; materialId: string }> {
  // Whatever asked for the key: no other key's bytes are ever taken for an AES key.
  checkAlgorithm(key, 'SYMMETRIC_DEFAULT')
  const material = await call.material(key)
  if (!material) throw new KmsError('KMSInvalidStateException', `${key.arn} is pending import.`)
  return {
    blob: sealBlob(material, message.plaintext, identityOf(key), message.context),
    materialId: material.id,
  }
}

/** The material that a ciphertext names. @throws InvalidCiphertextException when it is none of ours. */
export function materialIdOf(blob: Uint8Array): string {
  const header = readBlob(blob)
  if (!header) throw new KmsError('InvalidCiphertextException')
  return header.materialId
}

/** Decrypts; every way to fail is the same InvalidCiphertextException without a word (R21). */
export async function open(
  call: Call,
  key: AllowedKey,
  message: { blob: Uint8Array; context: EncryptionContext | undefined },
): Promise<{ plaintext: Uint8Array; materialId: string }> {
  checkAlgorithm(key, 'SYMMETRIC_DEFAULT')
  const material = await call.material(key, materialIdOf(message.blob))
  if (!material) throw new KmsError('InvalidCiphertextException')
  return {
    plaintext: openBlob(material, message.blob, identityOf(key), message.context),
    materialId: material.id,
  }
}

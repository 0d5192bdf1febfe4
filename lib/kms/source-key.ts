/** Finding the key of a ciphertext: by what the caller says, and by what the ciphertext says (facts §6.4). */
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { EncryptionAlgorithmName } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call, KeyDemand } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { checkAlgorithm, materialIdOf } from './symmetric.ts'

export type Source = {
  readonly blob: Uint8Array
  readonly keyId: string | undefined
  readonly context: EncryptionContext | undefined
  readonly algorithm: EncryptionAlgorithmName
  readonly conditions?: ConditionValues
}

const WRONG_KEY = 'The key ID in the request does not identify a CMK that can perform this operation.'

/**
 * The key to decrypt with. A key that is named must be the ciphertext's own: it is never tried against another's.
 * @throws IncorrectKeyException, InvalidCiphertextException, and whatever naming a key can throw
 */
export async function sourceKey(call: Call, action: string, source: Source): Promise<AllowedKey> {
  const demand: KeyDemand = {
    deed: 'use',
    usage: 'ENCRYPT_DECRYPT',
    aliases: true,
    encryptionContext: source.context,
    conditions: { 'kms:EncryptionAlgorithm': source.algorithm, ...source.conditions },
  }
  if (source.keyId === undefined) {
    const key = await call.keyOfCiphertext(materialIdOf(source.blob), action, demand)
    checkAlgorithm(key, source.algorithm)
    return key
  }
  const key = await call.key(source.keyId, action, demand)
  checkAlgorithm(key, source.algorithm)
  const materialId = materialIdOf(source.blob)
  if (key.row.materials.some((material) => material.id === materialId)) return key
  const other = await call.services.keys.byMaterial(call.region, materialId)
  throw other ? new KmsError('IncorrectKeyException', WRONG_KEY) : new KmsError('InvalidCiphertextException')
}

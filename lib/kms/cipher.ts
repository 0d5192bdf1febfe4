/** Encrypting and decrypting with a key of any kind: symmetric keys make blobs, the others what their algorithm makes. */
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { EncryptionAlgorithmName } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { decryptAsymmetric, encryptAsymmetric } from './asymmetric.ts'
import { checkAlgorithm, open, seal } from './symmetric.ts'

export const DEFAULT_ALGORITHM = 'SYMMETRIC_DEFAULT'

/** How something is encrypted. An empty context is none. */
type Manner = {
  readonly algorithm: EncryptionAlgorithmName
  readonly context: EncryptionContext | undefined
}

/**
 * Judges an algorithm and a context for a key.
 * @throws InvalidKeyUsageException for an algorithm of another spec, ValidationException for a context that the
 *   algorithm cannot bind (facts §6.3)
 */
export function checkManner(key: AllowedKey, { algorithm, context }: Manner): void {
  checkAlgorithm(key, algorithm)
  if (algorithm === DEFAULT_ALGORITHM || Object.keys(context ?? {}).length === 0) return
  throw new KmsError(
    'ValidationException',
    'An encryption context is supported only with symmetric encryption KMS keys.',
  )
}

/** Encrypts for a key that checkManner passed. Only symmetric keys have a material that AWS names. */
export async function encryptWithKey(
  call: Call,
  key: AllowedKey,
  { plaintext, algorithm, context }: Manner & { readonly plaintext: Uint8Array },
): Promise<{ blob: Uint8Array; materialId?: string }> {
  if (algorithm === DEFAULT_ALGORITHM) return seal(call, key, { plaintext, context })
  return { blob: await encryptAsymmetric(call, key, { plaintext, algorithm }) }
}

/** Decrypts with a key that checkManner passed; the caller wipes the plaintext. @throws InvalidCiphertextException */
export async function decryptWithKey(
  call: Call,
  key: AllowedKey,
  { blob, algorithm, context }: Manner & { readonly blob: Uint8Array },
): Promise<{ plaintext: Uint8Array; materialId?: string }> {
  if (algorithm === DEFAULT_ALGORITHM) return open(call, key, { blob, context })
  return { plaintext: await decryptAsymmetric(call, key, { blob, algorithm }) }
}

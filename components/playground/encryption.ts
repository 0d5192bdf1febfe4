/** What encryption takes and gives, by key and algorithm. */
import { formatBytes, formatNumber } from '#lib/console/format.ts'
import { MOST_CIPHERTEXT_BYTES } from '#lib/domain/ciphertext-blob.ts'
import { ENCRYPTION_ALGORITHMS, type EncryptionAlgorithmName, KEY_SPECS } from '#lib/domain/key-spec.ts'
import type { Limits } from './data.ts'
import type { KeyNature } from './played.ts'

/** The algorithms of a key; all of them where the key is not known. */
export function encryptionAlgorithms(nature: KeyNature | undefined): readonly EncryptionAlgorithmName[] {
  if (nature?.usage !== 'ENCRYPT_DECRYPT') return ENCRYPTION_ALGORITHMS
  return KEY_SPECS[nature.spec].encryption
}

// "…between 1 and 4096 bytes" — API_Encrypt, Plaintext
const MOST_PLAINTEXT = 4096

export function plaintextLimits(nature: KeyNature | undefined, algorithm: EncryptionAlgorithmName): Limits {
  const known = nature && KEY_SPECS[nature.spec].maxPlaintext[algorithm]
  const most = known ?? MOST_PLAINTEXT
  const kind =
    known === undefined || algorithm === 'SYMMETRIC_DEFAULT'
      ? 'a symmetric key'
      : `${KEY_SPECS[nature?.spec ?? 'SYMMETRIC_DEFAULT'].label} with ${algorithm}`
  return {
    most,
    tooMany: (bytes) =>
      `The data is ${formatBytes(bytes)}; ${kind} takes at most ${formatNumber(most)}. Use a data key for larger data.`,
  }
}

export const CIPHERTEXT_LIMITS: Limits = {
  most: MOST_CIPHERTEXT_BYTES,
  tooMany: (bytes) => `The ciphertext is ${formatBytes(bytes)}; at most 6,144 can be one.`,
}

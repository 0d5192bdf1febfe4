import type { KeyUsageName } from '#lib/domain/key-spec.ts'

/** What can never be done again once a key of a usage is gone. */
export const LOSS: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'What was encrypted under it can never be decrypted again.',
  SIGN_VERIFY:
    'Nothing can be signed with it again. Its signatures can be verified only by those who kept its public key.',
  GENERATE_VERIFY_MAC: 'MACs that were made with it can never be verified again.',
  KEY_AGREEMENT: 'Secrets that were agreed on with it can never be derived again.',
  ENCAPSULATE_DECAPSULATE: 'Secrets that were encapsulated for it can never be opened again.',
}

/** What depends on a key and can't be seen from here. */
export const DEPENDS: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Data encrypted under the key depends on it, wherever it is kept.',
  SIGN_VERIFY: 'Whoever expects signatures by this key depends on it.',
  GENERATE_VERIFY_MAC: 'Whoever checks MACs that it made depends on it.',
  KEY_AGREEMENT: 'Whoever derives secrets with it depends on it, and data encrypted under those secrets.',
  ENCAPSULATE_DECAPSULATE: 'Secrets encapsulated for its public key depend on it, wherever they are kept.',
}

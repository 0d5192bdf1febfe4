/**
 * What kinds of keys there are and what each can do, as rows (facts §5).
 * Only the specs listed here can be created; the enums hold every name AWS has,
 * because a name AWS knows and Keyhouse does not offer yet is refused with another error than nonsense is.
 */

export type KeySpec = {
  /** As a person reads it in a table. */
  readonly label: string
  readonly usages: readonly KeyUsageName[]
  readonly algorithms: readonly EncryptionAlgorithmName[]
  readonly material: { readonly kind: 'aes'; readonly bytes: number }
  /** Bytes that one Encrypt takes at most (API_Encrypt). */
  readonly maxPlaintext: number
}

export const KEY_USAGES = [
  'SIGN_VERIFY',
  'ENCRYPT_DECRYPT',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
] as const
export type KeyUsageName = (typeof KEY_USAGES)[number]

export const ENCRYPTION_ALGORITHMS = [
  'SYMMETRIC_DEFAULT',
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'SM2PKE',
] as const
export type EncryptionAlgorithmName = (typeof ENCRYPTION_ALGORITHMS)[number]

export const KEY_SPEC_NAMES = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'SYMMETRIC_DEFAULT',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
  'SM2',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'ECC_NIST_EDWARDS25519',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
] as const
export type KeySpecName = (typeof KEY_SPEC_NAMES)[number]

export const ORIGINS = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const
export type Origin = (typeof ORIGINS)[number]

export const DATA_KEY_SPECS = { AES_256: 32, AES_128: 16 } as const
export type DataKeySpec = keyof typeof DATA_KEY_SPECS

export const KEY_SPECS = {
  SYMMETRIC_DEFAULT: {
    label: 'Symmetric',
    usages: ['ENCRYPT_DECRYPT'],
    algorithms: ['SYMMETRIC_DEFAULT'],
    material: { kind: 'aes', bytes: 32 },
    maxPlaintext: 4096,
  },
} as const satisfies Partial<Record<KeySpecName, KeySpec>>

export type OfferedKeySpec = keyof typeof KEY_SPECS

export const isOffered = (spec: KeySpecName): spec is OfferedKeySpec => Object.hasOwn(KEY_SPECS, spec)

export const USAGE_LABEL: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Encrypt, decrypt',
  SIGN_VERIFY: 'Sign, verify',
  GENERATE_VERIFY_MAC: 'Generate, verify MAC',
  KEY_AGREEMENT: 'Key agreement',
  ENCAPSULATE_DECAPSULATE: 'Encapsulate, decapsulate',
}

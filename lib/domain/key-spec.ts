/**
 * What kinds of keys there are and what each can do, as rows (facts §5).
 * https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */

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

export const SIGNING_ALGORITHMS = [
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'ECDSA_SHA_256',
  'ECDSA_SHA_384',
  'ECDSA_SHA_512',
  'SM2DSA',
  'ML_DSA_SHAKE_256',
  'ED25519_SHA_512',
  'ED25519_PH_SHA_512',
] as const
export type SigningAlgorithmName = (typeof SIGNING_ALGORITHMS)[number]

export const MESSAGE_TYPES = ['RAW', 'DIGEST', 'EXTERNAL_MU'] as const
export type MessageType = (typeof MESSAGE_TYPES)[number]

export const MAC_ALGORITHMS = ['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512'] as const
export type MacAlgorithmName = (typeof MAC_ALGORITHMS)[number]

export const KEY_AGREEMENT_ALGORITHMS = ['ECDH'] as const
export const ENCAPSULATION_ALGORITHMS = ['ML_KEM'] as const

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

/** Symmetric, asymmetric and HMAC keys are AWS's three classes: an alias stays in its class (facts §7.3). */
export type KeyClass = 'symmetric' | 'asymmetric' | 'hmac'

/** What a key's material is. Raw bytes for symmetric and HMAC keys, PKCS#8 for the others. */
export type Material =
  | { readonly kind: 'aes'; readonly bytes: number }
  /** Imported HMAC material may be `least` to 128 bytes (facts §11). */
  | { readonly kind: 'hmac'; readonly bytes: number; readonly least: number }
  | { readonly kind: 'rsa'; readonly bits: 2048 | 3072 | 4096 }
  /** `bytes` is the length of a coordinate, and so of a shared secret. */
  | {
      readonly kind: 'ec'
      readonly curve: 'P-256' | 'P-384' | 'P-521' | 'secp256k1'
      readonly bytes: 32 | 48 | 66
    }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'ml-dsa'; readonly level: 44 | 65 | 87 }
  | { readonly kind: 'ml-kem'; readonly level: 512 | 768 | 1024; readonly ciphertextBytes: number }
  | { readonly kind: 'sm2' }

export type KeySpec = {
  /** As a person reads it in a table. */
  readonly label: string
  /** In the order in which a person should meet them. */
  readonly usages: readonly KeyUsageName[]
  readonly class: KeyClass
  readonly material: Material
  /** Where material may come from, custom key stores apart. */
  readonly imports: boolean
  readonly encryption: readonly EncryptionAlgorithmName[]
  readonly signing: readonly SigningAlgorithmName[]
  readonly mac: readonly MacAlgorithmName[]
  /** Bytes that one Encrypt takes at most, by algorithm (API_Encrypt: k − 2h − 2 for OAEP). */
  readonly maxPlaintext: Readonly<Partial<Record<EncryptionAlgorithmName, number>>>
  /** The one partition where the spec exists, if not everywhere. */
  readonly onlyIn?: 'aws-cn'
  /** The partition that lacks it. */
  readonly notIn?: 'aws-cn'
}

const NONE = { encryption: [], signing: [], mac: [], maxPlaintext: {} } as const

const rsa = <const B extends 2048 | 3072 | 4096>(bits: B) =>
  ({
    ...NONE,
    label: `RSA ${bits}`,
    usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
    class: 'asymmetric',
    material: { kind: 'rsa', bits },
    imports: true,
    encryption: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    signing: [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ],
    maxPlaintext: { RSAES_OAEP_SHA_1: bits / 8 - 42, RSAES_OAEP_SHA_256: bits / 8 - 66 },
  }) as const satisfies KeySpec

const hmac = <const M extends MacAlgorithmName>(bits: number, algorithm: M) =>
  ({
    ...NONE,
    label: `HMAC ${bits}`,
    usages: ['GENERATE_VERIFY_MAC'],
    class: 'hmac',
    material: { kind: 'hmac', bytes: bits / 8, least: bits / 8 },
    imports: true,
    mac: [algorithm],
  }) as const satisfies KeySpec

type Curve = Extract<Material, { kind: 'ec' }>
const ec = (
  label: string,
  material: Omit<Curve, 'kind'>,
  rest: { usages: readonly KeyUsageName[]; signing: SigningAlgorithmName },
) =>
  ({
    ...NONE,
    label,
    usages: rest.usages,
    class: 'asymmetric',
    material: { kind: 'ec', ...material },
    imports: true,
    signing: [rest.signing],
  }) as const satisfies KeySpec

const AGREES = ['SIGN_VERIFY', 'KEY_AGREEMENT'] as const

const mlDsa = (level: 44 | 65 | 87) =>
  ({
    ...NONE,
    label: `ML-DSA-${level}`,
    usages: ['SIGN_VERIFY'],
    class: 'asymmetric',
    material: { kind: 'ml-dsa', level },
    imports: false,
    signing: ['ML_DSA_SHAKE_256'],
  }) as const satisfies KeySpec

const mlKem = (level: 512 | 768 | 1024, ciphertextBytes: number) =>
  ({
    ...NONE,
    label: `ML-KEM-${level}`,
    usages: ['ENCAPSULATE_DECAPSULATE'],
    class: 'asymmetric',
    material: { kind: 'ml-kem', level, ciphertextBytes },
    imports: false,
    notIn: 'aws-cn',
  }) as const satisfies KeySpec

export const KEY_SPECS: Readonly<Record<KeySpecName, KeySpec>> = {
  SYMMETRIC_DEFAULT: {
    ...NONE,
    label: 'Symmetric',
    usages: ['ENCRYPT_DECRYPT'],
    class: 'symmetric',
    material: { kind: 'aes', bytes: 32 },
    imports: true,
    encryption: ['SYMMETRIC_DEFAULT'],
    maxPlaintext: { SYMMETRIC_DEFAULT: 4096 },
  },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: ec(
    'NIST P-256',
    { curve: 'P-256', bytes: 32 },
    { usages: AGREES, signing: 'ECDSA_SHA_256' },
  ),
  ECC_NIST_P384: ec(
    'NIST P-384',
    { curve: 'P-384', bytes: 48 },
    { usages: AGREES, signing: 'ECDSA_SHA_384' },
  ),
  ECC_NIST_P521: ec(
    'NIST P-521',
    { curve: 'P-521', bytes: 66 },
    { usages: AGREES, signing: 'ECDSA_SHA_512' },
  ),
  ECC_SECG_P256K1: ec(
    'secp256k1',
    { curve: 'secp256k1', bytes: 32 },
    { usages: ['SIGN_VERIFY'], signing: 'ECDSA_SHA_256' },
  ),
  ECC_NIST_EDWARDS25519: {
    ...NONE,
    label: 'Ed25519',
    usages: ['SIGN_VERIFY'],
    class: 'asymmetric',
    material: { kind: 'ed25519' },
    imports: true,
    signing: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
  },
  HMAC_224: hmac(224, 'HMAC_SHA_224'),
  HMAC_256: hmac(256, 'HMAC_SHA_256'),
  HMAC_384: hmac(384, 'HMAC_SHA_384'),
  HMAC_512: hmac(512, 'HMAC_SHA_512'),
  ML_DSA_44: mlDsa(44),
  ML_DSA_65: mlDsa(65),
  ML_DSA_87: mlDsa(87),
  ML_KEM_512: mlKem(512, 768),
  ML_KEM_768: mlKem(768, 1088),
  ML_KEM_1024: mlKem(1024, 1568),
  SM2: {
    ...NONE,
    label: 'SM2',
    usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'],
    class: 'asymmetric',
    material: { kind: 'sm2' },
    imports: true,
    encryption: ['SM2PKE'],
    signing: ['SM2DSA'],
    maxPlaintext: { SM2PKE: 1024 },
    onlyIn: 'aws-cn',
  },
}

/** Whether the Regions of a partition have the spec. */
export function existsIn(spec: KeySpecName, partition: string): boolean {
  const { onlyIn, notIn } = KEY_SPECS[spec]
  return (onlyIn === undefined || onlyIn === partition) && notIn !== partition
}

/** The one list of algorithms that a key of this spec and usage has, under the name KeyMetadata gives it (facts §3). */
export function algorithmsOf(spec: KeySpecName, usage: KeyUsageName) {
  const { encryption, signing, mac } = KEY_SPECS[spec]
  switch (usage) {
    case 'ENCRYPT_DECRYPT':
      return { EncryptionAlgorithms: [...encryption] }
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: [...signing] }
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [...mac] }
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: [...KEY_AGREEMENT_ALGORITHMS] }
    case 'ENCAPSULATE_DECAPSULATE':
      return { EncapsulationAlgorithms: [...ENCAPSULATION_ALGORITHMS] }
  }
}

export type AsymmetricSpecName = Exclude<KeySpecName, 'SYMMETRIC_DEFAULT' | `HMAC_${string}`>

export const isAsymmetric = (spec: KeySpecName): spec is AsymmetricSpecName =>
  KEY_SPECS[spec].class === 'asymmetric'

export const USAGE_LABEL: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Encrypt, decrypt',
  SIGN_VERIFY: 'Sign, verify',
  GENERATE_VERIFY_MAC: 'Generate, verify MAC',
  KEY_AGREEMENT: 'Key agreement',
  ENCAPSULATE_DECAPSULATE: 'Encapsulate, decapsulate',
}

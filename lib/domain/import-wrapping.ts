/**
 * How key material travels into KMS: the algorithms that wrap it, the keys they wrap it for, and which of them
 * may carry which material (facts §11). It knows names only; the bytes are lib/crypto's.
 */
import { KEY_SPECS, type KeySpecName } from './key-spec.ts'

/** In the order of AWS's model. */
export const WRAPPING_ALGORITHMS = [
  'RSAES_PKCS1_V1_5',
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'RSA_AES_KEY_WRAP_SHA_1',
  'RSA_AES_KEY_WRAP_SHA_256',
  'SM2PKE',
] as const
export type WrappingAlgorithmName = (typeof WRAPPING_ALGORITHMS)[number]

/** Those that still wrap anything: KMS stopped taking PKCS #1 v1.5 on 10 October 2023. */
export type WrappingAlgorithm = Exclude<WrappingAlgorithmName, 'RSAES_PKCS1_V1_5'>

export const WRAPPING_KEY_SPECS = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'] as const
export type WrappingKeySpec = (typeof WRAPPING_KEY_SPECS)[number]

type MaterialKind = (typeof KEY_SPECS)[KeySpecName]['material']['kind']

const OAEP = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'] as const
const AES = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'] as const

/**
 * Which algorithms carry which material: RSA-AES wraps private keys of RSA and of elliptic curves, OAEP wraps all
 * but RSA private keys, SM2PKE wraps private keys. Empty: the material cannot be imported at all.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html#KMS-GetParametersForImport-request-WrappingAlgorithm
 * https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html#select-wrapping-algorithm
 */
const CARRIERS: Readonly<Record<MaterialKind, readonly WrappingAlgorithm[]>> = {
  aes: [...OAEP, 'SM2PKE'],
  hmac: [...OAEP, 'SM2PKE'],
  rsa: [...AES, 'SM2PKE'],
  ec: [...OAEP, ...AES, 'SM2PKE'],
  // AWS does not say; its private key is shorter than that of any curve above.
  ed25519: [...OAEP, ...AES, 'SM2PKE'],
  sm2: [...OAEP, ...AES, 'SM2PKE'],
  'ml-dsa': [],
  'ml-kem': [],
}

const isRsaWrapping = (algorithm: WrappingAlgorithm) => algorithm !== 'SM2PKE'

/**
 * Why this algorithm, for this kind of wrapping key, cannot carry material of the spec; undefined when it can.
 * Whether a partition has SM2 at all is not asked here.
 */
export function wrappingRefusal(
  spec: KeySpecName,
  algorithm: WrappingAlgorithmName,
  keySpec: WrappingKeySpec,
): string | undefined {
  if (algorithm === 'RSAES_PKCS1_V1_5') return 'Wrapping algorithm RSAES_PKCS1_V1_5 is no longer supported.'
  if (isRsaWrapping(algorithm) === (keySpec === 'SM2'))
    return `Wrapping algorithm ${algorithm} is not compatible with wrapping key spec ${keySpec}.`
  if (!CARRIERS[KEY_SPECS[spec].material.kind].includes(algorithm))
    return `Wrapping algorithm ${algorithm} cannot be used for key material of key spec ${spec}.`
  // https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html
  if (spec === 'ECC_NIST_P521' && keySpec === 'RSA_2048' && algorithm.startsWith('RSAES_OAEP'))
    return `Wrapping algorithm ${algorithm} with wrapping key spec RSA_2048 cannot be used for key material of key spec ECC_NIST_P521.`
  return undefined
}

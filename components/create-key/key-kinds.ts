/** The choices of the first step: what a person picks, and what of a key follows from it. */
import type { Tile } from '#components/ui/radio-tiles.tsx'
import {
  existsIn,
  KEY_SPEC_NAMES,
  KEY_SPECS,
  type KeySpecName,
  type KeyUsageName,
} from '#lib/domain/key-spec.ts'
import type { Draft } from './draft.ts'

/** AWS's wizard counts HMAC keys among the symmetric ones. */
export type KeyType = 'symmetric' | 'asymmetric'

export const typeOf = (spec: KeySpecName): KeyType =>
  KEY_SPECS[spec].class === 'asymmetric' ? 'asymmetric' : 'symmetric'

const USAGES: Record<KeyType, readonly KeyUsageName[]> = {
  symmetric: ['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC'],
  asymmetric: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'],
}

/** From the everyday to the special. */
const ORDER: readonly KeySpecName[] = [
  'SYMMETRIC_DEFAULT',
  'HMAC_256',
  'HMAC_224',
  'HMAC_384',
  'HMAC_512',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_NIST_EDWARDS25519',
  'ECC_SECG_P256K1',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ML_DSA_65',
  'ML_DSA_44',
  'ML_DSA_87',
  'ML_KEM_768',
  'ML_KEM_512',
  'ML_KEM_1024',
  'SM2',
]

/** Specs of a type for a usage that this partition has. */
export const specsFor = (type: KeyType, usage: KeyUsageName, partition: string): readonly KeySpecName[] =>
  ORDER.filter(
    (spec) =>
      KEY_SPEC_NAMES.includes(spec) &&
      typeOf(spec) === type &&
      KEY_SPECS[spec].usages.includes(usage) &&
      existsIn(spec, partition),
  )

export const usagesFor = (type: KeyType, partition: string): readonly KeyUsageName[] =>
  USAGES[type].filter((usage) => specsFor(type, usage, partition).length > 0)

/** The draft with another kind of key; material that such a key cannot import is made here instead. */
export function withKind(draft: Draft, keySpec: KeySpecName, keyUsage: KeyUsageName): Draft {
  const origin = KEY_SPECS[keySpec].imports ? draft.origin : 'AWS_KMS'
  return { ...draft, keySpec, keyUsage, origin }
}

type Words<V extends string> = Record<V, Omit<Tile<V>, 'value'>>

export const TYPE_WORDS: Words<KeyType> = {
  symmetric: {
    label: 'Symmetric',
    help: 'Choose this for one secret that both sides use and that never leaves Keyhouse: encryption, data keys, MACs.',
  },
  asymmetric: {
    label: 'Asymmetric',
    help: 'Choose this when others must encrypt or verify without calling Keyhouse, with a public key they may download.',
  },
}

export const USAGE_WORDS: Words<KeyUsageName> = {
  ENCRYPT_DECRYPT: {
    label: 'Encrypt and decrypt',
    help: 'Choose this to protect data, or the data keys that protect larger data.',
  },
  SIGN_VERIFY: {
    label: 'Sign and verify',
    help: 'Choose this to prove who wrote something and that nobody changed it since.',
  },
  GENERATE_VERIFY_MAC: {
    label: 'Generate and verify MAC',
    help: 'Choose this for tokens and messages that only you have to check.',
  },
  KEY_AGREEMENT: {
    label: 'Key agreement',
    help: 'Choose this to derive a secret with the holder of another key pair (ECDH).',
  },
  ENCAPSULATE_DECAPSULATE: {
    label: 'Encapsulate and decapsulate',
    help: 'Choose this to agree on a secret that a quantum computer cannot recover (ML-KEM).',
  },
}

export const SPEC_HELP: Record<KeySpecName, string> = {
  SYMMETRIC_DEFAULT: 'AES-256 in GCM.',
  HMAC_224: '28-byte tags with SHA-224.',
  HMAC_256: '32-byte tags with SHA-256: what most tokens use.',
  HMAC_384: '48-byte tags with SHA-384.',
  HMAC_512: '64-byte tags with SHA-512.',
  ECC_NIST_P256: 'Small and fast; understood everywhere.',
  ECC_NIST_P384: 'For policies that ask for 192-bit strength.',
  ECC_NIST_P521: 'The strongest NIST curve; slower.',
  ECC_NIST_EDWARDS25519: 'Small, fast and deterministic; newer systems.',
  ECC_SECG_P256K1: 'For blockchains that use this curve.',
  RSA_2048: 'For systems that know nothing else; the fastest RSA.',
  RSA_3072: '128-bit strength; slower.',
  RSA_4096: 'The largest RSA; slowest, with 512-byte signatures.',
  ML_DSA_44: 'Post-quantum signatures of 2,420 bytes.',
  ML_DSA_65: 'Post-quantum signatures of 3,309 bytes: the middle strength.',
  ML_DSA_87: 'Post-quantum signatures of 4,627 bytes: the highest strength.',
  ML_KEM_512: 'Ciphertext of 768 bytes.',
  ML_KEM_768: 'Ciphertext of 1,088 bytes: the middle strength.',
  ML_KEM_1024: 'Ciphertext of 1,568 bytes: the highest strength.',
  SM2: 'Chinese national standard; Regions in China only.',
}

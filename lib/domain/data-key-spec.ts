/** What data keys and data key pairs there are (facts §2.21, §5.5). */
import type { KeySpecName } from './key-spec.ts'

export const DATA_KEY_SPECS = { AES_256: 32, AES_128: 16 } as const
export type DataKeySpec = keyof typeof DATA_KEY_SPECS

export const DATA_KEY_PAIR_SPECS = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'SM2',
  'ECC_NIST_EDWARDS25519',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
] as const satisfies readonly KeySpecName[]
export type DataKeyPairSpec = (typeof DATA_KEY_PAIR_SPECS)[number]

/** Which wrapping carries which material, as AWS's table says. */
import { describe, expect, it } from 'vitest'
import {
  WRAPPING_ALGORITHMS,
  type WrappingAlgorithmName,
  type WrappingKeySpec,
  wrappingRefusal,
} from './import-wrapping.ts'
import { KEY_SPEC_NAMES, KEY_SPECS, type KeySpecName } from './key-spec.ts'

type Case = [string, KeySpecName, WrappingAlgorithmName, WrappingKeySpec]

describe('a wrapping', () => {
  it.each<Case>([
    ['OAEP carries a symmetric key', 'SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['OAEP carries an HMAC key', 'HMAC_512', 'RSAES_OAEP_SHA_1', 'RSA_4096'],
    ['OAEP carries a P-384 key', 'ECC_NIST_P384', 'RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['OAEP carries a P-521 key under a larger key', 'ECC_NIST_P521', 'RSAES_OAEP_SHA_256', 'RSA_3072'],
    [
      'RSA-AES carries a P-521 key under a small one',
      'ECC_NIST_P521',
      'RSA_AES_KEY_WRAP_SHA_256',
      'RSA_2048',
    ],
    ['RSA-AES carries an RSA key', 'RSA_4096', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_3072'],
    ['SM2PKE carries an SM2 key', 'SM2', 'SM2PKE', 'SM2'],
    ['SM2PKE carries an RSA key', 'RSA_2048', 'SM2PKE', 'SM2'],
  ])('%s', (_, spec, algorithm, keySpec) => {
    expect(wrappingRefusal(spec, algorithm, keySpec)).toBeUndefined()
  })

  it.each<[...Case, string]>([
    ['PKCS #1 v1.5 carries nothing', 'SYMMETRIC_DEFAULT', 'RSAES_PKCS1_V1_5', 'RSA_2048', 'no longer'],
    ['OAEP carries no RSA key', 'RSA_2048', 'RSAES_OAEP_SHA_256', 'RSA_4096', 'key spec RSA_2048'],
    ['OAEP carries no P-521 key under RSA_2048', 'ECC_NIST_P521', 'RSAES_OAEP_SHA_1', 'RSA_2048', 'P521'],
    [
      'RSA-AES carries no symmetric key',
      'SYMMETRIC_DEFAULT',
      'RSA_AES_KEY_WRAP_SHA_256',
      'RSA_2048',
      'cannot',
    ],
    ['RSA-AES carries no HMAC key', 'HMAC_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_2048', 'cannot'],
    [
      'SM2PKE wants an SM2 key',
      'SM2',
      'SM2PKE',
      'RSA_2048',
      'not compatible with wrapping key spec RSA_2048',
    ],
    ['OAEP wants an RSA key', 'SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'SM2', 'wrapping key spec SM2'],
  ])('%s', (_, spec, algorithm, keySpec, text) => {
    expect(wrappingRefusal(spec, algorithm, keySpec)).toContain(text)
  })

  it.each(KEY_SPEC_NAMES)('some wrapping carries %s exactly when it can be imported', (spec) => {
    const carried = WRAPPING_ALGORITHMS.some((algorithm) => {
      const keySpec = algorithm === 'SM2PKE' ? 'SM2' : 'RSA_4096'
      return wrappingRefusal(spec, algorithm, keySpec) === undefined
    })
    expect(carried).toBe(KEY_SPECS[spec].imports)
  })
})

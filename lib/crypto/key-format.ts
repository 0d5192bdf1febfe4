/**
 * How keys of each spec look in DER: the AlgorithmIdentifier and, where it is fixed, the length of the public
 * key. For a named curve the identifier is the curve; there is no place for explicit parameters (R25).
 *
 *   SPKI     SEQUENCE { SEQUENCE { algorithm, parameters }, BIT STRING { public key } }           RFC 5280
 *   PKCS#8   SEQUENCE { 0, SEQUENCE { algorithm, parameters }, OCTET STRING { private key } }     RFC 5958
 */
import { type AsymmetricSpecName, KEY_SPECS, type Material } from '#lib/domain/key-spec.ts'
import { der, oid, TAG } from './der.ts'

type Asymmetric = Exclude<Material, { kind: 'aes' } | { kind: 'hmac' }>

/** What the material of an asymmetric spec is. */
export function asymmetricMaterial(spec: AsymmetricSpecName): Asymmetric {
  const { material } = KEY_SPECS[spec]
  if (material.kind === 'aes' || material.kind === 'hmac') throw new TypeError('the spec is not asymmetric')
  return material
}

/** A curve of short Weierstrass form: its name, OpenSSL's for it, and how long a coordinate is. */
export type CurveName = 'P-256' | 'P-384' | 'P-521' | 'secp256k1' | 'SM2'
export type Curve = { readonly curve: CurveName; readonly openssl: string; readonly bytes: number }

/** NIST's own names for its curves are not known to every part of OpenSSL. */
const OPENSSL = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  secp256k1: 'secp256k1',
} as const

/** The curve of a spec that has one. Ed25519 is none of these. */
export function curveOf(spec: AsymmetricSpecName): Curve | undefined {
  const material = asymmetricMaterial(spec)
  if (material.kind === 'sm2') return { curve: 'SM2', openssl: 'SM2', bytes: 32 }
  if (material.kind !== 'ec') return undefined
  const { curve, bytes } = material
  return { curve, openssl: OPENSSL[curve], bytes }
}

const EC_PUBLIC_KEY = oid('1.2.840.10045.2.1')
const named = (curve: string): Buffer => der(TAG.sequence, EC_PUBLIC_KEY, oid(curve))
const bare = (algorithm: string): Buffer => der(TAG.sequence, oid(algorithm))
// RFC 3279 §2.3.1: the parameters of rsaEncryption are NULL, not absent.
const RSA = der(TAG.sequence, oid('1.2.840.113549.1.1.1'), der(TAG.null))

type Format = {
  /** The whole AlgorithmIdentifier. */
  readonly algorithm: Buffer
  /** Bytes of the public key in the BIT STRING, where there is one length only. */
  readonly publicBytes?: number
}

/** RFC 5480 and SEC 2 (curves), GB/T 33560 (SM2), RFC 8410 (Ed25519), RFC 9881 (ML-DSA), RFC 9935 (ML-KEM). */
export const KEY_FORMATS: Readonly<Record<AsymmetricSpecName, Format>> = {
  RSA_2048: { algorithm: RSA },
  RSA_3072: { algorithm: RSA },
  RSA_4096: { algorithm: RSA },
  ECC_NIST_P256: { algorithm: named('1.2.840.10045.3.1.7'), publicBytes: 65 },
  ECC_NIST_P384: { algorithm: named('1.3.132.0.34'), publicBytes: 97 },
  ECC_NIST_P521: { algorithm: named('1.3.132.0.35'), publicBytes: 133 },
  ECC_SECG_P256K1: { algorithm: named('1.3.132.0.10'), publicBytes: 65 },
  SM2: { algorithm: named('1.2.156.10197.1.301'), publicBytes: 65 },
  ECC_NIST_EDWARDS25519: { algorithm: bare('1.3.101.112'), publicBytes: 32 },
  ML_DSA_44: { algorithm: bare('2.16.840.1.101.3.4.3.17'), publicBytes: 1312 },
  ML_DSA_65: { algorithm: bare('2.16.840.1.101.3.4.3.18'), publicBytes: 1952 },
  ML_DSA_87: { algorithm: bare('2.16.840.1.101.3.4.3.19'), publicBytes: 2592 },
  ML_KEM_512: { algorithm: bare('2.16.840.1.101.3.4.4.1'), publicBytes: 800 },
  ML_KEM_768: { algorithm: bare('2.16.840.1.101.3.4.4.2'), publicBytes: 1184 },
  ML_KEM_1024: { algorithm: bare('2.16.840.1.101.3.4.4.3'), publicBytes: 1568 },
}

/** The SPKI of public key bytes. */
export const spkiOf = (spec: AsymmetricSpecName, publicKey: Uint8Array): Buffer =>
  der(TAG.sequence, KEY_FORMATS[spec].algorithm, der(TAG.bitString, Uint8Array.of(0), publicKey))

/** Bytes that are no key of the spec. The message says what is wrong with the form, nothing of the key. */
export class KeyFormatError extends Error {
  override readonly name = 'KeyFormatError'
}

/** What `parse` gives. Throws KeyFormatError for whatever it throws: OpenSSL's words would name the key's bytes. */
export function parsedKey<T>(parse: () => T): T {
  try {
    return parse()
  } catch {
    throw new KeyFormatError('the bytes are not a key of this spec')
  }
}

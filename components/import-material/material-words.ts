/** What the bytes of imported material must be, in words, and what an upload looks like before it is sent (facts §11). */
import type { WrappingAlgorithm, WrappingKeySpec } from '#lib/domain/import-wrapping.ts'
import { KEY_SPECS, type KeySpecName } from '#lib/domain/key-spec.ts'
import type { Wrapping } from './wrapping-choice.ts'

const MOST_HMAC_BYTES = 128

/** "exactly 32 bytes", for the key it is for. */
export function requirement(spec: KeySpecName, partition: string): string {
  const { material, label } = KEY_SPECS[spec]
  if (material.kind === 'aes') return `exactly ${partition === 'aws-cn' ? 16 : material.bytes} random bytes`
  if (material.kind === 'hmac') return `${material.least} to ${MOST_HMAC_BYTES} random bytes`
  if (material.kind === 'rsa') return `one ${label} private key, PKCS #8 in DER (BER works too)`
  return `one ${label} private key, PKCS #8 in DER, its curve by name`
}

/** openssl's way of making such material, where it has one. */
export function generateCommand(spec: KeySpecName, partition: string, file: string): string {
  const { material } = KEY_SPECS[spec]
  const pkcs8 = (options: string) => `openssl genpkey ${options} -outform DER -out ${file}`
  switch (material.kind) {
    case 'aes':
      return `openssl rand -out ${file} ${partition === 'aws-cn' ? 16 : material.bytes}`
    case 'hmac':
      return `openssl rand -out ${file} ${material.bytes}`
    case 'rsa':
      return pkcs8(`-algorithm RSA -pkeyopt rsa_keygen_bits:${material.bits}`)
    case 'ec':
      return pkcs8(`-algorithm EC -pkeyopt ec_paramgen_curve:${material.curve}`)
    case 'sm2':
      return pkcs8('-algorithm SM2')
    default:
      return pkcs8('-algorithm ED25519')
  }
}

const RSA_BYTES: Partial<Record<WrappingKeySpec, number>> = { RSA_2048: 256, RSA_3072: 384, RSA_4096: 512 }
const LARGEST = 6144
// KWP of RFC 5649 gives whole blocks of 8 bytes, two at least.
const KWP_BLOCK = 8

const isKeyWrap = (algorithm: WrappingAlgorithm) => algorithm.startsWith('RSA_AES_KEY_WRAP')
const looksLikeText = (bytes: Uint8Array) =>
  bytes.length > 0 &&
  bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127))

/** What is wrong with a file of wrapped material, before it is sent; undefined when it may be right. */
export function wrappedFault(
  bytes: Uint8Array,
  key: { readonly spec: KeySpecName; readonly wrapping: Wrapping | undefined },
): string | undefined {
  const { spec, wrapping } = key
  if (bytes.length === 0) return 'The file is empty.'
  if (bytes.length > LARGEST) return `The file is too long: wrapped material has at most ${LARGEST} bytes.`
  if (looksLikeText(bytes))
    return 'The file is text. Wrapped material is binary: do not encode it in base64 or PEM.'
  if (bytes.length < 256 && KEY_SPECS[spec].class !== 'asymmetric')
    return `The file has ${bytes.length} bytes, fewer than any wrapped material. Is it the plaintext? Wrap it first; it was not sent.`
  const block = wrapping && RSA_BYTES[wrapping.keySpec]
  if (!wrapping || !block) return undefined
  if (isKeyWrap(wrapping.algorithm))
    return bytes.length >= block + 2 * KWP_BLOCK && (bytes.length - block) % KWP_BLOCK === 0
      ? undefined
      : `The file has ${bytes.length} bytes. ${wrapping.algorithm} gives ${block} bytes and then whole blocks of ${KWP_BLOCK}.`
  return bytes.length === block
    ? undefined
    : `The file has ${bytes.length} bytes. ${wrapping.algorithm} with ${wrapping.keySpec} gives exactly ${block}.`
}

/** What is wrong with a file of an import token. */
export function tokenFault(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'The file is empty.'
  if (bytes.length > LARGEST) return `The file is too long: an import token has at most ${LARGEST} bytes.`
  if (looksLikeText(bytes)) return 'The file is text. The import token is binary, as it was downloaded.'
  return undefined
}

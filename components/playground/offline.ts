/**
 * Verifying without KMS, with the public key alone: by WebCrypto where browsers have the algorithm, and by a line of
 * openssl for every one.
 */
import type { KeySpecName, MessageType, SigningAlgorithmName } from '#lib/domain/key-spec.ts'

export type Offline = {
  readonly spec: KeySpecName
  readonly algorithm: SigningAlgorithmName
  readonly type: MessageType
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

const CURVES: Readonly<Partial<Record<KeySpecName, { readonly name: string; readonly bytes: number }>>> = {
  ECC_NIST_P256: { name: 'P-256', bytes: 32 },
  ECC_NIST_P384: { name: 'P-384', bytes: 48 },
  ECC_NIST_P521: { name: 'P-521', bytes: 66 },
}

const hashOf = (algorithm: SigningAlgorithmName) => `SHA-${algorithm.slice(-3)}`

type Plan = {
  readonly key: RsaHashedImportParams | EcKeyImportParams | Algorithm
  readonly verify: RsaPssParams | EcdsaParams | Algorithm
  readonly coordinate?: number
}

/** How WebCrypto verifies it, or why it cannot. */
export function webCryptoPlan({
  spec,
  algorithm,
  type,
}: Pick<Offline, 'spec' | 'algorithm' | 'type'>): Plan | string {
  if (type !== 'RAW') return 'WebCrypto hashes by itself: it verifies messages, not digests.'
  const hash = hashOf(algorithm)
  if (algorithm.startsWith('RSASSA_PSS'))
    // As long as the digest (RFC 8017), which is what KMS salts with.
    return {
      key: { name: 'RSA-PSS', hash },
      verify: { name: 'RSA-PSS', saltLength: Number(algorithm.slice(-3)) / 8 },
    }
  if (algorithm.startsWith('RSASSA')) {
    const name = 'RSASSA-PKCS1-v1_5'
    return { key: { name, hash }, verify: { name } }
  }
  const curve = CURVES[spec]
  if (algorithm.startsWith('ECDSA') && curve)
    return {
      key: { name: 'ECDSA', namedCurve: curve.name },
      verify: { name: 'ECDSA', hash },
      coordinate: curve.bytes,
    }
  if (algorithm === 'ED25519_SHA_512') return { key: { name: 'Ed25519' }, verify: { name: 'Ed25519' } }
  return `WebCrypto has no ${spec === 'ECC_SECG_P256K1' ? 'secp256k1' : algorithm}.`
}

/**
 * An ECDSA signature as WebCrypto reads it: r and s side by side, each as long as a coordinate. KMS gives DER:
 *
 *   30 len | 02 len r… | 02 len s…      (lengths of 128 and more are 81 len)
 */
export function sideBySide(der: Uint8Array, coordinate: number): Uint8Array<ArrayBuffer> | undefined {
  const out = new Uint8Array(coordinate * 2)
  let at = der[1] === 0x81 ? 3 : 2
  for (const end of [coordinate, coordinate * 2]) {
    const length = der[at + 1]
    if (der[at] !== 0x02 || length === undefined) return undefined
    const number = der.subarray(at + 2, at + 2 + length)
    const digits = number.subarray(Math.max(0, number.length - coordinate))
    out.set(digits, end - digits.length)
    at += 2 + length
  }
  return out
}

/** Whether the signature holds; a sentence where this browser cannot say. */
export async function verifyOffline(offline: Offline): Promise<boolean | string> {
  const plan = webCryptoPlan(offline)
  if (typeof plan === 'string') return plan
  const { subtle } = globalThis.crypto
  if (!subtle) return 'Browsers verify only over HTTPS or on this computer.'
  const signature =
    plan.coordinate === undefined ? offline.signature : sideBySide(offline.signature, plan.coordinate)
  if (!signature) return false
  try {
    const key = await subtle.importKey('spki', offline.publicKey, plan.key, false, ['verify'])
    return await subtle.verify(plan.verify, key, signature, offline.message)
  } catch {
    return `This browser has no ${plan.key.name}.`
  }
}

const FILES = '-signature signature.bin message.bin'
const PKEY = 'openssl pkeyutl -verify -pubin -inkey public-key.pem -sigfile signature.bin'

/** The same by openssl, with the files that the console calls so. */
export function opensslLine({ algorithm, type }: Pick<Offline, 'algorithm' | 'type'>): string {
  const hash = `sha${algorithm.slice(-3)}`
  const pss = algorithm.startsWith('RSASSA_PSS')
  if (algorithm === 'ED25519_SHA_512') return `${PKEY} -rawin -in message.bin`
  if (algorithm === 'ED25519_PH_SHA_512')
    return `# OpenSSL 3.2 or newer\n${PKEY} -rawin -in digest.bin -pkeyopt instance:Ed25519ph`
  if (algorithm === 'ML_DSA_SHAKE_256')
    return `# OpenSSL 3.5 or newer\n${PKEY} ${type === 'RAW' ? '-rawin -in message.bin' : '-in mu.bin -pkeyopt mu:1'}`
  if (algorithm === 'SM2DSA')
    return type === 'RAW'
      ? `openssl dgst -sm3 -sigopt distid:1234567812345678 -verify public-key.pem ${FILES}`
      : `${PKEY} -in digest.bin`
  if (type === 'DIGEST')
    return `${PKEY} -in digest.bin -pkeyopt digest:${hash}${pss ? ' -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:digest' : ''}`
  const padding = pss ? ' -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest' : ''
  return `openssl dgst -${hash}${padding} -verify public-key.pem ${FILES}`
}

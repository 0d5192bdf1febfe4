/**
 * Random key material, made and wrapped in this browser so that one can see an import through without any tool. The
 * plaintext goes nowhere but to whoever asks for it here. For learning: a browser is no place to make keys that matter.
 */
import { KEY_SPECS, type KeySpecName } from '#lib/domain/key-spec.ts'
import { joined, wrapWithPadding } from './key-wrap.ts'
import type { Wrapping } from './wrapping-choice.ts'

type Bytes = Uint8Array<ArrayBuffer>

const SIGNING_KEYS: Partial<Record<KeySpecName, RsaHashedKeyGenParams | EcKeyGenParams | Algorithm>> = {
  ECC_NIST_P256: { name: 'ECDSA', namedCurve: 'P-256' },
  ECC_NIST_P384: { name: 'ECDSA', namedCurve: 'P-384' },
  ECC_NIST_P521: { name: 'ECDSA', namedCurve: 'P-521' },
  ECC_NIST_EDWARDS25519: { name: 'Ed25519' },
}

function algorithmOf(spec: KeySpecName): RsaHashedKeyGenParams | EcKeyGenParams | Algorithm | undefined {
  const { material } = KEY_SPECS[spec]
  if (material.kind !== 'rsa') return SIGNING_KEYS[spec]
  const publicExponent = new Uint8Array([1, 0, 1])
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength: material.bits, publicExponent, hash: 'SHA-256' }
}

const bytesOf = (spec: KeySpecName, partition: string): number | undefined => {
  const { material } = KEY_SPECS[spec]
  if (material.kind === 'aes') return partition === 'aws-cn' ? 16 : material.bytes
  return material.kind === 'hmac' ? material.bytes : undefined
}

/** Why this browser, or this page, cannot do it; undefined when it can. */
export function learnerFault(
  spec: KeySpecName,
  partition: string,
  { algorithm }: Wrapping,
): string | undefined {
  if (typeof crypto === 'undefined' || !crypto.subtle)
    return 'This page came over plain http from another machine: browsers then have no WebCrypto. Open the console over https or on localhost, or use the commands above.'
  if (algorithm === 'SM2PKE') return 'Browsers have no SM2. Use the commands above.'
  if (bytesOf(spec, partition) === undefined && !algorithmOf(spec))
    return `Browsers cannot make ${KEY_SPECS[spec].label} keys. Use the commands above.`
  return undefined
}

/** Material that fits the key. The caller forgets it. */
export async function randomMaterial(spec: KeySpecName, partition: string): Promise<Bytes> {
  const length = bytesOf(spec, partition)
  if (length !== undefined) return crypto.getRandomValues(new Uint8Array(length))
  const algorithm = algorithmOf(spec)
  if (!algorithm) throw new Error(`no ${spec} in a browser`)
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error(`no pair of ${spec}`)
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
}

/** The material as ImportKeyMaterial takes it; `publicKey` is DER SubjectPublicKeyInfo of an RSA wrapping key. */
export async function wrapMaterialHere(
  material: Bytes,
  publicKey: Bytes,
  { algorithm }: Wrapping,
): Promise<Bytes> {
  const hash = algorithm.endsWith('SHA_1') ? 'SHA-1' : 'SHA-256'
  const key = await crypto.subtle.importKey('spki', publicKey, { name: 'RSA-OAEP', hash }, false, ['encrypt'])
  const oaep = async (bytes: Bytes) =>
    new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, bytes))
  if (!algorithm.startsWith('RSA_AES')) return oaep(material)
  const kek = crypto.getRandomValues(new Uint8Array(32))
  try {
    return joined(await oaep(kek), await wrapWithPadding(kek, material))
  } finally {
    kek.fill(0)
  }
}

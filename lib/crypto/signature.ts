/**
 * Signatures of every algorithm, made and checked off the event loop. OpenSSL through libuv where Node can take
 * what is given; a worker where it cannot (P4, P5). What was signed is verified before it is given out (R23).
 */
import { constants, type KeyObject, sign as nativeSign, verify as nativeVerify } from 'node:crypto'
import { KEY_SPECS, type MessageType, type SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import type { PrivateKey, PublicKey } from './asymmetric-key.ts'
import { mustHold } from './exported-key.ts'
import { curveOf } from './key-format.ts'
import { DIGEST_BYTES, type Sha2 } from './rsa-encoding.ts'
import { readPair } from './signature-pair.ts'
import { inWorker } from './worker-pool.ts'

type Halves = { readonly spec: PublicKey['spec']; readonly publicKey: KeyObject }

/** How one algorithm takes one type of message. */
type Way = {
  /** Bytes that the message must have, if a number is right only. */
  readonly bytes?: number
  readonly sign: (key: PrivateKey, message: Uint8Array) => Promise<Uint8Array>
  readonly verify: (key: Halves, message: Uint8Array, signature: Uint8Array) => Promise<boolean>
}
type Ways = Readonly<Partial<Record<MessageType, Way>>>

type Options = { readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: 'der' }

/** What libuv's threads can do with the message as it is. */
const native = (hash: string | null, options: Options = {}): Way => ({
  sign: async ({ key, publicKey }, message) => {
    const signature = await new Promise<Buffer>((resolve, reject) =>
      nativeSign(hash, message, { key, ...options }, (error, made) =>
        error ? reject(error) : resolve(made),
      ),
    )
    mustHold(await verifyNative(publicKey, { hash, options, message, signature }))
    return signature
  },
  verify: async ({ publicKey }, message, signature) =>
    verifyNative(publicKey, { hash, options, message, signature }),
})

type Claim = {
  readonly hash: string | null
  readonly options: Options
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

function verifyNative(key: KeyObject, { hash, options, message, signature }: Claim): Promise<boolean> {
  return new Promise((resolve) =>
    // An error is a signature that OpenSSL cannot even read.
    nativeVerify(hash, message, { key, ...options }, signature, (error, holds) => resolve(!error && holds)),
  )
}

const modulusBytes = (spec: PublicKey['spec']): number => {
  const { material } = KEY_SPECS[spec]
  if (material.kind !== 'rsa') throw new TypeError('the spec has no modulus')
  return material.bits / 8
}

const rsaDigest = (padding: 'pkcs1' | 'pss', hash: Sha2): Way => ({
  bytes: DIGEST_BYTES[hash],
  sign: ({ spec, key, publicKey }, digest) =>
    inWorker('signRsaDigest', { padding, hash, modulusBytes: modulusBytes(spec), key, publicKey, digest }),
  verify: ({ spec, publicKey }, digest, signature) =>
    inWorker('verifyRsaDigest', {
      padding,
      hash,
      modulusBytes: modulusBytes(spec),
      publicKey,
      digest,
      signature,
    }),
})

const pkcs1 = (hash: Sha2): Ways => ({
  RAW: native(hash, { padding: constants.RSA_PKCS1_PADDING }),
  DIGEST: rsaDigest('pkcs1', hash),
})

// The salt is as long as the digest, and a signature with another is none (facts §5.2).
const pss = (hash: Sha2): Ways => ({
  RAW: native(hash, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: DIGEST_BYTES[hash] }),
  DIGEST: rsaDigest('pss', hash),
})

const isPair = (spec: PublicKey['spec'], signature: Uint8Array): boolean =>
  readPair(signature, curveOf(spec)?.bytes ?? 0) !== undefined

function ecdsa(hash: Sha2): Ways {
  const raw = native(hash, { dsaEncoding: 'der' })
  return {
    RAW: {
      ...raw,
      verify: async (key, message, signature) =>
        isPair(key.spec, signature) && raw.verify(key, message, signature),
    },
    DIGEST: {
      bytes: DIGEST_BYTES[hash],
      sign: (key, digest) => inWorker('signEcdsaDigest', { ...key, digest }),
      verify: (key, digest, signature) => inWorker('verifyEcdsaDigest', { ...key, digest, signature }),
    },
  }
}

const ED25519PH: Ways = {
  DIGEST: {
    bytes: 64,
    sign: (key, message) => inWorker('signEd25519ph', { ...key, message }),
    verify: (key, message, signature) => inWorker('verifyEd25519ph', { ...key, message, signature }),
  },
}

const ML_DSA: Ways = {
  RAW: native(null),
  EXTERNAL_MU: {
    bytes: 64,
    sign: (key, mu) => inWorker('signMu', { ...key, mu }),
    verify: (key, mu, signature) => inWorker('verifyMu', { ...key, mu, signature }),
  },
}

const sm2 = (type: 'message' | 'digest'): Way => ({
  sign: (key, bytes) => inWorker('signSm2', { ...key, message: { type, bytes } }),
  verify: (key, bytes, signature) => inWorker('verifySm2', { ...key, message: { type, bytes }, signature }),
})

/** Facts §5.4: what is missing here is refused. */
const ALGORITHMS: Readonly<Record<SigningAlgorithmName, Ways>> = {
  RSASSA_PKCS1_V1_5_SHA_256: pkcs1('sha256'),
  RSASSA_PKCS1_V1_5_SHA_384: pkcs1('sha384'),
  RSASSA_PKCS1_V1_5_SHA_512: pkcs1('sha512'),
  RSASSA_PSS_SHA_256: pss('sha256'),
  RSASSA_PSS_SHA_384: pss('sha384'),
  RSASSA_PSS_SHA_512: pss('sha512'),
  ECDSA_SHA_256: ecdsa('sha256'),
  ECDSA_SHA_384: ecdsa('sha384'),
  ECDSA_SHA_512: ecdsa('sha512'),
  ED25519_SHA_512: { RAW: native(null) },
  ED25519_PH_SHA_512: ED25519PH,
  ML_DSA_SHAKE_256: ML_DSA,
  SM2DSA: { RAW: sm2('message'), DIGEST: { bytes: 32, ...sm2('digest') } },
}

type Request = {
  readonly spec: PublicKey['spec']
  readonly algorithm: SigningAlgorithmName
  readonly message: Uint8Array
  readonly type: MessageType
}

/** Throws TypeError for what an operation should have refused. */
function wayFor({ spec, algorithm, message, type }: Request): Way {
  const way = KEY_SPECS[spec].signing.includes(algorithm) ? ALGORITHMS[algorithm][type] : undefined
  if (!way) throw new TypeError(`${algorithm} does not take ${type} with ${spec}`)
  if (way.bytes !== undefined && message.length !== way.bytes)
    throw new TypeError(`${algorithm} takes ${way.bytes} bytes as ${type}`)
  return way
}

/**
 * The signature of a message, a digest or a μ: DER for ECDSA and SM2, raw otherwise. Throws TypeError when the
 * spec, the algorithm, the type and the length do not go together, ThrottlingException when too many wait, and
 * Error for a signature that does not verify. Four arguments, because there are four things to say.
 */
export async function sign(
  key: PrivateKey,
  algorithm: SigningAlgorithmName,
  message: Uint8Array,
  type: MessageType,
): Promise<Buffer> {
  const signature = await wayFor({ spec: key.spec, algorithm, message, type }).sign(key, message)
  return Buffer.from(signature.buffer, signature.byteOffset, signature.length)
}

/**
 * Whether a signature is of this message; one that is malformed is not. Throws TypeError and
 * ThrottlingException as `sign` does.
 */
export async function verify(
  key: PublicKey,
  algorithm: SigningAlgorithmName,
  message: Uint8Array,
  type: MessageType,
  signature: Uint8Array,
): Promise<boolean> {
  const way = wayFor({ spec: key.spec, algorithm, message, type })
  return way.verify({ spec: key.spec, publicKey: key.key }, message, signature)
}

/**
 * Key material on its way into KMS, wrapped for a key that lives for one import (facts §11, R17). What the material
 * has to be is asked by whoever unwrapped it.
 *
 *   RSAES_OAEP_SHA_n         RSAES-OAEP(material), as long as the modulus                      RFC 8017 §7.1
 *   RSA_AES_KEY_WRAP_SHA_n   RSAES-OAEP(AES-256 key), as long as the modulus ‖ KWP(material)   PKCS #11 CKM_RSA_AES_KEY_WRAP
 *   SM2PKE                   the DER of an SM2 ciphertext                                      GB/T 35276 §7.2
 *
 * OAEP and its MGF1 hash with SHA-n; the label is empty.
 */
import type { WrappingAlgorithm, WrappingKeySpec } from '#lib/domain/import-wrapping.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { SecretBytes } from '#lib/domain/secret-bytes.ts'
import { unwrapPadded, wrapPadded } from './aes-kwp.ts'
import { openPrivateKey, openPublicKey, type PrivateKey } from './asymmetric-key.ts'
import { decryptWith, encryptTo, type PublicKeyEncryption } from './public-key-encryption.ts'
import { randomBytes } from './random.ts'
import { secretKey, secretKeyAndWipe } from './secret-key.ts'

/** Wrapped material that gives none: `size` when its length alone says so, and nothing more of why otherwise. */
export class UnwrapMaterialError extends Error {
  override readonly name = 'UnwrapMaterialError'
  readonly kind: 'size' | 'undecryptable'

  constructor(kind: 'size' | 'undecryptable') {
    super(
      kind === 'size'
        ? 'the wrapped material has the wrong length'
        : 'the wrapped material cannot be unwrapped',
    )
    this.kind = kind
  }
}

type Wrapping = {
  /** What the wrapping key does. */
  readonly outer: PublicKeyEncryption
  /** Whether it does it to a key that wraps the material in turn. */
  readonly byKey: boolean
}

const WRAPPINGS: Readonly<Record<WrappingAlgorithm, Wrapping>> = {
  RSAES_OAEP_SHA_1: { outer: 'RSAES_OAEP_SHA_1', byKey: false },
  RSAES_OAEP_SHA_256: { outer: 'RSAES_OAEP_SHA_256', byKey: false },
  RSA_AES_KEY_WRAP_SHA_1: { outer: 'RSAES_OAEP_SHA_1', byKey: true },
  RSA_AES_KEY_WRAP_SHA_256: { outer: 'RSAES_OAEP_SHA_256', byKey: true },
  SM2PKE: { outer: 'SM2PKE', byKey: false },
}

const BLOCK_BYTES: Readonly<Record<WrappingKeySpec, number | undefined>> = {
  RSA_2048: 256,
  RSA_3072: 384,
  RSA_4096: 512,
  SM2: undefined,
}

const AES_KEY_BYTES = 32
/** KWP of one byte to eight. */
const LEAST_WRAPPED = 16

export type WrappedMaterial = {
  /** The wrapping key, PKCS#8 DER. The caller wipes it. */
  readonly privateKey: Uint8Array
  readonly wrappingAlgorithm: WrappingAlgorithm
  readonly wrappingKeySpec: WrappingKeySpec
  readonly wrapped: Uint8Array
}

/** The block for the wrapping key, and what follows it. */
function split({ wrapped, wrappingKeySpec }: WrappedMaterial, byKey: boolean) {
  const block = BLOCK_BYTES[wrappingKeySpec] ?? wrapped.length
  const rest = wrapped.subarray(block)
  const fits = byKey ? rest.length >= LEAST_WRAPPED && rest.length % 8 === 0 : rest.length === 0
  if (wrapped.length < block || wrapped.length === 0 || !fits) throw new UnwrapMaterialError('size')
  return { block: wrapped.subarray(0, block), rest }
}

/** One failure for a block that does not decrypt; being too busy is not one. */
async function decrypted(key: PrivateKey, outer: PublicKeyEncryption, block: Uint8Array): Promise<Buffer> {
  try {
    return await decryptWith(key, outer, block)
  } catch (thrown) {
    if (thrown instanceof KmsError && thrown.code === 'InvalidCiphertextException')
      throw new UnwrapMaterialError('undecryptable')
    throw thrown
  }
}

function unwrapWith(aesKey: Buffer, rest: Uint8Array): Buffer {
  const fits = aesKey.length === AES_KEY_BYTES
  const key = secretKeyAndWipe(aesKey)
  const material = fits ? unwrapPadded(key, rest) : undefined
  if (!material) throw new UnwrapMaterialError('undecryptable')
  return material
}

/**
 * The material that was wrapped. RSA and SM2 run in a worker.
 * Throws UnwrapMaterialError, KeyFormatError for a wrapping key that is none, TypeError for an algorithm that the
 * wrapping key does not have, ThrottlingException when too many wait.
 */
export async function unwrapMaterial(message: WrappedMaterial): Promise<SecretBytes> {
  const { outer, byKey } = WRAPPINGS[message.wrappingAlgorithm]
  const { block, rest } = split(message, byKey)
  const key = openPrivateKey(message.wrappingKeySpec, message.privateKey)
  const inside = await decrypted(key, outer, block)
  const material = byKey ? unwrapWith(inside, rest) : inside
  // OAEP can carry nothing at all, which is no material.
  if (material.length === 0) throw new UnwrapMaterialError('undecryptable')
  return new SecretBytes(material)
}

/**
 * Wraps material as whoever imports it does; `publicKey` is DER SPKI. The caller wipes the material.
 * Throws TypeError for material that is too long for the algorithm.
 */
export async function wrapMaterial(message: {
  readonly publicKey: Uint8Array
  readonly wrappingAlgorithm: WrappingAlgorithm
  readonly wrappingKeySpec: WrappingKeySpec
  readonly material: Uint8Array
}): Promise<Buffer> {
  const { outer, byKey } = WRAPPINGS[message.wrappingAlgorithm]
  const publicKey = openPublicKey(message.wrappingKeySpec, message.publicKey)
  if (!byKey) return encryptTo(publicKey, outer, message.material)
  const aesKey = randomBytes(AES_KEY_BYTES)
  try {
    const block = await encryptTo(publicKey, outer, aesKey)
    return Buffer.concat([block, wrapPadded(secretKey(aesKey), message.material)])
  } finally {
    aesKey.fill(0)
  }
}

import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sm2 } from 'sm-crypto-v2'
import { afterAll, describe, expect, it } from 'vitest'
import { openPrivateKey, openPublicKey } from './asymmetric-key.ts'
import { decapsulate, encapsulate } from './encapsulation.ts'
import { deriveSharedSecret } from './key-agreement.ts'
import { generateKeyPair } from './key-pair.ts'
import { readEcKey } from './pkcs8.ts'
import { closeWorkers } from './worker-pool.ts'

afterAll(closeWorkers)

/** x of d·P as another library has it, from uncompressed points. */
const OTHERS = {
  ECC_NIST_P256: (d: Uint8Array, point: Uint8Array) => p256.getSharedSecret(d, point),
  ECC_NIST_P384: (d: Uint8Array, point: Uint8Array) => p384.getSharedSecret(d, point),
  ECC_NIST_P521: (d: Uint8Array, point: Uint8Array) => p521.getSharedSecret(d, point),
  SM2: (d: Uint8Array, point: Uint8Array) =>
    sm2.ecdh(Buffer.from(d).toString('hex'), Buffer.from(point).toString('hex')),
}

describe('two sides of a key agreement', () => {
  it.each([
    ['ECC_NIST_P256', 32],
    ['ECC_NIST_P384', 48],
    ['ECC_NIST_P521', 66],
    ['SM2', 32],
  ] as const)('of %s share the same %i bytes, as another library says', async (spec, bytes) => {
    const [a, b] = [await generateKeyPair(spec), await generateKeyPair(spec)]
    const mine = await deriveSharedSecret(
      openPrivateKey(spec, a.privateKey),
      openPublicKey(spec, b.publicKey),
    )
    const theirs = await deriveSharedSecret(
      openPrivateKey(spec, b.privateKey),
      openPublicKey(spec, a.publicKey),
    )
    expect(mine).toHaveLength(bytes)
    expect(mine).toEqual(theirs)
    const point = OTHERS[spec](readEcKey(spec, a.privateKey).d, b.publicKey.subarray(-(1 + 2 * bytes)))
    expect(Buffer.from(point.subarray(1, 1 + bytes))).toEqual(mine)
  })

  it('are of one curve', async () => {
    const [a, b] = [await generateKeyPair('ECC_NIST_P256'), await generateKeyPair('SM2')]
    const key = openPrivateKey('ECC_NIST_P256', a.privateKey)
    await expect(deriveSharedSecret(key, openPublicKey('SM2', b.publicKey))).rejects.toThrow(TypeError)
  })

  it('have a curve', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ECC_NIST_EDWARDS25519')
    const key = openPrivateKey('ECC_NIST_EDWARDS25519', privateKey)
    await expect(deriveSharedSecret(key, openPublicKey('ECC_NIST_EDWARDS25519', publicKey))).rejects.toThrow(
      TypeError,
    )
  })
})

describe('nothing but ML-KEM encapsulates', () => {
  it('in either direction', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ECC_NIST_P256')
    await expect(encapsulate(openPublicKey('ECC_NIST_P256', publicKey))).rejects.toThrow(TypeError)
    const key = openPrivateKey('ECC_NIST_P256', privateKey)
    await expect(decapsulate(key, Buffer.alloc(768))).rejects.toThrow(TypeError)
  })
})

/** Signatures of the engine's own cryptography, verified without it: by WebCrypto and by openssl. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openPrivateKey } from '#lib/crypto/asymmetric-key.ts'
import { generateKeyPair } from '#lib/crypto/key-pair.ts'
import { sign } from '#lib/crypto/signature.ts'
import type { MessageType, SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import { opensslLine, verifyOffline, webCryptoPlan } from './offline.ts'
import { printPem, readPublicKey } from './pem.ts'

const folder = mkdtempSync(join(tmpdir(), 'offline-'))
afterAll(() => rmSync(folder, { recursive: true }))
const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' })
const message = new TextEncoder().encode('order 42')

type Spec =
  | 'RSA_2048'
  | 'ECC_NIST_P256'
  | 'ECC_NIST_P384'
  | 'ECC_NIST_P521'
  | 'ECC_SECG_P256K1'
  | 'ECC_NIST_EDWARDS25519'

async function signed(spec: Spec, algorithm: SigningAlgorithmName, type: MessageType, bytes: Uint8Array) {
  const pair = await generateKeyPair(spec)
  const signature = await sign(openPrivateKey(spec, pair.privateKey), algorithm, bytes, type)
  return { publicKey: Uint8Array.from(pair.publicKey), signature: Uint8Array.from(signature) }
}

describe('WebCrypto verifies', () => {
  it.each([
    ['RSA_2048', 'RSASSA_PSS_SHA_256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_512'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_384'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['ECC_NIST_P384', 'ECDSA_SHA_384'],
    ['ECC_NIST_P521', 'ECDSA_SHA_512'],
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
  ] as const)('%s with %s, and nothing else than what was signed', async (spec, algorithm) => {
    const { publicKey, signature } = await signed(spec, algorithm, 'RAW', message)
    const offline = { spec, algorithm, type: 'RAW', publicKey, message, signature } as const
    expect(await verifyOffline(offline)).toBe(true)
    expect(await verifyOffline({ ...offline, message: new TextEncoder().encode('order 43') })).toBe(false)
  })

  it.each([
    ['a digest', { spec: 'RSA_2048', algorithm: 'RSASSA_PSS_SHA_256', type: 'DIGEST' }],
    ['secp256k1', { spec: 'ECC_SECG_P256K1', algorithm: 'ECDSA_SHA_256', type: 'RAW' }],
    ['SM2', { spec: 'SM2', algorithm: 'SM2DSA', type: 'RAW' }],
    ['ML-DSA', { spec: 'ML_DSA_44', algorithm: 'ML_DSA_SHAKE_256', type: 'RAW' }],
  ] as const)('not %s, and says so', (_, offline) => {
    expect(webCryptoPlan(offline)).toMatch(/WebCrypto/)
  })
})

// Skipped where there is no openssl on the PATH.
describe.skipIf(openssl.status !== 0)('openssl verifies, by the line that is shown,', () => {
  it.each([
    ['RSA_2048', 'RSASSA_PSS_SHA_384', 'RAW'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'DIGEST'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'RAW'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'RAW'],
    ['ECC_SECG_P256K1', 'ECDSA_SHA_256', 'DIGEST'],
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', 'RAW'],
  ] as const)('%s with %s over %s', async (spec, algorithm, type) => {
    const digest = new Uint8Array(await crypto.subtle.digest(`SHA-${algorithm.slice(-3)}`, message))
    const given = type === 'RAW' ? message : digest
    const { publicKey, signature } = await signed(spec, algorithm, type, given)
    writeFileSync(join(folder, 'public-key.pem'), printPem(publicKey))
    writeFileSync(join(folder, 'signature.bin'), signature)
    writeFileSync(join(folder, type === 'RAW' ? 'message.bin' : 'digest.bin'), given)
    const said = execFileSync('sh', ['-euc', opensslLine({ algorithm, type })], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(said).toMatch(/Verified OK|Signature Verified Successfully/)
  })
})

describe('a public key is read', () => {
  const der = Uint8Array.from({ length: 91 }, (_, i) => i)
  it.each([
    ['from PEM', printPem(der)],
    ['from PEM with text around it', `My key:\n${printPem(der)}\n`],
    ['from base64 of its DER', Buffer.from(der).toString('base64')],
  ])('%s', (_, text) => {
    expect(readPublicKey(text).bytes).toEqual(der)
  })
  it('and a private key is not', () => {
    expect(readPublicKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----').fault).toMatch(
      /not a public key/,
    )
  })
})

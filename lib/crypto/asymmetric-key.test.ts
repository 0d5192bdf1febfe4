import { createECDH, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { type AsymmetricSpecName, isAsymmetric, KEY_SPEC_NAMES } from '#lib/domain/key-spec.ts'
import {
  checkPrivateKey,
  KeyFormatError,
  openPrivateKey,
  openPublicKey,
  publicKeyBytes,
} from './asymmetric-key.ts'
import { contextTag, der, oid, TAG } from './der.ts'
import { derUnsigned } from './der-reader.ts'
import { KEY_FORMATS } from './key-format.ts'
import { generateKeyPair } from './key-pair.ts'
import { unsigned, unsignedBytes } from './number.ts'
import { readEcKey, readRsaKey } from './pkcs8.ts'
import { ORDERS } from './private-key-check.ts'
import { closeWorkers } from './worker-pool.ts'

afterAll(closeWorkers)

const SPECS = KEY_SPEC_NAMES.filter(isAsymmetric)

const PKCS8 = { format: 'der', type: 'pkcs8' } as const
const SPKI = { format: 'der', type: 'spki' } as const
const rsa = (bits: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicExponent,
    privateKeyEncoding: PKCS8,
    publicKeyEncoding: SPKI,
  })

const RSA = rsa(2048)
const P256 = await generateKeyPair('ECC_NIST_P256')
const K1 = await generateKeyPair('ECC_SECG_P256K1')
const SM2 = await generateKeyPair('SM2')
const ED25519 = await generateKeyPair('ECC_NIST_EDWARDS25519')

describe('a generated pair', () => {
  it.each(SPECS)('of %s passes as imported, opens, and has the public key it came with', async (spec) => {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    expect(() => checkPrivateKey(spec, privateKey)).not.toThrow()
    expect(publicKeyBytes(openPrivateKey(spec, privateKey))).toEqual(publicKey)
    expect(openPublicKey(spec, publicKey).key.export(SPKI)).toEqual(publicKey)
    // Memory of its own, so that wiping it leaves no copy in a pool (R29).
    expect(privateKey.byteLength).toBe(privateKey.buffer.byteLength)
  })

  it('is another each time', async () => {
    expect((await generateKeyPair('SM2')).privateKey).not.toEqual(SM2.privateKey)
  })

  it('holds up no timer while RSA is made', async () => {
    const started = performance.now()
    let longest = 0
    let last = started
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    await generateKeyPair('RSA_3072')
    clearInterval(timer)
    // Generous for a busy machine; made on the loop it would be the whole time.
    expect(longest).toBeLessThan(Math.max(50, (performance.now() - started) / 2))
  })
})

/** PKCS#8 of an inner key. */
const pkcs8 = (algorithm: Uint8Array, inner: Uint8Array, ...rest: Uint8Array[]) =>
  der(TAG.sequence, der(TAG.integer, Buffer.alloc(1)), algorithm, der(TAG.octetString, inner), ...rest)
const ecInner = (d: Uint8Array, ...rest: Uint8Array[]) =>
  der(TAG.sequence, der(TAG.integer, Buffer.from([1])), der(TAG.octetString, d), ...rest)
const pointField = (point: Uint8Array) => der(contextTag(1), der(TAG.bitString, Buffer.alloc(1), point))

const P256_ALGORITHM = KEY_FORMATS.ECC_NIST_P256.algorithm
const d = Buffer.from(readEcKey('ECC_NIST_P256', P256.privateKey).d)
const ecdh = createECDH('prime256v1')
ecdh.setPrivateKey(d)
const compressed = ecdh.getPublicKey(null, 'compressed')
const p256 = (...rest: Uint8Array[]) => pkcs8(P256_ALGORITHM, ecInner(d, ...rest))
const withScalar = (scalar: bigint) => pkcs8(P256_ALGORITHM, ecInner(unsignedBytes(scalar, 32)))

type Numbers = Record<keyof ReturnType<typeof readRsaKey>, bigint>
const numbers = Object.fromEntries(
  Object.entries(readRsaKey('RSA_2048', RSA.privateKey)).map(([name, bytes]) => [name, unsigned(bytes)]),
) as Numbers
const inner = (of: Numbers, version = 0) =>
  der(
    TAG.sequence,
    der(TAG.integer, Buffer.from([version])),
    ...[of.n, of.e, of.d, of.p, of.q, of.dp, of.dq, of.qInverse].map((n) =>
      derUnsigned(unsignedBytes(n, 300)),
    ),
  )
const rsaWith = (changes: Partial<Numbers>) =>
  pkcs8(KEY_FORMATS.RSA_2048.algorithm, inner({ ...numbers, ...changes }))

describe('imported material passes', () => {
  it.each<[string, AsymmetricSpecName, Buffer]>([
    ['a curve key without its point', 'ECC_NIST_P256', p256()],
    ['a curve key with a compressed point', 'ECC_NIST_P256', p256(pointField(compressed))],
    [
      'a curve key that names its curve twice',
      'ECC_NIST_P256',
      p256(der(contextTag(0), oid('1.2.840.10045.3.1.7'))),
    ],
    ['an RSA key put together again', 'RSA_2048', rsaWith({})],
    ['an RSA key with a larger exponent', 'RSA_2048', rsa(2048, 0x1_0003).privateKey],
  ])('%s', (_, spec, bytes) => {
    expect(() => checkPrivateKey(spec, bytes)).not.toThrow()
    const spki = publicKeyBytes(openPrivateKey(spec, bytes))
    expect(() => openPublicKey(spec, spki)).not.toThrow()
    if (spec === 'ECC_NIST_P256') expect(spki).toEqual(P256.publicKey)
  })
})

const LAST = P256.privateKey.length - 1
const explicit = generateKeyPairSync('ec', {
  namedCurve: 'prime256v1',
  paramEncoding: 'explicit',
  privateKeyEncoding: PKCS8,
  publicKeyEncoding: SPKI,
})
const { n, e, p, q, qInverse } = numbers
const pss = generateKeyPairSync('rsa-pss', {
  modulusLength: 2048,
  privateKeyEncoding: PKCS8,
  publicKeyEncoding: SPKI,
})
const sec1 = createPrivateKey({ key: P256.privateKey, ...PKCS8 }).export({ format: 'der', type: 'sec1' })

describe('imported material is refused', () => {
  it.each<[string, AsymmetricSpecName, Uint8Array]>([
    ['nothing', 'ECC_NIST_P256', new Uint8Array()],
    ['noise', 'RSA_2048', Buffer.alloc(1200, 7)],
    ['a curve key of another curve', 'ECC_NIST_P256', K1.privateKey],
    ['an SM2 key as P-256', 'ECC_NIST_P256', SM2.privateKey],
    ['an Ed25519 key as P-256', 'ECC_NIST_P256', ED25519.privateKey],
    ['explicit curve parameters', 'ECC_NIST_P256', explicit.privateKey],
    ['SEC 1 without PKCS#8', 'ECC_NIST_P256', sec1],
    ['a public key', 'ECC_NIST_P256', P256.publicKey],
    ['PEM', 'ECC_NIST_P256', Buffer.from('-----BEGIN PRIVATE KEY-----')],
    ['a byte after the key', 'ECC_NIST_P256', Buffer.concat([P256.privateKey, Buffer.alloc(1)])],
    ['a key cut off', 'ECC_NIST_P256', P256.privateKey.subarray(0, LAST)],
    ['attributes after the key', 'ECC_NIST_P256', pkcs8(P256_ALGORITHM, ecInner(d), der(contextTag(0)))],
    ['the point of another key', 'ECC_NIST_P256', p256(pointField(K1.publicKey.subarray(-65)))],
    [
      'a point with one bit changed',
      'ECC_NIST_P256',
      P256.privateKey.map((byte, i) => (i === LAST ? byte ^ 1 : byte)),
    ],
    [
      'a compressed point with the other sign',
      'ECC_NIST_P256',
      p256(pointField(compressed.map((b, i) => (i ? b : b ^ 1)))),
    ],
    ['a scalar of zero', 'ECC_NIST_P256', withScalar(0n)],
    ['the order as scalar', 'ECC_NIST_P256', withScalar(ORDERS['P-256'])],
    ['a scalar past the order', 'ECC_NIST_P256', withScalar(ORDERS['P-256'] + 1n)],
    ['a scalar that is cut off', 'ECC_NIST_P256', pkcs8(P256_ALGORITHM, ecInner(d.subarray(1)))],
    ['another curve inside than outside', 'ECC_NIST_P256', p256(der(contextTag(0), oid('1.3.132.0.10')))],
    [
      'a seed of Ed25519 that is too short',
      'ECC_NIST_EDWARDS25519',
      pkcs8(KEY_FORMATS.ECC_NIST_EDWARDS25519.algorithm, der(TAG.octetString, Buffer.alloc(31, 1))),
    ],
    ['an RSA key of another size', 'RSA_3072', RSA.privateKey],
    ['an RSA key with public exponent 3', 'RSA_2048', rsa(2048, 3).privateKey],
    ['a key for PSS alone', 'RSA_2048', pss.privateKey],
    ['a changed modulus', 'RSA_2048', rsaWith({ n: n + 2n })],
    ['a changed private exponent', 'RSA_2048', rsaWith({ d: numbers.d + 2n })],
    ['a changed d mod p − 1', 'RSA_2048', rsaWith({ dp: numbers.dp + 2n })],
    ['a changed d mod q − 1', 'RSA_2048', rsaWith({ dq: numbers.dq + 2n })],
    ['a changed inverse of q', 'RSA_2048', rsaWith({ qInverse: qInverse + 1n })],
    ['primes in the other order', 'RSA_2048', rsaWith({ p: q, q: p })],
    ['a factor that is no prime of half the size', 'RSA_2048', rsaWith({ p: n, q: 1n })],
    ['an even public exponent', 'RSA_2048', rsaWith({ e: e + 1n })],
    ['a version that has more primes', 'RSA_2048', pkcs8(KEY_FORMATS.RSA_2048.algorithm, inner(numbers, 1))],
    [
      'a byte after the RSA key inside',
      'RSA_2048',
      pkcs8(KEY_FORMATS.RSA_2048.algorithm, Buffer.concat([inner(numbers), Buffer.alloc(2)])),
    ],
  ])('%s', (_, spec, bytes) => {
    expect(() => checkPrivateKey(spec, bytes)).toThrow(KeyFormatError)
  })

  it('at every byte of a curve key that is not the scalar, if it is changed', () => {
    const at = P256.privateKey.indexOf(d)
    for (let i = 0; i < P256.privateKey.length; i++) {
      if (i >= at && i < at + d.length) continue
      const changed = P256.privateKey.map((byte, j) => (j === i ? byte ^ 4 : byte))
      expect(() => checkPrivateKey('ECC_NIST_P256', changed), `byte ${i}`).toThrow(KeyFormatError)
    }
  })
})

describe('a public key is refused', () => {
  const uncompressed = P256.publicKey.subarray(-65)
  const head = P256.publicKey.subarray(0, -65)
  const spki = (algorithm: Uint8Array, bits: Uint8Array) =>
    der(TAG.sequence, algorithm, der(TAG.bitString, Buffer.alloc(1), bits))
  const hybrid = Buffer.from(ecdh.getPublicKey(null, 'hybrid'))
  const rsaBits = (modulus: bigint, exponent: bigint) =>
    der(TAG.sequence, derUnsigned(unsignedBytes(modulus, 300)), derUnsigned(unsignedBytes(exponent, 300)))
  const rsaSpki = (modulus: bigint, exponent: bigint) =>
    spki(KEY_FORMATS.RSA_2048.algorithm, rsaBits(modulus, exponent))

  it.each<[string, AsymmetricSpecName, Uint8Array]>([
    ['nothing', 'ECC_NIST_P256', new Uint8Array()],
    ['a point without SPKI', 'ECC_NIST_P256', uncompressed],
    ['a private key', 'ECC_NIST_P256', P256.privateKey],
    ['explicit curve parameters', 'ECC_NIST_P256', explicit.publicKey],
    ['another curve', 'ECC_NIST_P256', K1.publicKey],
    ['SM2 as P-256', 'ECC_NIST_P256', SM2.publicKey],
    ['Ed25519 as P-256', 'ECC_NIST_P256', ED25519.publicKey],
    ['a compressed point', 'ECC_NIST_P256', spki(P256_ALGORITHM, compressed)],
    ['a hybrid point', 'ECC_NIST_P256', spki(P256_ALGORITHM, hybrid)],
    ['the point at infinity', 'ECC_NIST_P256', spki(P256_ALGORITHM, Buffer.alloc(1))],
    [
      'a point that is not on the curve',
      'ECC_NIST_P256',
      P256.publicKey.map((b, i) => (i === 90 ? b ^ 1 : b)),
    ],
    ['a point of SM2 that is not on the curve', 'SM2', SM2.publicKey.map((b, i) => (i === 90 ? b ^ 1 : b))],
    ['a byte after it', 'ECC_NIST_P256', Buffer.concat([P256.publicKey, Buffer.alloc(1)])],
    [
      'a byte after the point inside',
      'ECC_NIST_P256',
      spki(P256_ALGORITHM, Buffer.concat([uncompressed, Buffer.alloc(1)])),
    ],
    [
      'a length that is not the shortest',
      'ECC_NIST_P256',
      Buffer.concat([Buffer.from([0x30, 0x81]), P256.publicKey.subarray(1)]),
    ],
    [
      'an indefinite length',
      'ECC_NIST_P256',
      Buffer.concat([Buffer.from([0x30, 0x80]), P256.publicKey.subarray(2), Buffer.alloc(2)]),
    ],
    [
      'bits that are not whole octets',
      'ECC_NIST_P256',
      Buffer.concat([head.subarray(0, -1), Buffer.from([1]), uncompressed]),
    ],
    ['RSA of another size', 'RSA_3072', RSA.publicKey],
    ['RSA for PSS alone', 'RSA_2048', pss.publicKey],
    ['RSA without the NULL', 'RSA_2048', spki(der(TAG.sequence, oid('1.2.840.113549.1.1.1')), rsaBits(n, e))],
    ['RSA with public exponent 3', 'RSA_2048', rsa(2048, 3).publicKey],
    ['RSA with public exponent 1', 'RSA_2048', rsaSpki(n, 1n)],
    ['RSA with an even public exponent', 'RSA_2048', rsaSpki(n, 65_538n)],
    ['RSA with an endless public exponent', 'RSA_2048', rsaSpki(n, 2n ** 256n + 1n)],
    ['RSA with an even modulus', 'RSA_2048', rsaSpki(n - 1n, e)],
    [
      'an ML-KEM key that is too long',
      'ML_KEM_512',
      spki(KEY_FORMATS.ML_KEM_512.algorithm, Buffer.alloc(801)),
    ],
    [
      'an ML-KEM key with numbers past q',
      'ML_KEM_512',
      spki(KEY_FORMATS.ML_KEM_512.algorithm, Buffer.alloc(800, 0xff)),
    ],
    [
      'an ML-DSA key of another level',
      'ML_DSA_44',
      spki(KEY_FORMATS.ML_DSA_65.algorithm, Buffer.alloc(1952)),
    ],
  ])('%s', (_, spec, bytes) => {
    expect(() => openPublicKey(spec, bytes)).toThrow(KeyFormatError)
  })

  it('and the exponent at either bound is not', () => {
    expect(() => openPublicKey('RSA_2048', rsaSpki(n, 65_537n))).not.toThrow()
    expect(() => openPublicKey('RSA_2048', rsaSpki(n, 2n ** 256n - 1n))).not.toThrow()
  })

  it('says nothing of what it was', () => {
    expect(() => openPublicKey('RSA_3072', RSA.publicKey)).toThrow(/^the bytes are not a key of this spec$/)
  })
})

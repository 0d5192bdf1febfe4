import { createHash, hash } from 'node:crypto'
import { ed25519, ed25519ph } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { sm2 } from 'sm-crypto-v2'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type AsymmetricSpecName,
  isAsymmetric,
  KEY_SPEC_NAMES,
  KEY_SPECS,
  MESSAGE_TYPES,
  type MessageType,
  type SigningAlgorithmName,
} from '#lib/domain/key-spec.ts'
import { openPrivateKey, openPublicKey } from './asymmetric-key.ts'
import { generateKeyPair } from './key-pair.ts'
import { readEcKey, readEd25519Seed, readMlDsaKey } from './pkcs8.ts'
import { sign, verify } from './signature.ts'
import { readPair, writePair } from './signature-pair.ts'
import { openssl, opensslAccepts, present } from './testdata/openssl.ts'
import { closeWorkers } from './worker-pool.ts'

afterAll(closeWorkers)

async function newPair(spec: AsymmetricSpecName) {
  const pair = await generateKeyPair(spec)
  return { ...pair, own: openPrivateKey(spec, pair.privateKey), theirs: openPublicKey(spec, pair.publicKey) }
}
type Pair = Awaited<ReturnType<typeof newPair>>

/** One pair of each spec for the whole file: RSA takes its time. */
function keeping(): (spec: AsymmetricSpecName) => Promise<Pair> {
  const kept = new Map<AsymmetricSpecName, Promise<Pair>>()
  return (spec) => {
    const pair = kept.get(spec) ?? newPair(spec)
    kept.set(spec, pair)
    return pair
  }
}
const pairOf = keeping()
const otherOf = keeping()

const MESSAGE = Buffer.from('what is signed')
const hashOf = (algorithm: SigningAlgorithmName) => `sha${/\d+$/.exec(algorithm)?.[0]}`
const shake = (...parts: Uint8Array[]) =>
  createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest()

/** What each spec can sign, of each type (facts §5.4). */
const WAYS: Readonly<Record<SigningAlgorithmName, readonly MessageType[]>> = {
  RSASSA_PSS_SHA_256: ['RAW', 'DIGEST'],
  RSASSA_PSS_SHA_384: ['RAW', 'DIGEST'],
  RSASSA_PSS_SHA_512: ['RAW', 'DIGEST'],
  RSASSA_PKCS1_V1_5_SHA_256: ['RAW', 'DIGEST'],
  RSASSA_PKCS1_V1_5_SHA_384: ['RAW', 'DIGEST'],
  RSASSA_PKCS1_V1_5_SHA_512: ['RAW', 'DIGEST'],
  ECDSA_SHA_256: ['RAW', 'DIGEST'],
  ECDSA_SHA_384: ['RAW', 'DIGEST'],
  ECDSA_SHA_512: ['RAW', 'DIGEST'],
  SM2DSA: ['RAW', 'DIGEST'],
  ML_DSA_SHAKE_256: ['RAW', 'EXTERNAL_MU'],
  ED25519_SHA_512: ['RAW'],
  ED25519_PH_SHA_512: ['DIGEST'],
}

/** The message in the form of a type: the same one, where the algorithm can say so. */
function formOf(pair: Pair, algorithm: SigningAlgorithmName, type: MessageType): Uint8Array {
  if (type === 'RAW') return MESSAGE
  const key = pair.publicKey
  if (type === 'EXTERNAL_MU') {
    const { level } = KEY_SPECS[pair.own.spec].material as { level: 44 | 65 | 87 }
    return shake(shake(key.subarray(-{ 44: 1312, 65: 1952, 87: 2592 }[level])), Buffer.alloc(2), MESSAGE)
  }
  if (algorithm === 'SM2DSA')
    return Buffer.from(sm2.getHash(MESSAGE, key.subarray(-65).toString('hex'), '1234567812345678'), 'hex')
  return hash(hashOf(algorithm), MESSAGE, 'buffer')
}

const CASES = KEY_SPEC_NAMES.filter(isAsymmetric).flatMap((spec) =>
  KEY_SPECS[spec].signing.flatMap((algorithm) =>
    WAYS[algorithm].map((type) => [spec, algorithm, type] as const),
  ),
)

const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe('a signature', () => {
  it.each(CASES)('of %s with %s over %s is its own, and of nothing else', async (spec, algorithm, type) => {
    const pair = await pairOf(spec)
    const message = formOf(pair, algorithm, type)
    const signature = await sign(pair.own, algorithm, message, type)
    const holds = (changed: Uint8Array, of = message) => verify(pair.theirs, algorithm, of, type, changed)
    expect(await holds(signature)).toBe(true)
    expect(await holds(signature, flipped(message, 0))).toBe(false)
    expect(await holds(flipped(signature, signature.length - 1))).toBe(false)
    expect(await holds(flipped(signature, 0))).toBe(false)
    expect(await holds(signature.subarray(0, -1))).toBe(false)
    expect(await holds(Buffer.concat([signature, Buffer.alloc(1)]))).toBe(false)
    expect(await holds(new Uint8Array())).toBe(false)
  })

  it.each(CASES.filter(([, algorithm]) => WAYS[algorithm].length === 2))(
    'of %s with %s over %s verifies in its other form',
    async (spec, algorithm, type) => {
      const pair = await pairOf(spec)
      const other = WAYS[algorithm].find((way) => way !== type) ?? type
      const signature = await sign(pair.own, algorithm, formOf(pair, algorithm, type), type)
      expect(await verify(pair.theirs, algorithm, formOf(pair, algorithm, other), other, signature)).toBe(
        true,
      )
    },
  )

  it('of secp256k1 is taken with a high s as with a low one', async () => {
    const { own, theirs } = await pairOf('ECC_SECG_P256K1')
    const signature = await sign(own, 'ECDSA_SHA_256', MESSAGE, 'RAW')
    const pair = Buffer.from(readPair(signature, 32) ?? [])
    const s = secp256k1.Point.Fn.ORDER - BigInt(`0x${pair.subarray(32).toString('hex')}`)
    pair.write(s.toString(16).padStart(64, '0'), 32, 'hex')
    const twin = writePair(pair)
    expect(await verify(theirs, 'ECDSA_SHA_256', MESSAGE, 'RAW', twin)).toBe(true)
    const digest = hash('sha256', MESSAGE, 'buffer')
    expect(await verify(theirs, 'ECDSA_SHA_256', digest, 'DIGEST', twin)).toBe(true)
  })
})

describe('a signature that does not verify with the key it was made for', () => {
  // What a fault in the machine would make: here the public half is another key's.
  it.each(CASES)('is not given out: %s with %s over %s', async (spec, algorithm, type) => {
    const pair = await pairOf(spec)
    const { publicKey } = (await otherOf(spec)).own
    const faulty = { ...pair.own, publicKey }
    await expect(sign(faulty, algorithm, formOf(pair, algorithm, type), type)).rejects.toThrow(
      'what the key made does not hold',
    )
  })
})

describe('what does not go together is an error, not a signature', () => {
  const TAKEN = new Set(CASES.map((way) => way.join(' ')))
  const every = (['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'SM2'] as const).flatMap(
    (spec) =>
      (Object.keys(WAYS) as SigningAlgorithmName[]).flatMap((algorithm) =>
        MESSAGE_TYPES.map((type) => [spec, algorithm, type] as const),
      ),
  )
  it.each(every.filter((way) => !TAKEN.has(way.join(' '))))(
    '%s with %s over %s',
    async (spec, algorithm, type) => {
      const { own, theirs } = await pairOf(spec)
      const message = Buffer.alloc(64)
      await expect(sign(own, algorithm, message, type)).rejects.toThrow(TypeError)
      await expect(verify(theirs, algorithm, message, type, message)).rejects.toThrow(TypeError)
    },
  )

  it.each([
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'DIGEST', 31],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_384', 'DIGEST', 32],
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'DIGEST', 64],
    ['ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', 'DIGEST', 32],
    ['ML_DSA_44', 'ML_DSA_SHAKE_256', 'EXTERNAL_MU', 63],
    ['SM2', 'SM2DSA', 'DIGEST', 33],
  ] as const)('%s with %s over a %s of %i bytes', async (spec, algorithm, type, length) => {
    const { own } = await pairOf(spec)
    await expect(sign(own, algorithm, Buffer.alloc(length), type)).rejects.toThrow(TypeError)
  })
})

const modeOf = (algorithm: SigningAlgorithmName) =>
  algorithm.startsWith('RSASSA_PSS') ? ' -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest' : ''

describe.skipIf(!present)('the openssl program', () => {
  const hashed = CASES.filter(([, algorithm]) => /^(RSA|ECDSA)/.test(algorithm))

  it.each(hashed)('agrees on %s with %s over %s, both ways', async (spec, algorithm, type) => {
    const pair = await pairOf(spec)
    const message = formOf(pair, algorithm, type)
    const files = { key: pair.privateKey, pub: pair.publicKey, m: MESSAGE }
    const dgst = `dgst -${hashOf(algorithm)}${modeOf(algorithm)} -keyform DER`
    const theirs = openssl(`${dgst} -sign key -out out m`, files)
    expect(await verify(pair.theirs, algorithm, message, type, theirs)).toBe(true)
    const signature = await sign(pair.own, algorithm, message, type)
    expect(opensslAccepts(`${dgst} -verify pub -signature s m`, { ...files, s: signature })).toBe(true)
  })

  it.each(['salt of 20 bytes:20', 'longest salt:max'])('a PSS signature with a %s is none', async (salt) => {
    const { privateKey, theirs } = await pairOf('RSA_2048')
    const length = salt.split(':')[1]
    const command = `dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:${length} -keyform DER -sign key -out out m`
    const signature = openssl(command, { key: privateKey, m: MESSAGE })
    expect(await verify(theirs, 'RSASSA_PSS_SHA_256', MESSAGE, 'RAW', signature)).toBe(false)
    const digest = hash('sha256', MESSAGE, 'buffer')
    expect(await verify(theirs, 'RSASSA_PSS_SHA_256', digest, 'DIGEST', signature)).toBe(false)
  })

  it('agrees on Ed25519, both ways', async () => {
    const { privateKey, publicKey, own, theirs } = await pairOf('ECC_NIST_EDWARDS25519')
    const files = { key: privateKey, pub: publicKey, m: MESSAGE }
    const signature = openssl('pkeyutl -sign -rawin -inkey key -keyform DER -in m -out out', files)
    expect(await verify(theirs, 'ED25519_SHA_512', MESSAGE, 'RAW', signature)).toBe(true)
    expect(await sign(own, 'ED25519_SHA_512', MESSAGE, 'RAW')).toEqual(signature)
  })

  it('agrees on SM2DSA for the identity 1234567812345678, both ways', async () => {
    const { privateKey, publicKey, own, theirs } = await pairOf('SM2')
    const files = { key: privateKey, pub: publicKey, m: MESSAGE }
    const id = '-rawin -digest sm3 -pkeyopt distid:1234567812345678 -keyform DER'
    const signature = openssl(`pkeyutl -sign ${id} -inkey key -in m -out out`, files)
    expect(await verify(theirs, 'SM2DSA', MESSAGE, 'RAW', signature)).toBe(true)
    const ours = await sign(own, 'SM2DSA', MESSAGE, 'RAW')
    const command = `pkeyutl -verify ${id} -pubin -inkey pub -in m -sigfile s`
    expect(opensslAccepts(command, { ...files, s: ours })).toBe(true)
  })
})

describe('other libraries', () => {
  const CURVES = { ECC_NIST_P256: p256, ECC_NIST_P384: p384, ECC_NIST_P521: p521, ECC_SECG_P256K1: secp256k1 }

  it.each(CASES.filter(([, algorithm]) => algorithm.startsWith('ECDSA')))(
    'agree on %s with %s over %s, both ways',
    async (spec, algorithm, type) => {
      const pair = await pairOf(spec)
      const ecdsa = CURVES[spec as keyof typeof CURVES]
      const digest = hash(hashOf(algorithm), MESSAGE, 'buffer')
      const options = { prehash: false, lowS: false, format: 'der' } as const
      const theirs = ecdsa.sign(digest, readEcKey(spec, pair.privateKey).d, options)
      const message = formOf(pair, algorithm, type)
      expect(await verify(pair.theirs, algorithm, message, type, theirs)).toBe(true)
      const ours = await sign(pair.own, algorithm, message, type)
      const point = pair.publicKey.subarray(-ecdsa.lengths.publicKeyUncompressed!)
      expect(ecdsa.verify(ours, digest, point, options)).toBe(true)
    },
  )

  it('agree on Ed25519 and Ed25519ph, which is hashed once more', async () => {
    const { privateKey, own } = await pairOf('ECC_NIST_EDWARDS25519')
    const seed = readEd25519Seed(privateKey)
    const digest = hash('sha512', MESSAGE, 'buffer')
    expect(await sign(own, 'ED25519_SHA_512', MESSAGE, 'RAW')).toEqual(
      Buffer.from(ed25519.sign(MESSAGE, seed)),
    )
    expect(await sign(own, 'ED25519_PH_SHA_512', digest, 'DIGEST')).toEqual(
      Buffer.from(ed25519ph.sign(digest, seed)),
    )
  })

  it.each([
    ['ML_DSA_44', ml_dsa44],
    ['ML_DSA_65', ml_dsa65],
    ['ML_DSA_87', ml_dsa87],
  ] as const)('agree on %s with an empty context, both ways', async (spec, library) => {
    const pair = await pairOf(spec)
    const key = pair.publicKey.subarray(-library.lengths.publicKey!)
    const theirs = library.sign(MESSAGE, readMlDsaKey(spec, pair.privateKey))
    for (const type of ['RAW', 'EXTERNAL_MU'] as const) {
      const message = formOf(pair, 'ML_DSA_SHAKE_256', type)
      expect(await verify(pair.theirs, 'ML_DSA_SHAKE_256', message, type, theirs)).toBe(true)
      const ours = await sign(pair.own, 'ML_DSA_SHAKE_256', message, type)
      expect(library.verify(ours, MESSAGE, key)).toBe(true)
      expect(library.verify(ours, MESSAGE, key, { context: Buffer.from('another') })).toBe(false)
    }
  })

  it('agree on SM2DSA, both ways', async () => {
    const { privateKey, publicKey, own, theirs } = await pairOf('SM2')
    const d = Buffer.from(readEcKey('SM2', privateKey).d).toString('hex')
    const point = publicKey.subarray(-65).toString('hex')
    const options = { der: true, hash: true, userId: '1234567812345678' }
    const signature = Buffer.from(sm2.doSignature(MESSAGE, d, { ...options, publicKey: point }), 'hex')
    expect(await verify(theirs, 'SM2DSA', MESSAGE, 'RAW', signature)).toBe(true)
    const ours = (await sign(own, 'SM2DSA', MESSAGE, 'RAW')).toString('hex')
    expect(sm2.doVerifySignature(MESSAGE, ours, point, options)).toBe(true)
    expect(sm2.doVerifySignature(MESSAGE, ours, point, { ...options, userId: 'another' })).toBe(false)
  })
})

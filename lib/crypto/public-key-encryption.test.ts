import { createHash } from 'node:crypto'
import { kdf, sm2 } from 'sm-crypto-v2'
import { afterAll, describe, expect, it } from 'vitest'
import { type AsymmetricSpecName, KEY_SPECS } from '#lib/domain/key-spec.ts'
import { openPrivateKey, openPublicKey } from './asymmetric-key.ts'
import { der, TAG } from './der.ts'
import { derUnsigned } from './der-reader.ts'
import { generateKeyPair } from './key-pair.ts'
import { unsigned, unsignedBytes } from './number.ts'
import { readEcKey } from './pkcs8.ts'
import { decryptWith, encryptTo, type PublicKeyEncryption } from './public-key-encryption.ts'
import { randomBytes } from './random.ts'
import { Sm2Point } from './sm2.ts'
import { openssl, present } from './testdata/openssl.ts'
import { closeWorkers } from './worker-pool.ts'

afterAll(closeWorkers)

const WAYS = (['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'] as const).flatMap((spec) =>
  KEY_SPECS[spec].encryption.map((algorithm) => [spec, algorithm as PublicKeyEncryption] as const),
)

async function newPair(spec: AsymmetricSpecName) {
  const pair = await generateKeyPair(spec)
  return { ...pair, own: openPrivateKey(spec, pair.privateKey), theirs: openPublicKey(spec, pair.publicKey) }
}
const PAIRS = {
  RSA_2048: await newPair('RSA_2048'),
  RSA_3072: await newPair('RSA_3072'),
  RSA_4096: await newPair('RSA_4096'),
  SM2: await newPair('SM2'),
}
const INVALID = { code: 'InvalidCiphertextException', message: '', detail: undefined }
const TEXT = Buffer.from('what is encrypted')

describe.each(WAYS)('%s with %s', (spec, algorithm) => {
  const { own, theirs } = PAIRS[spec]
  const most = KEY_SPECS[spec].maxPlaintext[algorithm] ?? 0

  it.each([1, 32, most])('gives back %i bytes', async (length) => {
    const plaintext = randomBytes(length)
    const before = Buffer.from(plaintext)
    const ciphertext = await encryptTo(theirs, algorithm, plaintext)
    expect(await decryptWith(own, algorithm, ciphertext)).toEqual(plaintext)
    // The worker wiped its own copy, not what the caller owns.
    expect(plaintext).toEqual(before)
  })

  it('takes no more than it can', async () => {
    await expect(encryptTo(theirs, algorithm, Buffer.alloc(most + 1))).rejects.toThrow(TypeError)
  })

  it('encrypts to something else each time', async () => {
    expect(await encryptTo(theirs, algorithm, TEXT)).not.toEqual(await encryptTo(theirs, algorithm, TEXT))
  })

  it('fails one way for whatever is not its ciphertext', async () => {
    const ciphertext = await encryptTo(theirs, algorithm, TEXT)
    const other = spec === 'SM2' ? await newPair('SM2') : PAIRS.RSA_2048
    const wrong = [
      new Uint8Array(),
      Buffer.alloc(ciphertext.length),
      Buffer.alloc(ciphertext.length, 0xff),
      ciphertext.subarray(1),
      ciphertext.subarray(0, -1),
      Buffer.concat([ciphertext, Buffer.alloc(1)]),
      ciphertext.map((byte, i) => (i === 60 ? byte ^ 1 : byte)),
      ciphertext.map((byte, i) => (i === ciphertext.length - 1 ? byte ^ 1 : byte)),
      ...(spec === 'RSA_2048' ? [] : [await encryptTo(other.theirs, algorithm, TEXT)]),
    ]
    for (const bytes of wrong) await expect(decryptWith(own, algorithm, bytes)).rejects.toMatchObject(INVALID)
  })
})

it('does not mix the hashes of OAEP', async () => {
  const { own, theirs } = PAIRS.RSA_2048
  const ciphertext = await encryptTo(theirs, 'RSAES_OAEP_SHA_1', TEXT)
  await expect(decryptWith(own, 'RSAES_OAEP_SHA_256', ciphertext)).rejects.toMatchObject(INVALID)
})

it.each([
  ['RSA_2048', 'SM2PKE'],
  ['SM2', 'RSAES_OAEP_SHA_256'],
] as const)('an algorithm of another spec is an error: %s with %s', async (spec, algorithm) => {
  const { own, theirs } = PAIRS[spec]
  await expect(encryptTo(theirs, algorithm, TEXT)).rejects.toThrow(TypeError)
  await expect(decryptWith(own, algorithm, TEXT)).rejects.toThrow(TypeError)
})

describe.skipIf(!present)('the openssl program', () => {
  it.each(WAYS)('agrees on %s with %s, both ways', async (spec, algorithm) => {
    const { privateKey, publicKey, own, theirs } = PAIRS[spec]
    const hash = algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256'
    const mode = algorithm === 'SM2PKE' ? '' : `-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:${hash} `
    const ciphertext = openssl(`pkeyutl -encrypt -pubin -inkey pub -keyform DER ${mode}-in m -out out`, {
      pub: publicKey,
      m: TEXT,
    })
    expect(await decryptWith(own, algorithm, ciphertext)).toEqual(TEXT)
    const files = { key: privateKey, m: await encryptTo(theirs, algorithm, TEXT) }
    expect(openssl(`pkeyutl -decrypt -inkey key -keyform DER ${mode}-in m -out out`, files)).toEqual(TEXT)
  })
})

describe('SM2', () => {
  const { privateKey, publicKey, own, theirs } = PAIRS.SM2

  it('agrees with another library, both ways, in ASN.1 and C1 C3 C2', async () => {
    const d = Buffer.from(readEcKey('SM2', privateKey).d).toString('hex')
    const point = publicKey.subarray(-65).toString('hex')
    const ciphertext = Buffer.from(sm2.doEncrypt(TEXT, point, 1, { asn1: true }), 'hex')
    expect(await decryptWith(own, 'SM2PKE', ciphertext)).toEqual(TEXT)
    const ours = (await encryptTo(theirs, 'SM2PKE', TEXT)).toString('hex')
    expect(Buffer.from(sm2.doDecrypt(ours, d, 1, { asn1: true, output: 'array' }))).toEqual(TEXT)
  })

  it('opens nothing at a point that is not on the curve, even if all the rest is right', async () => {
    const d = unsigned(readEcKey('SM2', privateKey).d)
    const sealedAt = (point: InstanceType<typeof Sm2Point>) => {
      const shared = point.multiply(d)
      const [x, y] = [unsignedBytes(shared.x, 32), unsignedBytes(shared.y, 32)]
      const c2 = Buffer.from(kdf(Buffer.concat([x, y]), TEXT.length)).map((byte, i) => byte ^ (TEXT[i] ?? 0))
      const c3 = createHash('sm3').update(x).update(TEXT).update(y).digest()
      return der(
        TAG.sequence,
        derUnsigned(unsignedBytes(point.x, 32)),
        derUnsigned(unsignedBytes(point.y, 32)),
        der(TAG.octetString, c3),
        der(TAG.octetString, c2),
      )
    }
    const { x, y } = Sm2Point.BASE.multiply(7n)
    expect(await decryptWith(own, 'SM2PKE', sealedAt(Sm2Point.fromAffine({ x, y })))).toEqual(TEXT)
    const elsewhere = sealedAt(Sm2Point.fromAffine({ x, y: y + 1n }))
    await expect(decryptWith(own, 'SM2PKE', elsewhere)).rejects.toMatchObject(INVALID)
  })
})

import { createHash, createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { unwrapMaterial } from '#lib/crypto/import-wrapping.ts'
import { generateKeyPair } from '#lib/crypto/key-pair.ts'
import { wrappingRefusal } from '#lib/domain/import-wrapping.ts'
import { KEY_SPEC_NAMES, KEY_SPECS, type KeySpecName } from '#lib/domain/key-spec.ts'
import { commandsFor, readmeText } from './import-guide.ts'
import { wrapWithPadding } from './key-wrap.ts'
import { learnerFault, randomMaterial, wrapMaterialHere } from './learner-wrap.ts'
import { requirement, tokenFault, wrappedFault } from './material-words.ts'
import { algorithmOffers, recommended, type Wrapping, withKeySpec } from './wrapping-choice.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

describe('wrapping with padding', () => {
  // RFC 5649 §6, both of its examples.
  it.each([
    [
      'of 20 bytes',
      'c37b7e6492584340bed12207808941155068f738',
      '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
    ],
    ['of 7 bytes', '466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
  ])('gives the RFC’s example %s', async (_, plaintext, wrapped) => {
    const kek = hex('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8')
    // The RFC's key has 192 bits, which Chromium does not take; the rounds are the same for 256.
    expect(Buffer.from(await wrapWithPadding(kek, hex(plaintext))).toString('hex')).toBe(wrapped)
  })
})

describe('material that the browser makes and wraps', () => {
  it.each([
    ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['HMAC_512', 'RSAES_OAEP_SHA_1', 'RSA_2048'],
    ['ECC_NIST_P384', 'RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['ECC_NIST_P521', 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048'],
    ['RSA_2048', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_3072'],
  ] as const)('%s by %s under %s is what the engine unwraps', async (spec, algorithm, keySpec) => {
    const { privateKey, publicKey } = await generateKeyPair(keySpec)
    const material = await randomMaterial(spec, 'aws')
    const wrapping: Wrapping = { algorithm, keySpec }
    const wrapped = await wrapMaterialHere(material, Uint8Array.from(publicKey), wrapping)
    expect(wrappedFault(wrapped, { spec, wrapping })).toBeUndefined()
    const opened = await unwrapMaterial({
      privateKey,
      wrappingAlgorithm: algorithm,
      wrappingKeySpec: keySpec,
      wrapped,
    })
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(opened.lend((bytes) => digest(bytes))).toBe(digest(material))
    if (KEY_SPECS[spec].class === 'asymmetric')
      createPrivateKey({ key: Buffer.from(material), format: 'der', type: 'pkcs8' })
  })

  it('says which keys a browser cannot make', () => {
    expect(learnerFault('ECC_SECG_P256K1', 'aws', recommended('ECC_SECG_P256K1', 'aws'))).toContain(
      'secp256k1',
    )
    expect(learnerFault('SYMMETRIC_DEFAULT', 'aws', recommended('SYMMETRIC_DEFAULT', 'aws'))).toBeUndefined()
  })
})

const importable = KEY_SPEC_NAMES.filter((spec) => KEY_SPECS[spec].imports && spec !== 'SM2')

describe('the choice of a wrapping', () => {
  it.each(importable)('recommends one for %s that can carry it', (spec) => {
    const { algorithm, keySpec } = recommended(spec, 'aws')
    expect(wrappingRefusal(spec, algorithm, keySpec)).toBeUndefined()
    expect(algorithmOffers(spec, keySpec, 'aws')[0]).toMatchObject({
      value: algorithm,
      help: expect.stringMatching(/^Recommended\. /),
    })
  })

  it('shows what cannot carry the material, with the reason, the deprecated one among them', () => {
    const reasons = Object.fromEntries(
      algorithmOffers('RSA_2048', 'RSA_4096', 'aws').map(({ value, reason }) => [value, reason]),
    )
    expect(reasons.RSAES_OAEP_SHA_256).toContain('cannot be used for key material of key spec RSA_2048')
    expect(reasons.RSAES_PKCS1_V1_5).toContain('no longer supported')
    expect(reasons.RSA_AES_KEY_WRAP_SHA_1).toBeUndefined()
  })

  it.each<[string, KeySpecName, Wrapping, Wrapping['keySpec'], Wrapping['algorithm']]>([
    [
      'stays where it still fits',
      'SYMMETRIC_DEFAULT',
      { algorithm: 'RSAES_OAEP_SHA_1', keySpec: 'RSA_4096' },
      'RSA_2048',
      'RSAES_OAEP_SHA_1',
    ],
    [
      'moves where a short wrapping key cannot carry P-521',
      'ECC_NIST_P521',
      { algorithm: 'RSAES_OAEP_SHA_256', keySpec: 'RSA_4096' },
      'RSA_2048',
      'RSA_AES_KEY_WRAP_SHA_1',
    ],
  ])('%s', (_, spec, from, keySpec, algorithm) => {
    expect(withKeySpec(from, keySpec, spec)).toEqual({ algorithm, keySpec })
  })
})

describe('what the material must be', () => {
  it.each([
    ['SYMMETRIC_DEFAULT', 'aws', 'exactly 32 random bytes'],
    ['SYMMETRIC_DEFAULT', 'aws-cn', 'exactly 16 random bytes'],
    ['HMAC_224', 'aws', '28 to 128 random bytes'],
    ['RSA_3072', 'aws', 'one RSA 3072 private key, PKCS #8 in DER (BER works too)'],
  ] as const)('%s in %s', (spec, partition, words) => {
    expect(requirement(spec, partition)).toBe(words)
  })
})

const OAEP_3072: Wrapping = { algorithm: 'RSAES_OAEP_SHA_256', keySpec: 'RSA_3072' }
const KWP_2048: Wrapping = { algorithm: 'RSA_AES_KEY_WRAP_SHA_256', keySpec: 'RSA_2048' }
const noise = (length: number) => new Uint8Array(length).fill(200)

describe('a file before it is sent', () => {
  it.each([
    ['the plaintext of a symmetric key', noise(32), OAEP_3072, /Is it the plaintext\?.*was not sent/],
    ['another length than the wrapping gives', noise(256), OAEP_3072, /gives exactly 384/],
    ['a key wrap without whole blocks', noise(256 + 43), KWP_2048, /whole blocks of 8/],
    ['base64', new TextEncoder().encode('A'.repeat(512)), OAEP_3072, /do not encode it/],
    ['nothing', noise(0), OAEP_3072, /empty/],
    ['more than a request takes', noise(6145), undefined, /too long/],
  ])('is refused when it is %s', (_, bytes, wrapping, fault) => {
    expect(wrappedFault(bytes, { spec: 'SYMMETRIC_DEFAULT', wrapping })).toMatch(fault)
  })

  it('is not refused for its length when the wrapping is not known here', () => {
    expect(wrappedFault(noise(300), { spec: 'SYMMETRIC_DEFAULT', wrapping: undefined })).toBeUndefined()
  })

  it('is no import token when it is text', () => {
    expect(tokenFault(new TextEncoder().encode('-----BEGIN PUBLIC KEY-----'))).toMatch(/binary/)
    expect(tokenFault(noise(180))).toBeUndefined()
  })
})

describe('the README', () => {
  it('names the key, the files, the end of the token, the material, and every command', () => {
    const wrapping = recommended('RSA_2048', 'aws')
    const text = readmeText({
      arn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      spec: 'RSA_2048',
      partition: 'aws',
      wrapping,
      validTo: '25 November 2026, 14:07:31 UTC',
    })
    for (const part of ['key/k', 'import-token.bin', '25 November 2026, 14:07:31 UTC', 'PKCS #8'])
      expect(text).toContain(part)
    for (const { code } of commandsFor('RSA_2048', 'aws', wrapping)) expect(text).toContain(code)
  })
})

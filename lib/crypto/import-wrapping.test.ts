/** Material comes out as it went in, for every wrapping; whatever is wrong with it, it fails in one of two ways. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WrappingAlgorithm, WrappingKeySpec } from '#lib/domain/import-wrapping.ts'
import { wrapPadded } from './aes-kwp.ts'
import { openPublicKey } from './asymmetric-key.ts'
import { UnwrapMaterialError, unwrapMaterial, wrapMaterial } from './import-wrapping.ts'
import { generateKeyPair } from './key-pair.ts'
import { encryptTo } from './public-key-encryption.ts'
import { randomBytes } from './random.ts'
import { secretKey } from './secret-key.ts'
import { closeWorkers } from './worker-pool.ts'

type Pair = { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array }
const pairs = new Map<WrappingKeySpec, Pair>()

beforeAll(async () => {
  for (const spec of ['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'] as const) {
    pairs.set(spec, await generateKeyPair(spec))
  }
}, 60_000)
afterAll(() => closeWorkers())

const pairOf = (spec: WrappingKeySpec): Pair => pairs.get(spec)!

const wrap = (wrappingAlgorithm: WrappingAlgorithm, wrappingKeySpec: WrappingKeySpec, material: Uint8Array) =>
  wrapMaterial({ publicKey: pairOf(wrappingKeySpec).publicKey, wrappingAlgorithm, wrappingKeySpec, material })

const unwrap = async (
  wrappingAlgorithm: WrappingAlgorithm,
  wrappingKeySpec: WrappingKeySpec,
  wrapped: Uint8Array,
): Promise<Buffer> => {
  const { privateKey } = pairOf(wrappingKeySpec)
  const secret = await unwrapMaterial({ privateKey, wrappingAlgorithm, wrappingKeySpec, wrapped })
  return secret.lend((bytes) => Buffer.from(bytes))
}

const failure = async (...of: Parameters<typeof unwrap>): Promise<string> => {
  try {
    await unwrap(...of)
    return 'unwrapped'
  } catch (thrown) {
    if (thrown instanceof UnwrapMaterialError) return thrown.kind
    throw thrown
  }
}

describe('wrapped material', () => {
  it.each<[WrappingAlgorithm, WrappingKeySpec, number, number]>([
    ['RSAES_OAEP_SHA_256', 'RSA_2048', 32, 256],
    ['RSAES_OAEP_SHA_256', 'RSA_2048', 190, 256],
    ['RSAES_OAEP_SHA_1', 'RSA_3072', 1, 384],
    ['RSAES_OAEP_SHA_256', 'RSA_4096', 241, 512],
    ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', 1218, 256 + 1232],
    ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_3072', 2375, 384 + 2384],
    ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_4096', 1, 512 + 16],
  ])('by %s for %s of %i bytes takes %i bytes and opens', async (algorithm, spec, length, wrappedLength) => {
    const material = randomBytes(length)
    const wrapped = await wrap(algorithm, spec, material)
    expect(wrapped.length).toBe(wrappedLength)
    expect(await unwrap(algorithm, spec, wrapped)).toEqual(material)
  })

  it('by SM2PKE opens', async () => {
    const material = randomBytes(16)
    expect(await unwrap('SM2PKE', 'SM2', await wrap('SM2PKE', 'SM2', material))).toEqual(material)
  })

  it.each<[string, WrappingAlgorithm, WrappingKeySpec, (made: Buffer) => Uint8Array, string]>([
    ['a byte short', 'RSAES_OAEP_SHA_256', 'RSA_2048', (b) => b.subarray(1), 'size'],
    ['a byte long', 'RSAES_OAEP_SHA_256', 'RSA_2048', (b) => Buffer.concat([b, Buffer.of(0)]), 'size'],
    ['for a larger key', 'RSAES_OAEP_SHA_256', 'RSA_3072', (b) => b.subarray(0, 256), 'size'],
    ['nothing', 'RSAES_OAEP_SHA_256', 'RSA_2048', () => Buffer.alloc(0), 'size'],
    ['the block alone', 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', (b) => b.subarray(0, 256), 'size'],
    ['a wrapped half-block', 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', (b) => b.subarray(0, -4), 'size'],
    [
      'a wrapped block less',
      'RSA_AES_KEY_WRAP_SHA_256',
      'RSA_2048',
      (b) => b.subarray(0, -8),
      'undecryptable',
    ],
    ['nothing for SM2', 'SM2PKE', 'SM2', () => Buffer.alloc(0), 'size'],
    ['SM2 cut off', 'SM2PKE', 'SM2', (b) => b.subarray(0, -1), 'undecryptable'],
    ['zeros', 'RSAES_OAEP_SHA_1', 'RSA_2048', (b) => Buffer.alloc(b.length), 'undecryptable'],
    [
      'larger than the modulus',
      'RSAES_OAEP_SHA_1',
      'RSA_2048',
      (b) => Buffer.alloc(b.length, 255),
      'undecryptable',
    ],
  ])('is refused: %s', async (_, algorithm, spec, change, kind) => {
    const made = await wrap(algorithm, spec, randomBytes(32))
    expect(await failure(algorithm, spec, change(made))).toBe(kind)
  })

  it.each<[WrappingAlgorithm, WrappingKeySpec]>([
    ['RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048'],
    ['SM2PKE', 'SM2'],
  ])('by %s does not open with a byte changed', async (algorithm, spec) => {
    const made = await wrap(algorithm, spec, randomBytes(32))
    for (let i = 0; i < made.length; i += 37) {
      const changed = Buffer.from(made)
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i)
      expect(await failure(algorithm, spec, changed)).toBe('undecryptable')
    }
  })

  it('opens with the hash it was wrapped with and no other', async () => {
    const made = await wrap('RSAES_OAEP_SHA_1', 'RSA_2048', randomBytes(32))
    expect(await failure('RSAES_OAEP_SHA_256', 'RSA_2048', made)).toBe('undecryptable')
  })

  it('for another key does not open', async () => {
    const { publicKey } = await generateKeyPair('RSA_2048')
    const made = await wrapMaterial({
      publicKey,
      wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      wrappingKeySpec: 'RSA_2048',
      material: randomBytes(32),
    })
    expect(await failure('RSAES_OAEP_SHA_256', 'RSA_2048', made)).toBe('undecryptable')
  })

  it('of no bytes is no material', async () => {
    const made = await wrap('RSAES_OAEP_SHA_256', 'RSA_2048', Buffer.alloc(0))
    expect(await failure('RSAES_OAEP_SHA_256', 'RSA_2048', made)).toBe('undecryptable')
  })

  it.each([16, 24, 33])('under an AES key of %i bytes does not open', async (length) => {
    const publicKey = openPublicKey('RSA_2048', pairOf('RSA_2048').publicKey)
    const block = await encryptTo(publicKey, 'RSAES_OAEP_SHA_256', randomBytes(length))
    const made = Buffer.concat([block, wrapPadded(secretKey(randomBytes(32)), randomBytes(32))])
    expect(await failure('RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', made)).toBe('undecryptable')
  })
})

const openssl = spawnSync('openssl', ['version']).status === 0

describe.skipIf(!openssl)('material that OpenSSL wrapped as AWS describes it', () => {
  // https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html
  const OAEP = [
    '-pkeyopt',
    'rsa_padding_mode:oaep',
    '-pkeyopt',
    'rsa_oaep_md:sha256',
    '-pkeyopt',
    'rsa_mgf1_md:sha256',
  ]

  function encrypted(folder: string, input: Uint8Array): Buffer {
    const key = join(folder, 'public.der')
    writeFileSync(key, pairOf('RSA_3072').publicKey)
    writeFileSync(join(folder, 'in'), input, { mode: 0o600 })
    const args = [
      'pkeyutl',
      '-encrypt',
      '-pubin',
      '-keyform',
      'DER',
      '-inkey',
      key,
      '-in',
      join(folder, 'in'),
      ...OAEP,
    ]
    const ran = spawnSync('openssl', args)
    if (ran.status !== 0) throw new Error(ran.stderr.toString())
    return ran.stdout
  }

  const folder = openssl ? mkdtempSync(join(tmpdir(), 'import-')) : ''
  afterAll(() => rmSync(folder, { recursive: true }))

  it('directly opens', async () => {
    const material = randomBytes(32)
    expect(await unwrap('RSAES_OAEP_SHA_256', 'RSA_3072', encrypted(folder, material))).toEqual(material)
  })

  it('by an AES key opens', async () => {
    const material = pairOf('RSA_4096').privateKey
    const aesKey = randomBytes(32)
    const out = join(folder, 'wrapped')
    const args = ['enc', '-id-aes256-wrap-pad', '-iv', 'A65959A6', '-K', aesKey.toString('hex'), '-out', out]
    expect(spawnSync('openssl', args, { input: material }).status).toBe(0)
    const made = Buffer.concat([encrypted(folder, aesKey), readFileSync(out)])
    expect(await unwrap('RSA_AES_KEY_WRAP_SHA_256', 'RSA_3072', made)).toEqual(Buffer.from(material))
  })
})

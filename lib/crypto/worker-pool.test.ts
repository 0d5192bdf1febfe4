import { afterAll, describe, expect, it } from 'vitest'
import { openPrivateKey, openPublicKey, type PrivateKey } from './asymmetric-key.ts'
import { generateKeyPair } from './key-pair.ts'
import { KNOWN_ANSWERS } from './known-answers.ts'
import { ASYMMETRIC_ANSWERS, WORKER_ANSWERS } from './known-answers-asymmetric.ts'
import { decryptWith, encryptTo } from './public-key-encryption.ts'
import { sign, verify } from './signature.ts'
import { closeWorkers, inWorker } from './worker-pool.ts'
import { workerSelfTest } from './worker-self-test.ts'

afterAll(closeWorkers)

const { privateKey, publicKey } = await generateKeyPair('ECC_NIST_P256')
const own = openPrivateKey('ECC_NIST_P256', privateKey)
const theirs = openPublicKey('ECC_NIST_P256', publicKey)
const digest = Buffer.alloc(32, 7)
const job = () => sign(own, 'ECDSA_SHA_256', digest, 'DIGEST')

describe('the pool', () => {
  it('does many jobs at once, each with its own answer', async () => {
    const signatures = await Promise.all(
      Array.from({ length: 40 }, (_, i) => sign(own, 'ECDSA_SHA_256', Buffer.alloc(32, i), 'DIGEST')),
    )
    const holds = signatures.map((signature, i) =>
      verify(theirs, 'ECDSA_SHA_256', Buffer.alloc(32, i), 'DIGEST', signature),
    )
    expect(new Set(await Promise.all(holds))).toEqual(new Set([true]))
  })

  it('refuses what its queue cannot hold, and goes on', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 300 }, job))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.length).toBeGreaterThanOrEqual(300 - 2 - 256)
    expect(refused.every(({ reason }) => reason.code === 'ThrottlingException')).toBe(true)
    expect((await job()).length).toBeGreaterThan(0)
  })

  it('rejects a job that fails, and keeps its thread', async () => {
    const wrong = { spec: 'RSA_2048', publicKey: theirs.key, digest, signature: digest } as const
    await expect(inWorker('verifyEcdsaDigest', wrong)).rejects.toThrow(
      /^verifyEcdsaDigest failed in its worker/,
    )
    expect((await job()).length).toBeGreaterThan(0)
  })

  it('rejects the jobs of threads that end, and starts others for the next', async () => {
    const before = [job(), job()]
    const outcomes = Promise.allSettled(before)
    await closeWorkers()
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await job()).length).toBeGreaterThan(0)
  })

  it('leaves the event loop free while it works', async () => {
    await job()
    let longest = 0
    let last = performance.now()
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    const started = performance.now()
    await Promise.all(Array.from({ length: 60 }, job))
    clearInterval(timer)
    // Generous for a busy machine: done on the loop, the 60 jobs would be one wait of all this time.
    expect(longest).toBeLessThan(Math.max(30, (performance.now() - started) / 2))
  })
})

describe('a worker', () => {
  it('hands nothing of what it was lent to anyone: the caller keeps its bytes', async () => {
    const rsa = await generateKeyPair('RSA_2048')
    const plaintext = Buffer.from('a secret')
    const ciphertext = await encryptTo(
      openPublicKey('RSA_2048', rsa.publicKey),
      'RSAES_OAEP_SHA_256',
      plaintext,
    )
    expect(plaintext.toString()).toBe('a secret')
    const key: PrivateKey = openPrivateKey('RSA_2048', rsa.privateKey)
    const opened = await decryptWith(key, 'RSAES_OAEP_SHA_256', ciphertext)
    // Memory of its own: wiping it leaves nothing.
    expect([opened.toString(), opened.buffer.byteLength]).toEqual(['a secret', opened.length])
  })
})

const ANSWERS = { ...ASYMMETRIC_ANSWERS, ...WORKER_ANSWERS }
/** Another hex digit at the end: what a machine that computes wrong would give. */
const wrong = (hex: string) => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0')

describe('the self-test of a worker', () => {
  it('passes on a sound machine, with the answers of a start', () => {
    expect(() => workerSelfTest()).not.toThrow()
    expect(KNOWN_ANSWERS).toMatchObject(ASYMMETRIC_ANSWERS)
  })

  const { rsa, ecdsa, ed25519ph, mlDsa, sm2 } = ANSWERS
  it.each([
    ['rsa', { ...ANSWERS, rsa: { ...rsa, pkcs1: wrong(rsa.pkcs1) } }],
    ['rsa', { ...ANSWERS, rsa: { ...rsa, pss: wrong(rsa.pss) } }],
    ['ecdsa', { ...ANSWERS, ecdsa: { ...ecdsa, signature: wrong(ecdsa.signature) } }],
    ['ed25519ph', { ...ANSWERS, ed25519ph: { ...ed25519ph, signature: wrong(ed25519ph.signature) } }],
    ['mlDsa', { ...ANSWERS, mlDsa: { ...mlDsa, signature: wrong(mlDsa.signature) } }],
    ['sm2', { ...ANSWERS, sm2: { ...sm2, signature: wrong(sm2.signature) } }],
    ['sm2', { ...ANSWERS, sm2: { ...sm2, ciphertext: wrong(sm2.ciphertext) } }],
  ])('ends it when %s comes out otherwise', (name, answers) => {
    expect(() => workerSelfTest(answers)).toThrow(`a worker failed: ${name} does not give its known answer`)
  })
})

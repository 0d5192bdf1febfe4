/** Wycheproof's encryption, key agreement, encapsulation and MACs. */
import { afterAll, describe, expect, it } from 'vitest'
import { openPrivateKey, type PrivateKey } from './asymmetric-key.ts'
import { der, TAG } from './der.ts'
import { decapsulate } from './encapsulation.ts'
import { generateMac, macMatches } from './hmac.ts'
import { deriveSharedSecret } from './key-agreement.ts'
import { KEY_FORMATS } from './key-format.ts'
import { decryptWith } from './public-key-encryption.ts'
import { secretKey } from './secret-key.ts'
import { readSpki } from './spki.ts'
import { disagreements, groupsOf, hex, present, titleOf, type Verdict } from './testdata/vectors.ts'
import { closeWorkers } from './worker-pool.ts'

afterAll(closeWorkers)

const pkcs8Of = (spec: PrivateKey['spec'], inner: Uint8Array) =>
  der(
    TAG.sequence,
    der(TAG.integer, Buffer.alloc(1)),
    KEY_FORMATS[spec].algorithm,
    der(TAG.octetString, inner),
  )

/** The bytes that a promise gives, or undefined when it is refused. */
const given = (promise: Promise<Buffer>) => promise.catch(() => undefined)

describe.skipIf(!present)('Wycheproof', () => {
  it.each([
    ['rsa_oaep_2048_sha1_mgf1sha1_test.json', 36, 'RSA_2048', 'RSAES_OAEP_SHA_1'],
    ['rsa_oaep_2048_sha256_mgf1sha256_test.json', 37, 'RSA_2048', 'RSAES_OAEP_SHA_256'],
    ['rsa_oaep_3072_sha256_mgf1sha256_test.json', 37, 'RSA_3072', 'RSAES_OAEP_SHA_256'],
  ] as const)('agrees on %s, %i cases, without a label', async (file, cases, spec, algorithm) => {
    type Test = Verdict & { msg: string; ct: string; label: string }
    const groups = groupsOf<{ privateKeyPkcs8: string; tests: Test[] }>(file)
    expect(groups.flatMap(({ tests }) => tests)).toHaveLength(cases)
    for (const { privateKeyPkcs8, tests } of groups) {
      const key = openPrivateKey(spec, hex(privateKeyPkcs8))
      const wrong = await disagreements(
        // With a label it is a ciphertext that AWS's algorithm does not open either.
        tests.map((test) => (test.label === '' ? test : { ...test, result: 'invalid' as const })),
        async ({ ct, msg }) => (await given(decryptWith(key, algorithm, hex(ct))))?.equals(hex(msg)) ?? false,
      )
      expect(wrong).toEqual([])
    }
  })

  it.each([
    ['hmac_sha256_test.json', 'HMAC_SHA_256', 174],
    ['hmac_sha512_test.json', 'HMAC_SHA_512', 174],
  ] as const)('agrees on %s: %s, %i cases', async (file, algorithm, cases) => {
    type Test = Verdict & { key: string; msg: string; tag: string }
    const groups = groupsOf<{ tagSize: number; tests: Test[] }>(file)
    expect(groups.flatMap(({ tests }) => tests)).toHaveLength(cases)
    for (const { tests } of groups) {
      const wrong = await disagreements(tests, async (test) => {
        const [key, message, tag] = [secretKey(hex(test.key)), hex(test.msg), hex(test.tag)]
        const mac = generateMac(key, algorithm, message)
        // AWS has no truncated MACs: one must never pass for a whole one.
        const whole = macMatches(key, algorithm, message, tag)
        return tag.length === mac.length ? whole : !whole && mac.subarray(0, tag.length).equals(tag)
      })
      expect(wrong).toEqual([])
    }
  })
})

type EcdhTest = Verdict & { public: string; private: string; shared: string }

describe.skipIf(!present)('Wycheproof on key agreement', () => {
  /** The private scalar of a vector, which is a signed number of any length, as our PKCS#8. */
  function privateKey(spec: PrivateKey['spec'], bytes: number, scalar: string): PrivateKey {
    const d = hex(
      BigInt(`0x${scalar}`)
        .toString(16)
        .padStart(bytes * 2, '0'),
    )
    const inner = der(TAG.sequence, der(TAG.integer, Buffer.from([1])), der(TAG.octetString, d))
    return openPrivateKey(spec, pkcs8Of(spec, inner))
  }

  async function agree(spec: PrivateKey['spec'], bytes: number, test: EcdhTest): Promise<Buffer | undefined> {
    const key = privateKey(spec, bytes, test.private)
    try {
      return await deriveSharedSecret(key, readSpki(spec, hex(test.public)))
    } catch {
      return undefined
    }
  }

  it.each([
    ['ecdh_secp256r1_test.json', 'ECC_NIST_P256', 32, 612],
    ['ecdh_secp384r1_test.json', 'ECC_NIST_P384', 48, 1047],
  ] as const)('agrees on %s of %s', async (file, spec, bytes, cases) => {
    const tests = groupsOf<{ tests: EcdhTest[] }>(file).flatMap((group) => group.tests)
    expect(tests).toHaveLength(cases)
    const accepted: string[] = []
    const wrong: string[] = []
    for (const test of tests) {
      const shared = await agree(spec, bytes, test)
      const right = shared?.equals(hex(test.shared)) ?? false
      if (test.result === 'acceptable') {
        if (shared !== undefined) accepted.push(titleOf(test))
      } else if (right !== (test.result === 'valid') || (shared !== undefined && !right))
        wrong.push(titleOf(test))
    }
    expect({ wrong, accepted }).toEqual({ wrong: [], accepted: [] })
  })
})

type KemTest = Verdict & { seed: string; ek: string; c: string; K: string }

describe.skipIf(!present)('Wycheproof on encapsulation', () => {
  it('agrees on mlkem_768_test.json, 193 cases', async () => {
    const groups = groupsOf<{ tests: KemTest[] }>('mlkem_768_test.json')
    const tests = groups.flatMap((group) => group.tests)
    expect(tests).toHaveLength(193)
    const wrong = await disagreements(tests, async (test) => {
      // The seed alone is a private key (RFC 9935 §6).
      const inner = Buffer.concat([Buffer.from([0x80, hex(test.seed).length]), hex(test.seed)])
      const open = async () =>
        decapsulate(openPrivateKey('ML_KEM_768', pkcs8Of('ML_KEM_768', inner)), hex(test.c))
      return (await given(open()))?.equals(hex(test.K)) ?? false
    })
    expect(wrong).toEqual([])
  })
})

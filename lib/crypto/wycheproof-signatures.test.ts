/** Wycheproof's signatures, each both as a message and, where AWS takes one, as a digest that the caller made. */
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import type { AsymmetricSpecName, MessageType, SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import { KeyFormatError, spkiOf } from './key-format.ts'
import { verify } from './signature.ts'
import { type PublicKey, readSpki } from './spki.ts'
import { disagreements, groupsOf, hex, present, type Verdict } from './testdata/vectors.ts'
import { closeWorkers } from './worker-pool.ts'

afterAll(closeWorkers)

type Test = Verdict & { msg: string; sig: string; ctx?: string }
type Group = { publicKeyDer: string; publicKey: { publicExponent?: string }; tests: Test[] }

const exponentOf = ({ publicExponent = '' }: Group['publicKey']) => hex(publicExponent)

const forms = {
  RAW: (message: Buffer) => message,
  SHA_256: (message: Buffer) => createHash('sha256').update(message).digest(),
  SHA_384: (message: Buffer) => createHash('sha384').update(message).digest(),
}

/** A queue holds so many: the rest waits here. */
async function inBatches(tests: readonly Test[], holds: (test: Test) => Promise<boolean>): Promise<string[]> {
  const found: string[] = []
  for (let at = 0; at < tests.length; at += 100)
    found.push(...(await disagreements(tests.slice(at, at + 100), holds)))
  return found
}

describe.skipIf(!present)('Wycheproof', () => {
  it.each([
    ['ecdsa_secp256r1_sha256_test.json', 484, 'ECC_NIST_P256', 'ECDSA_SHA_256', 'RAW'],
    ['ecdsa_secp256r1_sha256_test.json', 484, 'ECC_NIST_P256', 'ECDSA_SHA_256', 'SHA_256'],
    ['ecdsa_secp384r1_sha384_test.json', 504, 'ECC_NIST_P384', 'ECDSA_SHA_384', 'RAW'],
    ['ecdsa_secp384r1_sha384_test.json', 504, 'ECC_NIST_P384', 'ECDSA_SHA_384', 'SHA_384'],
    ['ed25519_test.json', 151, 'ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', 'RAW'],
    ['rsa_pss_2048_sha256_mgf1_32_test.json', 108, 'RSA_2048', 'RSASSA_PSS_SHA_256', 'RAW'],
    ['rsa_pss_2048_sha256_mgf1_32_test.json', 108, 'RSA_2048', 'RSASSA_PSS_SHA_256', 'SHA_256'],
    ['rsa_pss_3072_sha256_mgf1_32_test.json', 108, 'RSA_3072', 'RSASSA_PSS_SHA_256', 'RAW'],
    ['rsa_pss_3072_sha256_mgf1_32_test.json', 108, 'RSA_3072', 'RSASSA_PSS_SHA_256', 'SHA_256'],
    ['rsa_signature_2048_sha256_test.json', 259, 'RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'RAW'],
    ['rsa_signature_2048_sha256_test.json', 259, 'RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'SHA_256'],
    ['rsa_signature_3072_sha384_test.json', 259, 'RSA_3072', 'RSASSA_PKCS1_V1_5_SHA_384', 'RAW'],
    ['rsa_signature_3072_sha384_test.json', 259, 'RSA_3072', 'RSASSA_PKCS1_V1_5_SHA_384', 'SHA_384'],
  ] as const)('agrees on %s: %i cases of %s, %s as %s', async (file, cases, spec, algorithm, form) => {
    const type: MessageType = form === 'RAW' ? 'RAW' : 'DIGEST'
    const groups = groupsOf<Group>(file)
    expect(groups.flatMap(({ tests }) => tests)).toHaveLength(cases)
    for (const { publicKey, publicKeyDer, tests } of groups) {
      // Public exponent 3 is out of bounds (R25), whatever its signatures are worth.
      if (Buffer.compare(exponentOf(publicKey), Buffer.from([3])) === 0) {
        expect(() => readSpki(spec, hex(publicKeyDer))).toThrow(KeyFormatError)
        continue
      }
      const key = readSpki(spec, hex(publicKeyDer))
      // `acceptable` is the DigestInfo without its NULL, which RFC 8017 lets us refuse: we do.
      const wrong = await inBatches(tests, (test) =>
        verify(key, algorithm, forms[form](hex(test.msg)), type, hex(test.sig)),
      )
      expect(wrong).toEqual([])
    }
  })
})

/** 64 bytes of SHAKE256 */
const shake = (...parts: Buffer[]) =>
  createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest()

/** FIPS 204 algorithm 7, line 6, with the context that our messages never have. */
const muOf = (publicKey: Buffer, { msg, ctx = '' }: Test) =>
  shake(shake(publicKey), Buffer.from([0, hex(ctx).length]), hex(ctx), hex(msg))

/** A key that Wycheproof says is none, is none here. */
function keyOrNone(spec: AsymmetricSpecName, publicKey: Buffer): PublicKey | undefined {
  try {
    return readSpki(spec, spkiOf(spec, publicKey))
  } catch {
    return undefined
  }
}

describe.skipIf(!present)('Wycheproof', () => {
  const algorithm: SigningAlgorithmName = 'ML_DSA_SHAKE_256'

  it.each([
    ['mldsa_44_verify_test.json', 'ML_DSA_44', 180],
    ['mldsa_65_verify_test.json', 'ML_DSA_65', 210],
  ] as const)('agrees on %s of %s, %i cases, as message and as μ', async (file, spec, cases) => {
    const groups = groupsOf<{ publicKey: string; tests: Test[] }>(file)
    expect(groups.flatMap(({ tests }) => tests)).toHaveLength(cases)
    for (const { publicKey, tests } of groups) {
      const key = keyOrNone(spec, hex(publicKey))
      const asMu = await inBatches(
        // A context longer than a μ can say is refused before there is a μ.
        tests.filter(({ ctx = '' }) => ctx.length <= 510),
        async (test) =>
          key !== undefined &&
          verify(key, algorithm, muOf(hex(publicKey), test), 'EXTERNAL_MU', hex(test.sig)),
      )
      const asMessage = await inBatches(
        tests.filter(({ ctx = '' }) => ctx === ''),
        async (test) => key !== undefined && verify(key, algorithm, hex(test.msg), 'RAW', hex(test.sig)),
      )
      expect({ asMu, asMessage }).toEqual({ asMu: [], asMessage: [] })
    }
  })
})

/** The one form of a private key from outside, whatever form it came in. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { AsymmetricSpecName } from '#lib/domain/key-spec.ts'
import { contextTag, der, TAG } from './der.ts'
import { KEY_FORMATS } from './key-format.ts'
import { readEcKey } from './pkcs8.ts'
import { normalPrivateKey } from './private-key-form.ts'

const CURVES: [AsymmetricSpecName, string][] = [
  ['ECC_NIST_P256', 'prime256v1'],
  ['ECC_NIST_P384', 'secp384r1'],
  ['ECC_NIST_P521', 'secp521r1'],
  ['ECC_SECG_P256K1', 'secp256k1'],
  ['SM2', 'SM2'],
]
const PKCS8 = { format: 'der', type: 'pkcs8' } as const

/** PKCS#8 of a scalar, with what else is given inside. */
function keyOf(spec: AsymmetricSpecName, d: Uint8Array, ...more: Uint8Array[]): Buffer {
  const inner = der(TAG.sequence, der(TAG.integer, Uint8Array.of(1)), der(TAG.octetString, d), ...more)
  const version = der(TAG.integer, Uint8Array.of(0))
  return der(TAG.sequence, version, KEY_FORMATS[spec].algorithm, der(TAG.octetString, inner))
}

describe.each(CURVES)('a key of %s', (spec, namedCurve) => {
  const whole = generateKeyPairSync('ec', { namedCurve }).privateKey.export(PKCS8)
  const { d, point = new Uint8Array() } = readEcKey(spec, whole)
  const half = 1 + (point.length - 1) / 2
  const compressed = Buffer.concat([Buffer.of(2 + ((point.at(-1) ?? 0) & 1)), point.subarray(1, half)])
  const withPoint = (bytes: Uint8Array) =>
    keyOf(spec, d, der(contextTag(1), der(TAG.bitString, Buffer.alloc(1), bytes)))

  it.each([
    ['without its point', keyOf(spec, d)],
    ['with a compressed point', withPoint(compressed)],
    ['with its point', withPoint(point)],
  ])('%s gets it, so that opening the key computes none', (_, given) => {
    const normal = Buffer.from(normalPrivateKey({ spec, bytes: Uint8Array.from(given) }) ?? [])
    expect(normal.equals(withPoint(point))).toBe(true)
    expect(
      createPrivateKey({ key: normal, ...PKCS8 })
        .export(PKCS8)
        .equals(whole),
    ).toBe(true)
  })
})

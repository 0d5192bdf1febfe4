/** Wycheproof on what everything symmetric is made of; the siblings of this file have the rest. */
import { describe, expect, it } from 'vitest'
import { openGcm, sealGcm } from './aead.ts'
import { equalBytes } from './equal.ts'
import { hmacSha256 } from './mac.ts'
import { secretKey } from './secret-key.ts'
import { groupsOf, hex, present, titleOf, type Verdict } from './testdata/vectors.ts'

type Vector = Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string> & Verdict
type Group = { ivSize: number; keySize: number; tagSize: number; tests: Vector[] }
const titled = (test: Vector) => [titleOf(test), test] as const

describe.skipIf(!present)('AES-GCM', () => {
  const all = groupsOf<Group>('aes_gcm_test.json')
  const ours = all.filter((group) => group.keySize === 256 && group.ivSize === 96)
  const others = all.filter((group) => !ours.includes(group))

  it('has the cases of our shape', () => {
    expect(ours.flatMap((group) => group.tests).length).toBe(66)
  })

  it.each(ours.flatMap((group) => group.tests).map(titled))('%s', (_, test) => {
    const key = secretKey(hex(test.key))
    const nonce = { iv: hex(test.iv), aad: hex(test.aad) }
    const opened = openGcm(key, nonce, { ciphertext: hex(test.ct), tag: hex(test.tag) })
    const sealed = sealGcm(key, nonce, hex(test.msg))
    const same = equalBytes(sealed.ciphertext, hex(test.ct)) && equalBytes(sealed.tag, hex(test.tag))
    expect({ opened, same }).toEqual(
      test.result === 'valid' ? { opened: hex(test.msg), same: true } : { opened: undefined, same: false },
    )
  })

  it.each(others.flatMap((group) => group.tests).map(titled))('not supported: %s', (_, test) => {
    const nonce = { iv: hex(test.iv), aad: hex(test.aad) }
    expect(() => sealGcm(secretKey(hex(test.key)), nonce, hex(test.msg))).toThrow(RangeError)
  })
})

describe.skipIf(!present)('HMAC-SHA-256', () => {
  const all = groupsOf<Group>('hmac_sha256_test.json')

  it.each(all.flatMap((group) => group.tests).map(titled))('%s', (_, test) => {
    const tag = hex(test.tag)
    const mac = hmacSha256(secretKey(hex(test.key)), hex(test.msg)).subarray(0, tag.length)
    expect(equalBytes(mac, tag)).toBe(test.result === 'valid')
  })
})

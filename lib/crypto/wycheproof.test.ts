/**
 * The Wycheproof vectors, where they are at hand: in the folder that KEYHOUSE_VECTORS names, or beside the
 * project. They are not part of it; the known answers in self-test.ts and in testdata/ are.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openGcm, sealGcm } from './aead.ts'
import { equalBytes } from './equal.ts'
import { hmacSha256 } from './mac.ts'
import { secretKey } from './secret-key.ts'

const FOLDER = process.env.KEYHOUSE_VECTORS ?? join(import.meta.dirname, '../../../shared/wycheproof')
const present = existsSync(join(FOLDER, 'aes_gcm_test.json'))
if (!present) console.warn(`skipped: no Wycheproof vectors in ${FOLDER}`)

type Vector = Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag' | 'comment', string> & {
  tcId: number
  result: 'valid' | 'invalid'
}
type Group = { ivSize: number; keySize: number; tagSize: number; tests: Vector[] }

const groups = (name: string): Group[] => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')).testGroups
const hex = (text: string) => Buffer.from(text, 'hex')
const titled = (test: Vector) => [`${test.tcId} ${test.result} ${test.comment}`, test] as const

describe.skipIf(!present)('AES-GCM', () => {
  const all = present ? groups('aes_gcm_test.json') : []
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
  const all = present ? groups('hmac_sha256_test.json') : []

  it.each(all.flatMap((group) => group.tests).map(titled))('%s', (_, test) => {
    const tag = hex(test.tag)
    const mac = hmacSha256(secretKey(hex(test.key)), hex(test.msg)).subarray(0, tag.length)
    expect(equalBytes(mac, tag)).toBe(test.result === 'valid')
  })
})

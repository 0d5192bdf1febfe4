/** Roots as an operator names them. Chains are tested with the documents that they sign (cose-attestation.test.ts). */
import { describe, expect, it } from 'vitest'
import { openAuthority } from '#lib/testing/attestation.ts'
import { ChainError, rootsOf } from './certificate-chain.ts'

const now = new Date('2026-11-24T12:00:00Z')
const one = openAuthority({ now })
const other = openAuthority({ now })

describe('roots in PEM', () => {
  it('may be several, with words between them', () => {
    const pem = `Amazon\n${one.rootPem}\r\n\n# another\n${other.rootPem}`
    expect(rootsOf(pem)).toEqual([new Uint8Array(one.root), new Uint8Array(other.root)])
  })

  it.each([
    ['nothing', ''],
    ['DER', one.root.toString('latin1')],
    ['a key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n'],
    ['a certificate cut short', one.rootPem.replace(/\n[^\n]+\n-----END/, '\n-----END')],
    [
      'a good one and a bad one',
      `${one.rootPem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
    ],
  ])('cannot be read from %s', (_, pem) => {
    expect(() => rootsOf(pem)).toThrow(ChainError)
  })
})

import { describe, expect, it } from 'vitest'
import { KEY_SPEC_NAMES, KEY_SPECS } from '#lib/domain/key-spec.ts'
import { abilitiesOf } from './key-abilities.ts'
import type { KeyKind } from './key-kind.ts'

const SYMMETRIC: KeyKind = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  managed: false,
  primaryRegion: undefined,
  primary: false,
}

describe('what a key can do', () => {
  it.each<[string, Partial<KeyKind>, RegExp]>([
    ['made here', {}, /^Rotate, by schedule and on demand$/],
    ['imported', { origin: 'EXTERNAL' }, /^Rotate on demand, to further material/],
    ['of a service', { managed: true }, /^Rotate every year, by its service$/],
    ['a replica', { primaryRegion: 'us-east-1' }, /^Rotate together with its primary, in us-east-1$/],
  ])('says how a symmetric key rotates that is %s', (_, kind, expected) => {
    expect(abilitiesOf({ ...SYMMETRIC, ...kind }).can.filter((one) => one.startsWith('Rotate'))).toEqual([
      expect.stringMatching(expected),
    ])
  })

  it('names the limit of each algorithm', () => {
    const { can } = abilitiesOf({ ...SYMMETRIC, spec: 'RSA_2048' })
    expect(can).toContain('Encrypt up to 190 bytes with RSAES_OAEP_SHA_256')
    expect(can).toContain('Encrypt up to 214 bytes with RSAES_OAEP_SHA_1')
  })

  const kinds = KEY_SPEC_NAMES.flatMap((spec) =>
    KEY_SPECS[spec].usages.map((usage): [string, KeyKind] => [
      `${spec} ${usage}`,
      { ...SYMMETRIC, spec, usage },
    ]),
  )
  it.each(kinds)('never says the same thing both ways: %s', (_, kind) => {
    const { can, cannot } = abilitiesOf(kind)
    expect(new Set([...can, ...cannot]).size).toBe(can.length + cannot.length)
    expect(cannot.some((one) => one.startsWith('Rotate:'))).toBe(kind.spec !== 'SYMMETRIC_DEFAULT')
    expect(can.some((one) => one.includes('public key'))).toBe(KEY_SPECS[kind.spec].class === 'asymmetric')
  })
})

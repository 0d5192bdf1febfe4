import { expect, it } from 'vitest'
import type { RefusalCode, RefusalView } from '#lib/console/messages.ts'
import { isRemedied, remedyOf } from './refusal-words.ts'

const refusal = (code: RefusalCode): RefusalView => ({
  code,
  message: 'The key material is not valid for key spec SYMMETRIC_DEFAULT.',
  requestId: null,
  eventId: null,
})
const requirement = 'exactly 32 random bytes'

it.each([
  ['an expired token begins again', 'ExpiredImportTokenException', false, 'again', /expired/],
  ['another key’s token begins again', 'InvalidImportTokenException', false, 'again', /another key’s/],
  [
    'what cannot be unwrapped is wrapped again',
    'InvalidCiphertextException',
    false,
    'download',
    /another public key/,
  ],
  [
    'other bytes than before are looked for',
    'IncorrectKeyMaterialException',
    true,
    'upload',
    /byte for byte/,
  ],
  [
    'bytes of the wrong form are made anew',
    'IncorrectKeyMaterialException',
    false,
    'download',
    /exactly 32 random bytes/,
  ],
] as const)('%s', (_, code, existing, back, words) => {
  expect(isRemedied(refusal(code))).toBe(true)
  const remedy = remedyOf(refusal(code), { existing, requirement })
  expect(remedy?.back).toBe(back)
  expect(`${remedy?.title} ${remedy?.words}`).toMatch(words)
})

it('any other refusal stands beside the form', () => {
  expect(isRemedied(refusal('ValidationException'))).toBe(false)
  expect(isRemedied(undefined)).toBe(false)
  expect(remedyOf(refusal('ValidationException'), { existing: false, requirement })).toBeUndefined()
})

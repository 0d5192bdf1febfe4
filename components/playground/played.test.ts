import { expect, it } from 'vitest'
import { PLAYGROUND_OPERATIONS } from '#lib/console/paths.ts'
import { KEY_SPEC_NAMES, KEY_SPECS } from '#lib/domain/key-spec.ts'
import { plaintextLimits } from './encryption.ts'
import { firstRequest, operationFor } from './fitting-operation.ts'
import { GROUPS, unfitReason } from './played.ts'

it('every operation of the addresses is in the list, once', () => {
  expect(GROUPS.flatMap(({ operations }) => operations).toSorted()).toEqual(
    [...PLAYGROUND_OPERATIONS].toSorted(),
  )
})

it.each(KEY_SPEC_NAMES.flatMap((spec) => KEY_SPECS[spec].usages.map((usage) => [spec, usage] as const)))(
  'what is tried first with %s for %s fits it',
  (spec, usage) => {
    expect(unfitReason(operationFor(usage), { spec, usage })).toBeUndefined()
    expect(JSON.stringify(firstRequest('alias/a', spec, usage).request)).not.toContain('undefined')
  },
)

it.each([
  ['SYMMETRIC_DEFAULT', 'SYMMETRIC_DEFAULT', 4096],
  ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
  ['RSA_3072', 'RSAES_OAEP_SHA_256', 318],
  ['RSA_4096', 'RSAES_OAEP_SHA_256', 446],
  ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
  ['SM2', 'SM2PKE', 1024],
] as const)('%s with %s takes %i bytes', (spec, algorithm, most) => {
  expect(plaintextLimits({ spec, usage: 'ENCRYPT_DECRYPT' }, algorithm).most).toBe(most)
})

/**
 * AWS's SDK calls every KMS operation of a served engine and reads every answer; what it saw is the parity sheet
 * docs/parity.md, which is read as a diff when it changes.
 */
import * as sdk from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kmsOperations } from '#lib/kms/operations.ts'
import { constraintCases } from '#lib/testing/constraint-cases.ts'
import { walkThroughKms } from '#lib/testing/kms-scenario.ts'
import { paritySheet } from '#lib/testing/parity-sheet.ts'
import { SDK_OPERATIONS } from '#lib/testing/sdk-shapes.ts'
import { openSdkWorld, type SdkWorld } from '#lib/testing/sdk-world.ts'

let aws: SdkWorld
beforeAll(async () => {
  aws = await openSdkWorld()
  await walkThroughKms(aws)
}, 120_000)
afterAll(() => aws?.close())

const names = kmsOperations.map(({ name }) => name)
const NOT_OFFERED = /^(Create|Update|Connect|Disconnect|Delete)CustomKeyStore$/

/** One broken constraint of every operation that has any; how each is worded is lib/kms/constraints.test.ts. */
const BROKEN = names.flatMap((name) => {
  const { input, broken } =
    constraintCases(name).find(({ rule }) => rule === 'missing' || rule === 'above maximum') ?? {}
  const subject = broken?.[0]?.subject
  return input && subject ? [{ name, input, subject }] : []
})

describe('@aws-sdk/client-kms', () => {
  it.each(names)('%s is answered, and read without complaint', (name) => {
    const asked = aws.journal.filter(({ operation }) => operation === name)
    if (NOT_OFFERED.test(name))
      expect(asked.map(({ error }) => error?.name)).toContain('UnsupportedOperationException')
    else expect(asked.some(({ output }) => output?.$metadata.httpStatusCode === 200)).toBe(true)
  })

  it('has a class of its own for every refusal that its model names', () => {
    const refusals = aws.journal.flatMap(({ operation, error }) => (error ? [{ operation, error }] : []))
    expect(refusals.length).toBeGreaterThan(200)
    for (const { operation, error } of refusals) {
      expect(error, operation).toBeInstanceOf(sdk.KMSServiceException)
      const modelled = SDK_OPERATIONS.get(operation)?.errors.includes(error.name)
      // Each exception of the model is exported under its name.
      if (modelled)
        expect(error).toBeInstanceOf(Reflect.get(sdk, error.name) as typeof sdk.KMSServiceException)
      expect(Reflect.get(error, '$metadata')).toMatchObject({ httpStatusCode: 400 })
    }
  })

  it('is never answered with a fault of ours', () => {
    const faults = aws.journal.filter(({ error }) => error && Reflect.get(error, '$fault') === 'server')
    expect(faults).toEqual([])
  })

  it.each(BROKEN)('a broken constraint of $name arrives as it was said', async ({ name, input, subject }) => {
    const types = new Map(SDK_OPERATIONS.get(name)?.input.map(({ path, type }) => [path, type]))
    const blobs = Object.entries(input).map(([member, value]) => [
      member,
      types.get(member) === 'blob' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
    ])
    const { name: code, message } = await aws.refusal(name, Object.fromEntries(blobs))
    expect(code).toBe('ValidationException')
    expect(message).toContain(`${subject} failed to satisfy constraint: `)
  })
})

describe('the parity sheet', () => {
  it('has no hole but custom key stores', async () => {
    const { text, holes, stale } = paritySheet(aws.journal)
    expect({ holes, stale }).toEqual({ holes: [], stale: [] })
    await expect(text).toMatchFileSnapshot('../../../docs/parity.md')
  })
})

/**
 * Every constraint of the inputs of IAM and STS, broken once through the door by somebody who may do nothing: what is wrong
 * with a request is said before anybody asks who sends it, in AWS's words, which name the member.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { answersIn, brokenInputs } from '#lib/testing/schema-cases.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { iamOperations } from './operations.ts'
import { stsOperations } from './sts-operations.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const operations: readonly AnyOperation[] = [...stsOperations, ...iamOperations].filter(
  ({ service }) => service === 'STS' || service === 'IAM',
)
const swept = operations.map((operation) => ({
  name: `${operation.service}.${operation.name}`,
  cases: brokenInputs(operation.input),
}))

describe('a broken constraint', () => {
  it.each(swept.filter(({ cases }) => cases.length > 0))(
    'of $name is a ValidationException in AWS’s words',
    async ({ name, cases }) => {
      const wrong: string[] = []
      for (const { path, rule, input } of cases) {
        const { code, message } = await world.as('stranger').refusal(name, input)
        if (code !== 'ValidationException' || !answersIn(message, path))
          wrong.push(`${path}, ${rule}: ${code}: ${message}`)
      }
      expect(wrong).toEqual([])
    },
  )

  it('was found in every member that has any', () => {
    const counted = swept.flatMap(({ cases }) => cases).length
    // Most members have three: this would fall if the schemas could no longer be read.
    expect(counted).toBeGreaterThan(600)
    const bare = swept.filter(({ cases }) => cases.length === 0).map(({ name }) => name)
    expect(bare.sort()).toEqual([
      'IAM.GetAccountSummary',
      'IAM.ListOpenIDConnectProviders',
      'STS.GetCallerIdentity',
    ])
  })
})

/**
 * Every constraint of AWS's model, broken once through the door by somebody who may do nothing: what is wrong with a
 * request is said before anybody asks who sends it (facts §2.1, step 4).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  admittedInputs,
  constraintCases,
  leastInput,
  requiredMembers,
  says,
} from '#lib/testing/constraint-cases.ts'
import { DIFFERENCES, KMS_MODEL, shownPath } from '#lib/testing/kms-constraints.ts'
import { SDK_OPERATIONS } from '#lib/testing/sdk-shapes.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { kmsOperations } from './operations.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const names = kmsOperations.map(({ name }) => name)
const stranger = () => world.as('stranger')

/** What is not as the model says, a line for each. */
async function faults(name: string): Promise<string[]> {
  const found: string[] = []
  for (const one of constraintCases(name)) {
    const { code, message } = await stranger().refusal(name, one.input)
    const right =
      one.broken === null
        ? code === 'SerializationException'
        : code === 'ValidationException' && says(message, one)
    if (!right) found.push(`${one.member}, ${one.rule}: ${code}: ${message.slice(0, 300)}`)
  }
  return found
}

describe('the model', () => {
  it('has every operation of the newest SDK, and they are ours', () => {
    const sorted = [...names].sort()
    expect(Object.keys(KMS_MODEL.operations).sort()).toEqual(sorted)
    expect([...SDK_OPERATIONS.keys()].sort()).toEqual(sorted)
  })

  it('has every member of the newest SDK', () => {
    for (const [name, { input, output }] of SDK_OPERATIONS) {
      const known = KMS_MODEL.operations[name]
      expect(Object.keys(known?.input ?? {})).toEqual(input.map(({ path }) => path))
      expect(known?.output).toEqual(output.map(({ path }) => path))
    }
  })

  it('has every member that differs', () => {
    for (const { member } of DIFFERENCES) {
      const [operation = '', ...path] = member.split('.')
      expect(KMS_MODEL.operations[operation]?.input, member).toHaveProperty([path.join('.')])
    }
  })
})

describe('a broken constraint', () => {
  it.each(names)('of %s is a ValidationException in AWS’s words', async (name) => {
    expect(await faults(name)).toEqual([])
  })

  it.each(names.filter((name) => requiredMembers(name).length > 1))(
    '%s counts what is missing',
    async (name) => {
      const { code, message } = await stranger().refusal(name)
      const missing = requiredMembers(name)
      expect(code).toBe('ValidationException')
      expect(message.startsWith(`${missing.length} validation errors detected: `)).toBe(true)
      for (const path of missing)
        expect(message).toContain(
          `Value null at '${shownPath(path)}' failed to satisfy constraint: Member must not be null`,
        )
    },
  )

  it.each(kmsOperations)('is none of what $name admits', ({ name, input: schema }) => {
    const refused = admittedInputs(name).filter(({ input }) => !schema.safeParse(input).success)
    expect(refused.map(({ member, input }) => `${member}: ${JSON.stringify(input).slice(0, 200)}`)).toEqual(
      [],
    )
  })

  it.each(names)('%s asks for permission when nothing is broken', async (name) => {
    expect((await stranger().refusal(name, leastInput(name))).code).not.toMatch(/^Ser/)
  })

  it('of a window is judged after the permission, by the service and not the model', async () => {
    const { KeyId } = (await world.as('admin').call('CreateKey')).KeyMetadata
    for (const PendingWindowInDays of [6, 31]) {
      const input = { KeyId, PendingWindowInDays }
      expect((await stranger().refusal('ScheduleKeyDeletion', input)).code).toBe('AccessDeniedException')
      expect(await world.as('admin').refusal('ScheduleKeyDeletion', input)).toMatchObject({
        code: 'ValidationException',
        message: expect.stringContaining('between 7 and 30'),
      })
    }
  })
})

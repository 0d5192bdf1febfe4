/**
 * Who may do what, but for keys: every principal × every operation of IAM, STS, CloudTrail and Keyhouse, in the world's
 * first account. The columns of sessions are those of a role that may do everything there: one as wide as the role, one
 * whose own policy leaves it reading IAM. The committed table who-may-what.txt is read as a diff when it changes.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { openExamples } from '#lib/testing/iam-examples.ts'
import {
  answerOf,
  type Calling,
  type Line,
  type TwoSessions,
  table,
  twoSessions,
} from '#lib/testing/who-may-what.ts'
import { allOperations, openWorld, type World } from '#lib/testing/world.ts'
import { identityOperations } from './operations.ts'

const PEOPLE = ['root', 'admin', 'alice', 'carol', 'stranger', 'outsider'] as const
const SESSIONS = ['session', 'narrowed'] as const
type Column = (typeof PEOPLE)[number] | (typeof SESSIONS)[number]
const COLUMNS: readonly Column[] = [...PEOPLE, ...SESSIONS]

/** Not asked by a principal: whoever shows a provider's token signs nothing (web-identity.test.ts). */
const UNSIGNED = ['STS.AssumeRoleWithWebIdentity']

const nameOf = ({ service, name }: AnyOperation) => `${service}.${name}`
const swept = [...allOperations, ...identityOperations].filter(
  (operation) => operation.service !== 'KMS' && !UNSIGNED.includes(nameOf(operation)),
)

let world: World
let sessions: TwoSessions
let examples: Awaited<ReturnType<typeof openExamples>>
beforeAll(async () => {
  world = await openWorld()
  examples = await openExamples(world)
  const narrowedTo = ['iam:Get*', 'iam:List*']
  sessions = await twoSessions(world, { role: 'operator', may: ['*'], narrowedTo })
})
afterAll(() => world?.close())

const calling = (column: Column): Calling =>
  column === 'session' || column === 'narrowed' ? sessions[column] : world.as(column)

/** Whoever is refused changes nothing, nor does reading: only a change needs new things after it. */
async function line(operation: AnyOperation): Promise<Line> {
  const example = examples.get(nameOf(operation))
  const cells: string[] = []
  let input: object | undefined
  for (const column of COLUMNS) {
    input ??= await example?.()
    const cell = await answerOf(world, calling(column), [operation, input ?? {}])
    if (cell === 'yes' && operation.class !== 'read') input = undefined
    cells.push(cell)
  }
  return [nameOf(operation), cells]
}

it('every operation is swept', () => {
  expect([...examples.keys()].sort()).toEqual(swept.map(nameOf).sort())
})

it('who may what is what who-may-what.txt says', async () => {
  const lines: Line[] = [['an account of admin and a role', COLUMNS]]
  for (const operation of swept) lines.push(await line(operation))
  await expect(table(lines)).toMatchFileSnapshot('./who-may-what.txt')
}, 120_000)

/** What is taken from somebody by IAM is taken on every engine once it is acknowledged (R52). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOn, type Elsewhere } from '#lib/testing/elsewhere.ts'
import { newUser } from '#lib/testing/made-people.ts'
import { histories, type Revocation } from '#lib/testing/revocation-histories.ts'
import { OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const allow = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

let world: World
/** The administrator on the first engine; a user of the same account, and one of another, on the second. */
let admin: Elsewhere
let user: Elsewhere
let outsider: Elsewhere
let UserName: string
let PolicyArn: string
let boundary: string
const GroupName = 'users-of-keys'

beforeAll(async () => {
  world = await openWorld()
  const second = await world.another()
  const person = await newUser(world, 'dora')
  UserName = person.principal.name
  admin = callsOn(world.engine, world.as('admin'))
  user = callsOn(second, person)
  outsider = callsOn(second, world.as('outsider'))
  const policy = async (PolicyName: string, PolicyDocument: string) =>
    (await admin.call('CreatePolicy', { PolicyName, PolicyDocument })).Policy.Arn as string
  PolicyArn = await policy('use', allow('kms:Encrypt'))
  boundary = await policy('look', allow('kms:DescribeKey'))
  await admin.call('CreateGroup', { GroupName })
  await admin.call('PutGroupPolicy', { GroupName, PolicyName: 'use', PolicyDocument: allow('kms:Encrypt') })
})
afterAll(() => world?.close())

const attached: Revocation = {
  revoke: () => admin.call('DetachUserPolicy', { UserName, PolicyArn }),
  restore: () => admin.call('AttachUserPolicy', { UserName, PolicyArn }),
}
const member: Revocation = {
  revoke: () => admin.call('RemoveUserFromGroup', { GroupName, UserName }),
  restore: () => admin.call('AddUserToGroup', { GroupName, UserName }),
}
const bounded: Revocation = {
  revoke: () => admin.call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary: boundary }),
  restore: () => admin.call('DeleteUserPermissionsBoundary', { UserName }),
}
const guarded: Revocation = {
  revoke: () =>
    admin.call('PutGuardrail', {
      ...{ AccountId: OTHER_ACCOUNT, Name: 'no-use', Policy: allow('kms:*').replace('Allow', 'Deny') },
    }),
  restore: () => admin.call('DeleteGuardrail', { AccountId: OTHER_ACCOUNT, Name: 'no-use' }),
}

describe('after a revocation on one engine nothing succeeds on another', () => {
  it.each([
    ['a policy that is detached', attached, () => [admin, user] as const, attached],
    ['a group that is left', member, () => [admin, user] as const, member],
    ['a boundary', bounded, () => [admin, user] as const, attached],
    ['a guardrail', guarded, () => [outsider, outsider] as const, undefined],
  ])(
    '%s',
    async (_, of, people, given) => {
      const [owner, client] = people()
      await given?.restore('')
      const newKey = async () => (await owner.call('CreateKey')).KeyMetadata.KeyId as string
      const use = (KeyId: string) => client.refused('Encrypt', { KeyId, Plaintext: 'AA==' })
      const { succeededBefore, refusedAfter, violations } = await histories(
        { newKey, use, of },
        { lanes: 1, each: 25 },
      )
      await given?.revoke('')
      expect(violations).toBe(0)
      expect(refusedAfter).toBe(50)
      expect(succeededBefore).toBeGreaterThan(0)
    },
    60_000,
  )
})

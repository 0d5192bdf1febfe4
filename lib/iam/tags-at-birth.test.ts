/** Whatever is made with tags needs the permission for tags as well: they may be what policies go by. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { letUser, type NewPerson, newUser } from '#lib/testing/iam.ts'
import { allowing, document, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let maker: NewPerson
beforeAll(async () => {
  world = await openWorld()
  maker = await newUser(world, 'maker')
  await letUser(world, 'maker', 'iam:Create*')
})
afterAll(() => world?.close())

it.each<[string, string, object]>([
  ['user', 'TagUser', { UserName: 'made' }],
  [
    'role',
    'TagRole',
    { RoleName: 'made', AssumeRolePolicyDocument: document(trusting(`arn:aws:iam::${ACCOUNT}:root`)) },
  ],
  ['policy', 'TagPolicy', { PolicyName: 'made', PolicyDocument: allowing('kms:Encrypt') }],
  ['OpenIDConnectProvider', 'TagOpenIDConnectProvider', { Url: 'https://made.example' }],
])('a %s with tags asks for iam:%s too', async (kind, tagging, input) => {
  const operation = `Create${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  const withTags = { ...input, Tags: [{ Key: 'team', Value: 'x' }] }
  expect((await maker.refusal(operation, withTags)).message).toContain(
    `is not authorized to perform: iam:${tagging} `,
  )
  expect(await maker.call(operation, input)).not.toEqual({})
})

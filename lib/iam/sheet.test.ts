/** docs/iam.md says what is answered, and what it says of what is not here is so. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { iamSheet } from '#lib/testing/iam-sheet.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { iamOperations } from './operations.ts'
import { stsOperations } from './sts-operations.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const answered = [...stsOperations, ...iamOperations].filter(
  ({ service }) => service === 'STS' || service === 'IAM',
)

it('the sheet is docs/iam.md', async () => {
  await expect(iamSheet(answered)).toMatchFileSnapshot('../../docs/iam.md')
})

it('there is no managed policy of AWS’s', async () => {
  const admin = world.as('admin')
  await admin.call('CreateRole', {
    RoleName: 'reader',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: admin.principal.arn }, Action: 'sts:AssumeRole' }],
    }),
  })
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const refusal = await admin.refusal('AttachRolePolicy', { RoleName: 'reader', PolicyArn })
  expect(refusal.code).toBe('NoSuchEntity')
  expect((await admin.call('ListPolicies', { Scope: 'AWS' })).Policies).toEqual([])
})

it('tags of MFA devices are refused, not forgotten', async () => {
  const Tags = [{ Key: 'a', Value: 'b' }]
  const input = { VirtualMFADeviceName: 'phone', Tags }
  expect((await world.as('admin').refusal('CreateVirtualMFADevice', input)).code).toBe(
    'UnsupportedOperationException',
  )
})

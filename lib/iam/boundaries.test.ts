import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession, newUser } from '#lib/testing/made-people.ts'
import { ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let made = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const next = () => `bounded-${++made}`
const allow = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const newPolicy = async (document: string): Promise<string> =>
  (await admin().call('CreatePolicy', { PolicyName: next(), PolicyDocument: document })).Policy.Arn
const newKey = async (): Promise<string> => (await admin().call('CreateKey')).KeyMetadata.KeyId
const keyArn = (id: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
})

describe('a boundary', () => {
  it('refuses a user in AWS’s words, from the moment it is set until it is gone', async () => {
    const user = await newUser(world, next())
    const UserName = user.principal.name
    const KeyId = await newKey()
    await admin().call('PutUserPolicy', { UserName, PolicyName: 'use', PolicyDocument: allow('kms:*') })
    await user.call('Encrypt', { KeyId, Plaintext: 'AA==' })
    const PermissionsBoundary = await newPolicy(allow('kms:Describe*'))
    await admin().call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary })
    expect(await user.refusal('Encrypt', { KeyId, Plaintext: 'AA==' })).toMatchObject({
      code: 'AccessDeniedException',
      message:
        `User: ${user.principal.arn} is not authorized to perform: kms:Encrypt on resource: ${keyArn(KeyId)} ` +
        'because no permissions boundary allows the kms:Encrypt action',
    })
    await user.call('DescribeKey', { KeyId })
    const { User } = await admin().call('GetUser', { UserName })
    expect(User.PermissionsBoundary).toEqual({
      ...{ PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: PermissionsBoundary },
    })
    await admin().call('DeleteUserPermissionsBoundary', { UserName })
    await user.call('Encrypt', { KeyId, Plaintext: 'AA==' })
    expect((await admin().refusal('DeleteUserPermissionsBoundary', { UserName })).code).toBe('NoSuchEntity')
  })

  it('that denies, denies a role whatever gives it', async () => {
    const deny = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' },
      ],
    })
    const RoleName = next()
    const { Role } = await admin().call('CreateRole', {
      ...{ RoleName, AssumeRolePolicyDocument: TRUST, PermissionsBoundary: await newPolicy(deny) },
    })
    await admin().call('PutRolePolicy', { RoleName, PolicyName: 'all', PolicyDocument: allow('*') })
    const session = await newSession(world, admin(), Role)
    const KeyId = await newKey()
    expect((await session.refusal('Encrypt', { KeyId, Plaintext: 'AA==' })).message).toMatch(
      /with an explicit deny in a permissions boundary/,
    )
    await admin().call('PutRolePermissionsBoundary', {
      RoleName,
      PermissionsBoundary: await newPolicy(allow('*')),
    })
    await session.call('Encrypt', { KeyId, Plaintext: 'AA==' })
    await admin().call('DeleteRolePermissionsBoundary', { RoleName })
    expect((await admin().call('GetRole', { RoleName })).Role).not.toHaveProperty('PermissionsBoundary')
  })

  it('gives nothing by itself', async () => {
    const user = await newUser(world, next())
    const boundary = { UserName: user.principal.name, PermissionsBoundary: await newPolicy(allow('*')) }
    await admin().call('PutUserPermissionsBoundary', boundary)
    expect((await user.refusal('Encrypt', { KeyId: await newKey(), Plaintext: 'AA==' })).message).toMatch(
      /no identity-based policy allows/,
    )
  })

  it('is what a delegated administrator must give to whom they make', async () => {
    const boundary = await newPolicy(allow('kms:*'))
    const delegate = await newUser(world, next())
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          ...{
            Effect: 'Allow',
            Action: ['iam:CreateUser', 'iam:CreateRole', 'iam:PutUserPolicy'],
            Resource: '*',
          },
          Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
        },
      ],
    })
    await admin().call('PutUserPolicy', {
      UserName: delegate.principal.name,
      PolicyName: 'x',
      PolicyDocument,
    })
    const RoleName = next()
    const role = { RoleName, AssumeRolePolicyDocument: TRUST }
    expect((await delegate.refusal('CreateRole', role)).code).toBe('AccessDeniedException')
    await delegate.call('CreateRole', { ...role, PermissionsBoundary: boundary })
    const UserName = next()
    await delegate.call('CreateUser', { UserName, PermissionsBoundary: boundary })
    await delegate.call('PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: allow('*') })
    expect(
      (await delegate.refusal('PutUserPolicy', { UserName: 'bob', PolicyName: 'own', PolicyDocument })).code,
    ).toBe('AccessDeniedException')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let made = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const next = () => `thing-${++made}`
const allow = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const USE = allow('kms:Encrypt', 'kms:DescribeKey')
const LOOK = allow('kms:DescribeKey')
const newPolicy = async (PolicyDocument = USE, more: object = {}) =>
  (await admin().call('CreatePolicy', { PolicyName: next(), PolicyDocument, ...more })).Policy as Record<
    string,
    string
  >
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
})

describe('a managed policy', () => {
  it('is shown as it was made', async () => {
    const more = { Path: '/kms/', Description: 'Uses keys', Tags: [{ Key: 'team', Value: 'web' }] }
    const policy = await newPolicy(USE, more)
    expect(policy).toMatchObject({
      ...more,
      ...{
        PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
        DefaultVersionId: 'v1',
        AttachmentCount: 0,
      },
      ...{ PermissionsBoundaryUsageCount: 0, IsAttachable: true },
      Arn: `arn:aws:iam::${ACCOUNT}:policy/kms/${policy.PolicyName}`,
    })
    expect((await admin().call('GetPolicy', { PolicyArn: policy.Arn })).Policy).toEqual(policy)
    const { PolicyVersion } = await admin().call('IAM.GetPolicyVersion', {
      PolicyArn: policy.Arn,
      VersionId: 'v1',
    })
    expect(decodeURIComponent(PolicyVersion.Document)).toBe(USE)
    expect(PolicyVersion.Document).not.toMatch(/[*":,]/)
  })

  it.each([
    [
      'one of AWS’s',
      `arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser`,
      'NoSuchEntity',
      /was not found/,
    ],
    ['one of another account', `arn:aws:iam::444455556666:policy/any`, 'NoSuchEntity', /was not found/],
    [
      'one there is none of',
      `arn:aws:iam::${ACCOUNT}:policy/none`,
      'NoSuchEntity',
      /policy\/none was not found\.$/,
    ],
    ['a user', `arn:aws:iam::${ACCOUNT}:user/alice`, 'InvalidInput', /^ARN .* is not valid\.$/],
    ['no ARN at all', 'this is no ARN of any thing', 'InvalidInput', /is not valid/],
    ['too little', 'arn:x', 'ValidationException', /length greater than or equal to 20/],
  ])('is not found by the ARN of %s', async (_, PolicyArn, code, message) => {
    expect(await admin().refusal('GetPolicy', { PolicyArn })).toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  const long = (characters: number) => {
    const frame = allow('kms:').length
    return allow(`kms:${'x'.repeat(characters - frame)}`)
  }
  it.each([
    ['no JSON', '{', 'MalformedPolicyDocument', /invalid Json/],
    [
      'a principal',
      USE.replace('"Action"', '"Principal":"*","Action"'),
      'MalformedPolicyDocument',
      /should not specify a principal/,
    ],
    ['an action of no service', allow('Encrypt'), 'MalformedPolicyDocument', /prefaced by a vendor/],
    ['6,145 characters', long(6145), 'LimitExceeded', /^Cannot exceed quota for PolicySize: 6144$/],
  ])('is refused with %s', async (_, PolicyDocument, code, message) => {
    expect(await admin().refusal('CreatePolicy', { PolicyName: next(), PolicyDocument })).toMatchObject({
      ...{ code, message: expect.stringMatching(message) },
    })
  })

  it('has 6,144 characters, and white space beside', async () => {
    const PolicyDocument = long(6144).replace('{', `{${'\n '.repeat(500)}`)
    await expect(newPolicy(PolicyDocument)).resolves.toBeDefined()
  })

  it('has a name that differs from others by more than case and path', async () => {
    const { PolicyName } = await newPolicy()
    const twin = { PolicyName: String(PolicyName).toUpperCase(), Path: '/other/', PolicyDocument: USE }
    expect(await admin().refusal('CreatePolicy', twin)).toMatchObject({
      ...{
        code: 'EntityAlreadyExists',
        message: expect.stringMatching(/Duplicate names are not allowed\.$/),
      },
    })
  })

  it('has five versions at most, whose numbers are not given twice, and one in force', async () => {
    const { Arn: PolicyArn } = await newPolicy(LOOK)
    const add = (more: object = {}) =>
      admin().call('CreatePolicyVersion', { PolicyArn, PolicyDocument: USE, ...more })
    for (let n = 2; n <= 5; n++) await add({ SetAsDefault: String(n === 3) })
    const versions = async () =>
      (await admin().call('IAM.ListPolicyVersions', { PolicyArn })).Versions.map(
        (version: Record<string, unknown>) => `${version.VersionId}${version.IsDefaultVersion ? '*' : ''}`,
      )
    expect(await versions()).toEqual(['v5', 'v4', 'v3*', 'v2', 'v1'])
    expect(
      (await admin().refusal('CreatePolicyVersion', { PolicyArn, PolicyDocument: USE })).message,
    ).toMatch(
      /^A managed policy can have up to 5 versions\. Before you create a new version, you must delete an existing version\.$/,
    )
    expect(await admin().refusal('DeletePolicyVersion', { PolicyArn, VersionId: 'v3' })).toMatchObject({
      ...{ code: 'DeleteConflict', message: 'Cannot delete the default version of a policy.' },
    })
    await admin().call('DeletePolicyVersion', { PolicyArn, VersionId: 'v5' })
    await admin().call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' })
    await add()
    expect(await versions()).toEqual(['v6', 'v4', 'v3', 'v2', 'v1*'])
    expect(await admin().refusal('IAM.GetPolicyVersion', { PolicyArn, VersionId: 'v5' })).toMatchObject({
      code: 'NoSuchEntity',
      message: `Policy ${PolicyArn} version v5 does not exist or is not attachable.`,
    })
  })

  it('cannot go while it is attached, bounds somebody, or has other versions', async () => {
    const { Arn: PolicyArn } = await newPolicy()
    const refused = async () => (await admin().refusal('DeletePolicy', { PolicyArn })).message
    await admin().call('AttachUserPolicy', { UserName: 'carol', PolicyArn })
    expect(await refused()).toBe('Cannot delete a policy attached to entities.')
    await admin().call('DetachUserPolicy', { UserName: 'carol', PolicyArn })
    await admin().call('PutUserPermissionsBoundary', { UserName: 'carol', PermissionsBoundary: PolicyArn })
    expect(await refused()).toBe('Cannot delete a policy attached to entities.')
    await admin().call('DeleteUserPermissionsBoundary', { UserName: 'carol' })
    await admin().call('CreatePolicyVersion', { PolicyArn, PolicyDocument: LOOK })
    expect(await refused()).toMatch(/^This policy has more than one version\./)
    await admin().call('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' })
    await admin().call('DeletePolicy', { PolicyArn })
    expect((await admin().refusal('DeletePolicy', { PolicyArn })).code).toBe('NoSuchEntity')
  })

  it('has tags whose keys may differ by case alone', async () => {
    const { Arn: PolicyArn } = await newPolicy()
    for (const Key of ['Team', 'team', 'x'])
      await admin().call('TagPolicy', { PolicyArn, Tags: [{ Key, Value: '1' }] })
    await admin().call('UntagPolicy', { PolicyArn, TagKeys: ['x'] })
    expect((await admin().call('ListPolicyTags', { PolicyArn })).Tags).toEqual([
      { Key: 'Team', Value: '1' },
      { Key: 'team', Value: '1' },
    ])
  })
})

describe('the policies of an account', () => {
  it('are listed by scope, use and path, page by page', async () => {
    const Path = `/${next()}/`
    const [a, b, c] = [
      await newPolicy(USE, { Path }),
      await newPolicy(USE, { Path }),
      await newPolicy(USE, { Path }),
    ]
    await admin().call('AttachUserPolicy', { UserName: 'bob', PolicyArn: a?.Arn })
    await admin().call('PutUserPermissionsBoundary', { UserName: 'bob', PermissionsBoundary: b?.Arn })
    const list = async (more: object) =>
      (await admin().call('ListPolicies', { PathPrefix: Path, ...more })).Policies.map(
        (policy: Record<string, string>) => policy.Arn,
      )
    expect(await list({})).toEqual([a?.Arn, b?.Arn, c?.Arn])
    expect(await list({ Scope: 'AWS' })).toEqual([])
    expect(await list({ Scope: 'Local', OnlyAttached: 'true' })).toEqual([a?.Arn, b?.Arn])
    expect(await list({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual([b?.Arn])
    const first = await admin().call('ListPolicies', { PathPrefix: Path, MaxItems: '2' })
    expect(await list({ MaxItems: '2', Marker: first.Marker })).toEqual([c?.Arn])
    await admin().call('DeleteUserPermissionsBoundary', { UserName: 'bob' })
  })

  it('say who has them', async () => {
    const { Arn: PolicyArn } = await newPolicy()
    const RoleName = next()
    await admin().call('CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: TRUST,
      PermissionsBoundary: PolicyArn,
    })
    await admin().call('AttachUserPolicy', { UserName: 'carol', PolicyArn })
    const entities = (more: object = {}) => admin().call('ListEntitiesForPolicy', { PolicyArn, ...more })
    expect(await entities()).toMatchObject({
      ...{
        PolicyUsers: [{ UserName: 'carol' }],
        PolicyRoles: [{ RoleName }],
        PolicyGroups: [],
        IsTruncated: false,
      },
    })
    expect((await entities({ EntityFilter: 'User' })).PolicyRoles).toEqual([])
    expect((await entities({ PolicyUsageFilter: 'PermissionsBoundary' })).PolicyUsers).toEqual([])
    await admin().call('DetachUserPolicy', { UserName: 'carol', PolicyArn })
  })
})

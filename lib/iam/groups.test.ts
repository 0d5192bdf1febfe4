import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUser } from '#lib/testing/iam.ts'
import { ACCOUNT, openWorld, type Person, type World } from '#lib/testing/world.ts'

let world: World
let admin: Person
beforeAll(async () => {
  world = await openWorld()
  admin = world.as('admin')
  await admin.call('CreateGroup', { GroupName: 'Auditors', Path: '/ops/' })
})
afterAll(() => world.close())

const allow = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

describe('a group', () => {
  it('is told of with who is in it', async () => {
    await admin.call('AddUserToGroup', { GroupName: 'Auditors', UserName: 'carol' })
    expect(await admin.call('GetGroup', { GroupName: 'auditors' })).toMatchObject({
      Group: {
        Path: '/ops/',
        GroupName: 'Auditors',
        GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/),
        Arn: `arn:aws:iam::${ACCOUNT}:group/ops/Auditors`,
      },
      Users: [{ UserName: 'carol' }],
      IsTruncated: false,
    })
    expect((await admin.call('ListGroupsForUser', { UserName: 'carol' })).Groups).toMatchObject([
      { GroupName: 'Auditors' },
    ])
    expect((await admin.call('ListGroups', { PathPrefix: '/ops/' })).Groups).toHaveLength(1)
    expect((await admin.call('ListGroups', { PathPrefix: '/other/' })).Groups).toEqual([])
  })

  it('has a member once, and may be left by who is not in it', async () => {
    const input = { GroupName: 'Auditors', UserName: 'carol' }
    await admin.call('AddUserToGroup', input)
    expect((await admin.call('GetGroup', { GroupName: 'Auditors' })).Users).toHaveLength(1)
    await admin.call('RemoveUserFromGroup', { ...input, UserName: 'bob' })
    expect((await admin.call('GetGroup', { GroupName: 'Auditors' })).Users).toHaveLength(1)
  })

  it.each([
    [
      'CreateGroup',
      { GroupName: 'AUDITORS' },
      'EntityAlreadyExists',
      'Group with name AUDITORS already exists.',
    ],
    [
      'CreateGroup',
      { GroupName: 'Аuditors' },
      'ValidationException',
      /^The specified value for groupName is invalid/,
    ],
    ['GetGroup', { GroupName: 'none' }, 'NoSuchEntity', 'The group with name none cannot be found.'],
    ['AddUserToGroup', { GroupName: 'none', UserName: 'bob' }, 'NoSuchEntity', /group with name none/],
    ['AddUserToGroup', { GroupName: 'Auditors', UserName: 'none' }, 'NoSuchEntity', /user with name none/],
    ['UpdateGroup', { GroupName: 'none', NewPath: '/x/' }, 'NoSuchEntity', /none/],
    [
      'GetGroupPolicy',
      { GroupName: 'Auditors', PolicyName: 'none' },
      'NoSuchEntity',
      /policy with name none/,
    ],
    [
      'AttachGroupPolicy',
      { GroupName: 'Auditors', PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/none` },
      'NoSuchEntity',
      /none does not exist or is not attachable/,
    ],
    [
      'PutGroupPolicy',
      { GroupName: 'Auditors', PolicyName: 'odd', PolicyDocument: '{"Version":"2012-10-17"}' },
      'MalformedPolicyDocument',
      /./,
    ],
    [
      'PutGroupPolicy',
      { GroupName: 'Auditors', PolicyName: 'long', PolicyDocument: allow(`kms:${'x'.repeat(5200)}`) },
      'LimitExceeded',
      'Maximum policy size of 5120 bytes exceeded for group Auditors',
    ],
  ])('%s %o is refused', async (name, input, code, message) => {
    const refusal = await admin.refusal(name, input)
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
  })

  it.each(['GetGroup', 'DeleteGroup', 'ListGroupPolicies', 'ListAttachedGroupPolicies'])(
    'is hidden by %s from who may not, whether it is there or not',
    async (name) => {
      for (const GroupName of ['Auditors', 'none'])
        expect(await world.as('stranger').refusal(name, { GroupName })).toMatchObject({
          code: 'AccessDeniedException',
          message: expect.stringContaining(`iam:${name} on resource: group ${GroupName} because`),
        })
    },
  )

  it('takes no user into more than ten', async () => {
    const names = Array.from({ length: 11 }, (_, n) => `of-many-${n}`)
    for (const GroupName of names) await admin.call('CreateGroup', { GroupName })
    for (const GroupName of names.slice(0, 10))
      await admin.call('AddUserToGroup', { GroupName, UserName: 'bob' })
    expect(await admin.refusal('AddUserToGroup', { GroupName: names[10], UserName: 'bob' })).toMatchObject({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for GroupsPerUser: 10',
    })
    await admin.call('AddUserToGroup', { GroupName: names[0], UserName: 'bob' })
  })

  it('keeps its members when it is renamed', async () => {
    const before = (await admin.call('GetGroup', { GroupName: 'Auditors' })).Group
    await admin.call('UpdateGroup', { GroupName: 'Auditors', NewGroupName: 'Readers', NewPath: '/' })
    const after = await admin.call('GetGroup', { GroupName: 'Readers' })
    expect(after.Group).toEqual({
      ...before,
      Path: '/',
      GroupName: 'Readers',
      Arn: `arn:aws:iam::${ACCOUNT}:group/Readers`,
    })
    expect(after.Users).toMatchObject([{ UserName: 'carol' }])
    expect(
      (await admin.refusal('UpdateGroup', { GroupName: 'Readers', NewGroupName: 'of-many-1' })).code,
    ).toBe('EntityAlreadyExists')
  })
})

describe('what a group may, its members may from the next call on', () => {
  it('by an inline policy, by an attached one, and no longer without', async () => {
    const ida = await newUser(world, 'ida')
    const GroupName = 'Lists'
    await admin.call('CreateGroup', { GroupName })
    await admin.call('PutGroupPolicy', {
      GroupName,
      PolicyName: 'keys',
      PolicyDocument: allow('kms:ListKeys'),
    })
    const { Policy } = await admin.call('CreatePolicy', {
      PolicyName: 'aliases',
      Path: '/ops/',
      PolicyDocument: allow('kms:ListAliases'),
    })
    await admin.call('AttachGroupPolicy', { GroupName, PolicyArn: Policy.Arn })

    expect((await ida.refusal('ListKeys')).code).toBe('AccessDeniedException')
    await admin.call('AddUserToGroup', { GroupName, UserName: 'ida' })
    await ida.call('ListKeys')
    await ida.call('ListAliases')

    await admin.call('DetachGroupPolicy', { GroupName, PolicyArn: Policy.Arn })
    expect((await ida.refusal('ListAliases')).code).toBe('AccessDeniedException')
    await ida.call('ListKeys')
    await admin.call('RemoveUserFromGroup', { GroupName, UserName: 'ida' })
    expect((await ida.refusal('ListKeys')).code).toBe('AccessDeniedException')
    expect((await admin.refusal('DetachGroupPolicy', { GroupName, PolicyArn: Policy.Arn })).code).toBe(
      'NoSuchEntity',
    )
  })

  it('is listed and given back as it was put', async () => {
    const GroupName = 'Lists'
    await admin.call('PutGroupPolicy', { GroupName, PolicyName: 'two', PolicyDocument: allow('kms:List*') })
    expect((await admin.call('ListGroupPolicies', { GroupName })).PolicyNames).toEqual(['keys', 'two'])
    const { PolicyDocument } = await admin.call('GetGroupPolicy', { GroupName, PolicyName: 'two' })
    expect(PolicyDocument).toMatch(/^%7B%22Version/)
    expect(decodeURIComponent(PolicyDocument)).toBe(allow('kms:List*'))
    const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/ops/aliases`
    await admin.call('AttachGroupPolicy', { GroupName, PolicyArn })
    expect((await admin.call('ListAttachedGroupPolicies', { GroupName })).AttachedPolicies).toEqual([
      { PolicyName: 'aliases', PolicyArn },
    ])
    const elsewhere = { GroupName, PathPrefix: '/elsewhere/' }
    expect((await admin.call('ListAttachedGroupPolicies', elsewhere)).AttachedPolicies).toEqual([])
  })
})

describe('a group that is to go', () => {
  it('must be empty of users, attached policies and inline ones, in this order', async () => {
    const GroupName = 'Lists'
    await admin.call('AddUserToGroup', { GroupName, UserName: 'ida' })
    const why = async () => {
      const { code, message } = await admin.refusal('DeleteGroup', { GroupName })
      expect(code).toBe('DeleteConflict')
      return message
    }
    expect(await why()).toBe('Cannot delete entity, must remove users from group first.')
    await admin.call('RemoveUserFromGroup', { GroupName, UserName: 'ida' })
    expect(await why()).toBe('Cannot delete entity, must detach all policies first.')
    const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/ops/aliases`
    await admin.call('DetachGroupPolicy', { GroupName, PolicyArn })
    expect(await why()).toBe('Cannot delete entity, must delete policies first.')
    for (const PolicyName of ['keys', 'two']) await admin.call('DeleteGroupPolicy', { GroupName, PolicyName })
    await admin.call('DeleteGroup', { GroupName })
    expect((await admin.refusal('GetGroup', { GroupName })).code).toBe('NoSuchEntity')
  })
})

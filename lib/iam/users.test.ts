import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { letUser, newUser } from '#lib/testing/iam.ts'
import {
  ACCOUNT,
  type Answer,
  OTHER_ACCOUNT,
  openWorld,
  type Person,
  type World,
} from '#lib/testing/world.ts'

let world: World
let admin: Person
beforeAll(async () => {
  world = await openWorld()
  admin = world.as('admin')
})
afterAll(() => world.close())

const arn = (rest: string) => `arn:aws:iam::${ACCOUNT}:user${rest}`
const epoch = async () =>
  BigInt((await world.sql('SELECT epoch FROM keyhouse.account WHERE id = $1', [ACCOUNT]))[0]?.epoch)

describe('a user', () => {
  it('is made with a path and tags, and told of', async () => {
    const Tags = [{ Key: 'team', Value: 'payments' }]
    const { User } = await admin.call('CreateUser', { UserName: 'Dora', Path: '/ops/', Tags })
    expect(User).toEqual({
      Path: '/ops/',
      UserName: 'Dora',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: arn('/ops/Dora'),
      CreateDate: expect.any(Date),
      Tags,
    })
    expect((await admin.call('GetUser', { UserName: 'Dora' })).User).toEqual(User)
  })

  it('is found in whatever case, and keeps its own', async () => {
    expect((await admin.call('GetUser', { UserName: 'DORA' })).User.UserName).toBe('Dora')
  })

  it('leaves an event of iam.amazonaws.com with what CloudTrail tells of it', async () => {
    const [event] = await world.events('CreateUser')
    expect(event).toMatchObject({
      eventSource: 'iam.amazonaws.com',
      readOnly: false,
      requestParameters: { userName: 'Dora', path: '/ops/', tags: [{ key: 'team', value: 'payments' }] },
      responseElements: { user: { userName: 'Dora', arn: arn('/ops/Dora') } },
      resources: [{ type: 'AWS::IAM::User', ARN: arn('/ops/Dora') }],
    })
    expect((await world.events('GetUser'))[0]?.readOnly).toBe(true)
  })

  it.each([
    [
      'of a name that is taken',
      { UserName: 'alice' },
      'EntityAlreadyExists',
      'User with name alice already exists.',
    ],
    [
      'of one that differs by case',
      { UserName: 'ALICE' },
      'EntityAlreadyExists',
      'User with name ALICE already exists.',
    ],
    [
      'of a name that only looks like another',
      { UserName: 'аlice' },
      'ValidationException',
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'of a name in full width',
      { UserName: 'ａｌｉｃｅ' },
      'ValidationException',
      /^The specified value for userName/,
    ],
    ['with a space', { UserName: 'a b' }, 'ValidationException', /^The specified value for userName/],
    ['without a name', {}, 'ValidationException', /Value null at 'userName'/],
    ['with an empty name', { UserName: '' }, 'ValidationException', /length greater than or equal to 1$/],
    [
      'with a long name',
      { UserName: 'a'.repeat(65) },
      'ValidationException',
      /length less than or equal to 64$/,
    ],
    [
      'with a path that does not end',
      { UserName: 'x', Path: '/ops' },
      'ValidationException',
      /^The specified value for path is invalid. It must begin and end with \//,
    ],
    [
      'with a tag twice',
      {
        UserName: 'x',
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'with a tag of odd characters',
      { UserName: 'x', Tags: [{ Key: 'a', Value: '<' }] },
      'ValidationException',
      /at 'tags.1.member.value'/,
    ],
    ['with a tag of AWS', { UserName: 'x', Tags: [{ Key: 'AWS:x', Value: '' }] }, 'InvalidInput', /reserved/],
    [
      'bounded by a policy that is not there',
      { UserName: 'x', PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/none` },
      'NoSuchEntity',
      /none does not exist or is not attachable/,
    ],
  ])('is not made %s', async (_, input, code, message) => {
    const refusal = await admin.refusal('CreateUser', input)
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
  })

  it('is the one who asks where none is named', async () => {
    const erin = await newUser(world, 'erin')
    await letUser(world, 'erin', 'iam:GetUser')
    expect((await erin.call('GetUser')).User.Arn).toBe(arn('/erin'))
    const { User } = await world.as('root').call('GetUser')
    expect(User).toMatchObject({ UserId: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:root` })
  })

  it('is made once however often the same call is sent', async () => {
    const again = { invocationId: '0f8fad5b-d9cb-469f-a165-70867728950e', bodyHash: Buffer.alloc(32, 7) }
    const first = await admin.call('CreateUser', { UserName: 'once' }, again)
    const second = await admin.call('CreateUser', { UserName: 'once' }, again)
    expect(second).toEqual(first)
  })
})

describe('who may not', () => {
  it.each([
    ['GetUser', { UserName: 'alice' }, 'user alice'],
    ['GetUser', { UserName: 'nobody' }, 'user nobody'],
    ['UpdateUser', { UserName: 'Dora', NewPath: '/x/' }, 'user Dora'],
    ['TagUser', { UserName: 'nobody', Tags: [] }, 'user nobody'],
    ['ListUserTags', { UserName: 'dora' }, 'user dora'],
    ['CreateAccessKey', { UserName: 'nobody' }, 'user nobody'],
    ['DeleteLoginProfile', { UserName: 'nobody' }, 'user nobody'],
    ['ListGroupsForUser', { UserName: 'nobody' }, 'user nobody'],
  ])('%s %o learns nothing of who exists', async (name, input, shown) => {
    const refusal = await world.as('stranger').refusal(name, input)
    expect(refusal.code).toBe('AccessDeniedException')
    expect(refusal.message).toBe(
      `User: ${arn('/stranger')} is not authorized to perform: iam:${name} on resource: ${shown} ` +
        `because no identity-based policy allows the iam:${name} action`,
    )
  })

  it('sees another account’s users no more than its own nobody', async () => {
    const refusal = await world.as('outsider').refusal('GetUser', { UserName: 'alice' })
    expect(refusal).toMatchObject({
      code: 'NoSuchEntity',
      message: 'The user with name alice cannot be found.',
    })
  })

  it('may do to one path what it may not to another', async () => {
    const fay = await newUser(world, 'fay')
    await admin.call('PutUserPolicy', {
      UserName: 'fay',
      PolicyName: 'ops',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: arn('/ops/*') }],
      }),
    })
    expect((await fay.call('GetUser', { UserName: 'Dora' })).User.UserName).toBe('Dora')
    expect((await fay.refusal('GetUser', { UserName: 'alice' })).code).toBe('AccessDeniedException')
    expect((await fay.refusal('GetUser', { UserName: 'nobody' })).code).toBe('AccessDeniedException')
  })
})

describe('tags of users', () => {
  it('are set, replaced in whatever case, listed and removed', async () => {
    const UserName = 'Dora'
    await admin.call('TagUser', {
      UserName,
      Tags: [
        { Key: 'Team', Value: 'core' },
        { Key: 'a', Value: '' },
      ],
    })
    expect((await admin.call('ListUserTags', { UserName })).Tags).toEqual([
      { Key: 'Team', Value: 'core' },
      { Key: 'a', Value: '' },
    ])
    await admin.call('UntagUser', { UserName, TagKeys: ['TEAM', 'not there'] })
    expect(await admin.call('ListUserTags', { UserName })).toEqual({
      Tags: [{ Key: 'a', Value: '' }],
      IsTruncated: false,
    })
  })

  it('are fifty at most', async () => {
    const tags = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ Key: `k${from + n}`, Value: 'v' }))
    await admin.call('TagUser', { UserName: 'bob', Tags: tags(0, 50) })
    expect((await admin.refusal('TagUser', { UserName: 'bob', Tags: tags(50, 1) })).code).toBe(
      'LimitExceeded',
    )
    await admin.call('TagUser', { UserName: 'bob', Tags: tags(49, 1) })
  })

  it('decide the very next call', async () => {
    const gus = await newUser(world, 'gus')
    await admin.call('PutUserPolicy', {
      UserName: 'gus',
      PolicyName: 'tagged',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: 'kms:ListKeys',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/role': 'auditor' } },
        },
      }),
    })
    expect((await gus.refusal('ListKeys')).code).toBe('AccessDeniedException')
    await admin.call('TagUser', { UserName: 'gus', Tags: [{ Key: 'role', Value: 'auditor' }] })
    await gus.call('ListKeys')
    await admin.call('UntagUser', { UserName: 'gus', TagKeys: ['role'] })
    expect((await gus.refusal('ListKeys')).code).toBe('AccessDeniedException')
  })
})

describe('lists of users', () => {
  const pages = async (input: object): Promise<Answer[]> => {
    const found: Answer[] = []
    let Marker: string | undefined
    do {
      const page = await admin.call('ListUsers', { ...input, MaxItems: '2', ...(Marker && { Marker }) })
      expect(page.Users.length).toBeLessThanOrEqual(2)
      found.push(...page.Users)
      Marker = page.Marker
      expect(page.IsTruncated).toBe(Marker !== undefined)
    } while (Marker !== undefined)
    return found
  }

  it('come in pages that hold everybody once', async () => {
    const names = (await pages({})).map(({ UserName }) => UserName)
    expect(names).toEqual((await admin.call('ListUsers')).Users.map((user: Answer) => user.UserName))
    expect(names).toEqual([...new Set(names)])
    expect(names).toContain('Dora')
    expect(names).not.toContain('outsider')
  })

  it('can be of one path', async () => {
    expect((await pages({ PathPrefix: '/ops/' })).map(({ UserName }) => UserName)).toEqual(['Dora'])
  })

  it('take no marker of another list', async () => {
    const { Marker } = await admin.call('ListUsers', { MaxItems: 1 })
    for (const input of [{ Marker: 'x' }, { Marker, PathPrefix: '/ops/' }])
      expect(await admin.refusal('ListUsers', input)).toMatchObject({
        code: 'ValidationException',
        message: 'Invalid Marker.',
      })
    expect((await world.as('outsider').refusal('ListUsers', { Marker })).code).toBe('ValidationException')
  })
})

describe('a rename', () => {
  it('keeps the id, and whatever named the user goes on doing so', async () => {
    const hal = await newUser(world, 'hal')
    const { KeyMetadata: key } = await admin.call('CreateKey')
    const policy = (principal: string) => ({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        { Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:Encrypt', Resource: '*' },
      ],
    })
    await admin.call('PutKeyPolicy', { KeyId: key.KeyId, Policy: JSON.stringify(policy(hal.arn)) })
    const grant = { KeyId: key.KeyId, GranteePrincipal: hal.arn, Operations: ['GenerateDataKey'] }
    await admin.call('CreateGrant', grant)
    const use = async () => {
      await hal.call('Encrypt', { KeyId: key.KeyId, Plaintext: 'AA==' })
      await hal.call('GenerateDataKey', { KeyId: key.KeyId, KeySpec: 'AES_256' })
    }
    await use()
    await admin.call('UpdateUser', { UserName: 'hal', NewUserName: 'harriet', NewPath: '/ops/' })
    const { User } = await admin.call('GetUser', { UserName: 'harriet' })
    expect(User).toMatchObject({ UserId: hal.id, Arn: arn('/ops/harriet') })
    expect((await admin.refusal('GetUser', { UserName: 'hal' })).code).toBe('NoSuchEntity')
    await use()
    const { Policy } = await admin.call('GetKeyPolicy', { KeyId: key.KeyId })
    expect(JSON.parse(Policy)).toEqual(policy(arn('/ops/harriet')))
    // Whoever comes under the old name is somebody else.
    const other = await newUser(world, 'hal')
    expect((await other.refusal('Encrypt', { KeyId: key.KeyId, Plaintext: 'AA==' })).code).toBe(
      'AccessDeniedException',
    )
  })

  it('may be of case only', async () => {
    await admin.call('UpdateUser', { UserName: 'erin', NewUserName: 'Erin' })
    expect((await admin.call('GetUser', { UserName: 'erin' })).User.UserName).toBe('Erin')
  })

  it.each([
    ['onto another user', { UserName: 'bob', NewUserName: 'ALICE' }, 'EntityAlreadyExists'],
    ['of nobody', { UserName: 'nobody', NewUserName: 'x' }, 'NoSuchEntity'],
    ['to a name that is none', { UserName: 'bob', NewUserName: 'ｂ' }, 'ValidationException'],
  ])('%s is refused', async (_, input, code) => {
    expect((await admin.refusal('UpdateUser', input)).code).toBe(code)
  })
})

describe('changes of an account’s identities', () => {
  it('made at once all happen, each by itself', async () => {
    const before = await epoch()
    const names = Array.from({ length: 24 }, (_, n) => `at-once-${n}`)
    await Promise.all(names.map((UserName) => admin.call('CreateUser', { UserName })))
    const { Users } = await admin.call('ListUsers', { MaxItems: 1000 })
    expect(Users.map((user: Answer) => user.UserName)).toEqual(expect.arrayContaining(names))
    expect(await epoch()).toBe(before + 24n)
  })

  it('of two engines at once both happen', async () => {
    const other = await world.another()
    const { callsOn } = await import('#lib/testing/elsewhere.ts')
    const there = callsOn(other, admin)
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => [
        admin.call('CreateUser', { UserName: `here-${n}` }),
        there.call('CreateUser', { UserName: `there-${n}` }),
      ]).flat(),
    )
    expect((await there.call('GetUser', { UserName: 'here-5' })).User.UserName).toBe('here-5')
  })

  it('of one name at once: one is made, the others hear that it is there', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => admin.call('CreateUser', { UserName: 'rival' })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason.code).toBe('EntityAlreadyExists')
  })

  it('leave other accounts alone', async () => {
    const [before] = await world.sql('SELECT epoch FROM keyhouse.account WHERE id = $1', [OTHER_ACCOUNT])
    await admin.call('CreateUser', { UserName: 'quiet' })
    expect(await world.sql('SELECT epoch FROM keyhouse.account WHERE id = $1', [OTHER_ACCOUNT])).toEqual([
      before,
    ])
  })
})

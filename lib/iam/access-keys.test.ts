import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsWith, letUser, type NewPerson, newUser } from '#lib/testing/iam.ts'
import { ACCOUNT, openWorld, type Person, type World } from '#lib/testing/world.ts'

let world: World
let admin: Person
let jo: NewPerson
beforeAll(async () => {
  world = await openWorld()
  admin = world.as('admin')
  jo = await newUser(world, 'jo')
  await letUser(world, 'jo', 'kms:ListKeys', 'iam:*AccessKey*')
})
afterAll(() => world.close())

describe('an access key', () => {
  it('has its secret in one answer, and never in the log', async () => {
    expect(jo.accessKey).toEqual({
      id: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secret: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    })
    const { AccessKeyMetadata } = await admin.call('ListAccessKeys', { UserName: 'jo' })
    expect(AccessKeyMetadata).toEqual([
      { UserName: 'jo', AccessKeyId: jo.accessKey.id, Status: 'Active', CreateDate: expect.any(Date) },
    ])
    const [event] = await world.events('CreateAccessKey')
    expect(event?.responseElements.accessKey).toEqual({
      accessKeyId: jo.accessKey.id,
      status: 'Active',
      userName: 'jo',
    })
    const logged = await world.sql("SELECT convert_from(body, 'UTF8') AS body FROM audit.event")
    expect(logged.length).toBeGreaterThan(0)
    for (const { body } of logged) expect(body).not.toContain(jo.accessKey.secret)
  })

  it('may be one’s own', async () => {
    const { AccessKey } = await jo.call('CreateAccessKey')
    expect(AccessKey.UserName).toBe('jo')
    expect((await jo.call('ListAccessKeys')).AccessKeyMetadata).toHaveLength(2)
    await jo.call('DeleteAccessKey', { AccessKeyId: AccessKey.AccessKeyId })
  })

  it('is one of two at most', async () => {
    const { AccessKey } = await admin.call('CreateAccessKey', { UserName: 'jo' })
    expect(await admin.refusal('CreateAccessKey', { UserName: 'jo' })).toMatchObject({
      code: expect.stringMatching(/^LimitExceeded/),
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    })
    await admin.call('DeleteAccessKey', { UserName: 'jo', AccessKeyId: AccessKey.AccessKeyId })
  })

  it('of the root is the root’s own', async () => {
    const root = world.as('root')
    const { AccessKeyMetadata } = await root.call('ListAccessKeys')
    expect(AccessKeyMetadata).toMatchObject([{ UserName: undefined, AccessKeyId: root.accessKey.id }])
  })

  it.each([
    ['UpdateAccessKey', { AccessKeyId: 'AKIA2222222222222222', Status: 'Inactive' }],
    ['DeleteAccessKey', { AccessKeyId: 'AKIA2222222222222222' }],
    ['GetAccessKeyLastUsed', { AccessKeyId: 'AKIA2222222222222222' }],
  ])('that is not there: %s says so', async (name, input) => {
    const named = name === 'GetAccessKeyLastUsed' ? input : { UserName: 'jo', ...input }
    expect(await admin.refusal(name, named)).toMatchObject({
      code: 'NoSuchEntity',
      message: 'The Access Key with id AKIA2222222222222222 cannot be found.',
    })
    expect((await world.as('stranger').refusal(name, named)).code).toBe('AccessDeniedException')
  })

  it('of somebody else is none of the user’s', async () => {
    const input = { UserName: 'jo', AccessKeyId: world.as('bob').accessKey.id }
    expect((await admin.refusal('DeleteAccessKey', input)).code).toBe('NoSuchEntity')
    const foreign = { AccessKeyId: world.as('outsider').accessKey.id }
    expect((await admin.refusal('GetAccessKeyLastUsed', foreign)).code).toBe('NoSuchEntity')
  })

  it('has one of two states', async () => {
    const input = { UserName: 'jo', AccessKeyId: jo.accessKey.id, Status: 'Asleep' }
    expect((await admin.refusal('UpdateAccessKey', input)).code).toBe('ValidationException')
  })
})

describe('an access key that is taken away stops at once, on every engine', () => {
  it('when it is deactivated, until it is activated again', async () => {
    const other = await world.another()
    const there = callsWith(other, jo.accessKey.id)
    await there('ListKeys')
    const input = { UserName: 'jo', AccessKeyId: jo.accessKey.id }
    await admin.call('UpdateAccessKey', { ...input, Status: 'Inactive' })
    for (const call of [there, jo.call])
      await expect(call('ListKeys')).rejects.toMatchObject({ code: 'UnrecognizedClientException' })
    await admin.call('UpdateAccessKey', { ...input, Status: 'Active' })
    await jo.call('ListKeys')
    await there('ListKeys')
  })

  it('when it is deleted, by itself too', async () => {
    const { AccessKey } = await admin.call('CreateAccessKey', { UserName: 'jo' })
    const call = callsWith(world.engine, AccessKey.AccessKeyId)
    await call('ListKeys')
    await call('DeleteAccessKey', { AccessKeyId: AccessKey.AccessKeyId })
    await expect(call('ListKeys')).rejects.toMatchObject({ code: 'UnrecognizedClientException' })
  })
})

describe('the last use of an access key', () => {
  it('is N/A before the first', async () => {
    const { AccessKey } = await admin.call('CreateAccessKey', { UserName: 'jo' })
    expect(await admin.call('GetAccessKeyLastUsed', { AccessKeyId: AccessKey.AccessKeyId })).toEqual({
      UserName: 'jo',
      AccessKeyLastUsed: { LastUsedDate: undefined, ServiceName: 'N/A', Region: 'N/A' },
    })
  })

  it('says which service and where', async () => {
    await jo.call('ListKeys')
    const { AccessKeyLastUsed } = await admin.call('GetAccessKeyLastUsed', { AccessKeyId: jo.accessKey.id })
    expect(AccessKeyLastUsed).toEqual({
      LastUsedDate: expect.any(Date),
      ServiceName: 'kms',
      Region: 'eu-west-1',
    })
  })
})

describe('an account', () => {
  it('has one alias at most, which no other account has', async () => {
    await admin.call('CreateAccountAlias', { AccountAlias: 'first-name' })
    await admin.call('CreateAccountAlias', { AccountAlias: 'acme' })
    expect(await admin.call('ListAccountAliases')).toEqual({ AccountAliases: ['acme'], IsTruncated: false })
    const outsider = world.as('outsider')
    expect(await outsider.refusal('CreateAccountAlias', { AccountAlias: 'acme' })).toMatchObject({
      code: 'EntityAlreadyExists',
      message: 'The account alias acme already exists.',
    })
    expect((await outsider.refusal('DeleteAccountAlias', { AccountAlias: 'acme' })).code).toBe('NoSuchEntity')
    await outsider.call('CreateAccountAlias', { AccountAlias: 'first-name' })
    await admin.call('DeleteAccountAlias', { AccountAlias: 'acme' })
    expect((await admin.call('ListAccountAliases')).AccountAliases).toEqual([])
  })

  it.each(['ab', 'Acme', '-acme', 'ac--me', 'acme_', '123456789012', 'settings', 'àcme'])(
    'cannot be called %s',
    async (AccountAlias) => {
      expect((await admin.refusal('CreateAccountAlias', { AccountAlias })).code).toBe('ValidationException')
    },
  )

  it('is counted', async () => {
    const { SummaryMap } = await admin.call('GetAccountSummary')
    const { Users } = await admin.call('ListUsers', { MaxItems: 1000 })
    expect(SummaryMap.get('Users')).toBe(Users.length)
    expect(SummaryMap.get('AccountAccessKeysPresent')).toBe(1)
    expect(SummaryMap.get('AccessKeysPerUserQuota')).toBe(2)
  })

  it.each([
    ['ListSSHPublicKeys', 'SSHPublicKeys'],
    ['ListSigningCertificates', 'Certificates'],
    ['ListServiceSpecificCredentials', 'ServiceSpecificCredentials'],
    ['ListMFADevices', 'MFADevices'],
  ])('answers %s with an empty list to those who may ask', async (name, member) => {
    expect((await admin.call(name, { UserName: 'jo' }))[member]).toEqual([])
    expect((await admin.refusal(name, { UserName: 'nobody' })).code).toBe('NoSuchEntity')
    expect((await world.as('stranger').refusal(name, { UserName: 'nobody' })).code).toBe(
      'AccessDeniedException',
    )
  })

  it('has a root that is no user', async () => {
    expect((await world.as('root').call('GetUser')).User.Arn).toBe(`arn:aws:iam::${ACCOUNT}:root`)
  })
})

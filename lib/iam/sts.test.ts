import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  allowing,
  callAs,
  document,
  givePolicy,
  giveRole,
  holderOf,
  refusalOf,
  type Statement,
  trusting,
} from '#lib/testing/sessions.ts'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let key: string
beforeAll(async () => {
  world = await openWorld()
  const made = await world.as('admin').call('CreateKey')
  key = made.KeyMetadata.Arn
})
afterAll(() => world?.close())

const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`
const encrypt = () => ({ KeyId: key, Plaintext: 'AA==' })
let count = 0

/** A new role that alice may assume, for which the rest is given. */
const role = (more: Partial<Parameters<typeof giveRole>[1]> = {}) =>
  giveRole(world, { name: `role-${++count}`, trust: document(trusting(ALICE)), ...more })

const assume = (RoleArn: string, more: object = {}) => ({ RoleArn, RoleSessionName: 'work', ...more })
const denial = (arn: string, who = ALICE, action = 'sts:AssumeRole') =>
  `User: ${who} is not authorized to perform: ${action} on resource: ${arn}`

describe('AssumeRole', () => {
  it('gives credentials that use a key at once', async () => {
    const arn = await role({ name: 'worker', path: '/jobs/', policies: [allowing('kms:Encrypt')] })
    const output = await world.as('alice').call('AssumeRole', assume(arn))
    expect(output).toMatchObject({
      AssumedRoleUser: {
        AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:work$/),
        Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/work`,
      },
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      },
    })
    expect(output.PackedPolicySize).toBeUndefined()
    const left = output.Credentials.Expiration.getTime() - Date.now()
    expect(left / 1000).toBeGreaterThan(3590)
    expect(left / 1000).toBeLessThanOrEqual(3600)
    const session = await holderOf(world, output)
    expect((await session.call('Encrypt', encrypt())).KeyId).toBe(key)
    expect(await session.call('GetCallerIdentity')).toEqual({
      UserId: output.AssumedRoleUser.AssumedRoleId,
      Account: ACCOUNT,
      Arn: output.AssumedRoleUser.Arn,
    })
    expect((await session.refusal('DescribeKey', { KeyId: key })).message).toContain(
      'because no identity-based policy allows the kms:DescribeKey action',
    )
  })

  it('is an event without secret or token, and the session’s own events name the role', async () => {
    const arn = await role({ name: 'logged', policies: [allowing('kms:Encrypt')] })
    const output = await world.as('alice').call('AssumeRole', assume(arn, { ExternalId: 'ticket' }))
    const event = (await world.events('AssumeRole')).at(-1)
    expect(event).toMatchObject({
      eventSource: 'sts.amazonaws.com',
      readOnly: true,
      requestParameters: { roleArn: arn, roleSessionName: 'work', externalId: 'ticket' },
      responseElements: { credentials: { accessKeyId: output.Credentials.AccessKeyId } },
      resources: [{ accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: arn }],
    })
    expect(JSON.stringify(event)).not.toContain(output.Credentials.SecretAccessKey)
    expect(JSON.stringify(event)).not.toContain(output.Credentials.SessionToken)
    await (await holderOf(world, output)).call('Encrypt', encrypt())
    expect((await world.events('Encrypt')).at(-1)?.userIdentity).toMatchObject({
      type: 'AssumedRole',
      arn: output.AssumedRoleUser.Arn,
      accessKeyId: output.Credentials.AccessKeyId,
      sessionContext: { sessionIssuer: { type: 'Role', arn, userName: 'logged' } },
    })
  })

  it('keeps neither the secret nor the token where a reader of the database finds it', async () => {
    const output = await world.as('alice').call('AssumeRole', assume(await role()))
    const rows = await world.sql('SELECT * FROM keyhouse.temporary_credential WHERE id = $1', [
      output.Credentials.AccessKeyId,
    ])
    expect(rows).toHaveLength(1)
    const held = Buffer.concat(Object.values(rows[0] ?? {}).map((value) => Buffer.from(String(value))))
    for (const secret of [output.Credentials.SecretAccessKey, output.Credentials.SessionToken])
      expect(held.includes(secret)).toBe(false)
    await world.sql(
      `UPDATE keyhouse.temporary_credential SET secret_sealed = (SELECT secret_sealed FROM keyhouse.access_key LIMIT 1) WHERE id = $1`,
      [output.Credentials.AccessKeyId],
    )
    await expect(
      world.engine.services.identities.byAccessKey(output.Credentials.AccessKeyId),
    ).rejects.toThrow()
  })

  it.each<[string, string, Statement[]]>([
    ['is not named by the trust policy', 'bob', [trusting(ALICE)]],
    ['is only of an account that it trusts, and has no policy of its own', 'bob', [trusting(ACCOUNT)]],
    ['is denied by it', 'alice', [trusting(ALICE), { ...trusting(ALICE), Effect: 'Deny' }]],
  ])('is refused to one who %s', async (_, who, trust) => {
    const arn = await role({ trust: document(...trust) })
    const refusal = await world.as(who).refusal('AssumeRole', assume(arn))
    expect(refusal.code).toBe('AccessDeniedException')
    expect(refusal.message).toBe(denial(arn, world.as(who).principal.arn))
  })

  it.each([
    ['of one’s own account', arnOf('nobody')],
    ['of another account', `arn:aws:iam::${OTHER_ACCOUNT}:role/nobody`],
    ['of an account that is not here', 'arn:aws:iam::999999999999:role/nobody'],
    ['of another partition', `arn:aws-cn:iam::${ACCOUNT}:role/worker`],
  ])('says of a role %s that is not there what it says of one that is closed', async (_, arn) => {
    const refusal = await world.as('alice').refusal('AssumeRole', assume(arn))
    expect([refusal.code, refusal.message]).toEqual(['AccessDeniedException', denial(arn)])
    expect(Reflect.get(refusal, 'decision') === undefined).toBe(!arn.includes(ACCOUNT))
  })

  it('needs both sides where the role is another account’s', async () => {
    const arn = await role({ trust: document(trusting(OTHER_ACCOUNT)), policies: [allowing('kms:Encrypt')] })
    const session = await holderOf(world, await world.as('outsider').call('AssumeRole', assume(arn)))
    expect((await session.call('Encrypt', encrypt())).KeyId).toBe(key)
    const closed = await role({ trust: document(trusting(ALICE)) })
    expect((await world.as('outsider').refusal('AssumeRole', assume(closed))).code).toBe(
      'AccessDeniedException',
    )
    const theirs = await giveRole(world, {
      ...{ name: 'theirs', account: OTHER_ACCOUNT },
      trust: document(trusting(`arn:aws:iam::${ACCOUNT}:user/bob`)),
    })
    // Named across accounts, bob still needs a policy of his own.
    expect((await world.as('bob').refusal('AssumeRole', assume(theirs))).message).toBe(
      denial(theirs, world.as('bob').principal.arn),
    )
  })

  it('is not for the account’s root', async () => {
    const arn = await role({ trust: document(trusting(ACCOUNT)) })
    expect((await world.as('root').refusal('AssumeRole', assume(arn))).message).toBe(
      'Roles may not be assumed by root accounts.',
    )
  })

  it.each<[string, Record<string, unknown>, object, object]>([
    [
      'an external id',
      { 'sts:ExternalId': 'ticket-7' },
      { ExternalId: 'ticket-7' },
      { ExternalId: 'ticket-8' },
    ],
    ['a session name', { 'sts:RoleSessionName': `\${aws:username}` }, { RoleSessionName: 'alice' }, {}],
    [
      'a tag',
      { 'aws:RequestTag/team': 'shop' },
      { Tags: [{ Key: 'team', Value: 'shop' }] },
      { Tags: [{ Key: 'team', Value: 'bank' }] },
    ],
    ['a source identity', { 'sts:SourceIdentity': 'al' }, { SourceIdentity: 'al' }, {}],
  ])('may ask for %s', async (_, StringEquals, good, bad) => {
    const Action = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
    const arn = await role({ trust: document(trusting(ALICE, { Action, Condition: { StringEquals } })) })
    expect((await world.as('alice').call('AssumeRole', assume(arn, good))).Credentials).toBeDefined()
    expect((await world.as('alice').refusal('AssumeRole', assume(arn, bad))).code).toBe(
      'AccessDeniedException',
    )
    expect((await world.as('alice').refusal('AssumeRole', assume(arn))).code).toBe('AccessDeniedException')
  })

  it.each<[string, string, object]>([
    [
      'a session longer than the role’s maximum',
      'exceeds the MaxSessionDuration set',
      { DurationSeconds: 3601 },
    ],
    ['less than 900 seconds', 'greater than or equal to 900', { DurationSeconds: '899' }],
    ['a role that is none', 'is invalid', { RoleArn: `arn:aws:iam::${ACCOUNT}:user/alice` }],
    [
      'two tags of one name',
      'Duplicate tag keys',
      {
        Tags: [
          { Key: 'A', Value: '' },
          { Key: 'a', Value: '' },
        ],
      },
    ],
    ['a tag of AWS’s', 'reserved', { Tags: [{ Key: 'aws:x', Value: '' }] }],
    ['a transitive tag that is not passed', 'must be included', { TransitiveTagKeys: ['x'] }],
    [
      'a managed policy that is not there',
      'does not exist',
      { PolicyArns: [{ arn: `arn:aws:iam::${ACCOUNT}:policy/none` }] },
    ],
  ])('refuses %s', async (_, text, more) => {
    const refusal = await world.as('alice').refusal('AssumeRole', assume(await role(), more))
    expect([refusal.code, refusal.message]).toEqual(['ValidationException', expect.stringContaining(text)])
  })

  it.each<[string, string, object]>([
    ['that is no policy', 'MalformedPolicyDocumentException', { Policy: '{}' }],
    ['that is too long', 'PackedPolicyTooLarge', { Policy: allowing(`kms:${'x'.repeat(2048)}`) }],
  ])('refuses a session policy %s', async (_, code, more) => {
    expect((await world.as('alice').refusal('AssumeRole', assume(await role(), more))).code).toBe(code)
  })

  it('narrows the session by its policy, and says how much room it took', async () => {
    const arn = await role({ policies: [allowing('kms:*')] })
    const output = await world
      .as('alice')
      .call('AssumeRole', assume(arn, { Policy: allowing('kms:DescribeKey') }))
    expect(output.PackedPolicySize).toBe(Math.ceil((allowing('kms:DescribeKey').length / 2048) * 100))
    const session = await holderOf(world, output)
    expect((await session.call('DescribeKey', { KeyId: key })).KeyMetadata.Arn).toBe(key)
    expect((await session.refusal('Encrypt', encrypt())).message).toContain(
      'because no session policy allows',
    )
  })

  it('hands transitive tags on to the next role, for an hour at most', async () => {
    const Action = ['sts:AssumeRole', 'sts:TagSession']
    const byTag = document({
      ...{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' },
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop', 'aws:PrincipalTag/of': 'role' } },
    })
    const second = await role({
      ...{ name: 'second', seconds: 43_200, policies: [byTag], tags: { of: 'role', team: 'none' } },
      trust: document(trusting(arnOf('first'), { Action })),
    })
    const first = await role({
      name: 'first',
      trust: document(trusting(ALICE, { Action })),
      policies: [allowing('sts:AssumeRole', 'sts:TagSession')],
    })
    const Tags = [
      { Key: 'team', Value: 'shop' },
      { Key: 'shift', Value: 'night' },
    ]
    const output = await world
      .as('alice')
      .call('AssumeRole', assume(first, { Tags, TransitiveTagKeys: ['team'] }))
    const chained = await holderOf(world, output)
    const next = await holderOf(world, await chained.call('AssumeRole', assume(second)))
    expect((await next.call('Encrypt', encrypt())).KeyId).toBe(key)
    expect(
      (await chained.refusal('AssumeRole', assume(second, { DurationSeconds: 3601 }))).message,
    ).toContain('role chaining')
    const again = { Tags: [{ Key: 'TEAM', Value: 'bank' }] }
    expect((await chained.refusal('AssumeRole', assume(second, again))).message).toContain('conflicts')
  })

  it('needs a permission of its own to pass tags', async () => {
    const arn = await role()
    const refusal = await world
      .as('alice')
      .refusal('AssumeRole', assume(arn, { Tags: [{ Key: 'a', Value: 'b' }] }))
    expect(refusal.message).toBe(denial(arn, ALICE, 'sts:TagSession'))
  })

  it('keeps a source identity through the chain', async () => {
    const Action = ['sts:AssumeRole', 'sts:SetSourceIdentity']
    const second = await role({ name: 'kept-2', trust: document(trusting(arnOf('kept-1'), { Action })) })
    const first = await role({
      name: 'kept-1',
      trust: document(trusting(ALICE, { Action })),
      policies: [allowing('sts:*')],
    })
    const output = await world.as('alice').call('AssumeRole', assume(first, { SourceIdentity: 'alice' }))
    const session = await holderOf(world, output)
    expect((await session.call('AssumeRole', assume(second))).SourceIdentity).toBe('alice')
    expect(
      (await session.refusal('AssumeRole', assume(second, { SourceIdentity: 'bob' }))).message,
    ).toContain('sts:SetSourceIdentity')
  })

  it('stops when the role stops trusting, at once, also from another account', async () => {
    const arn = await role({ name: 'fickle', trust: document(trusting(OTHER_ACCOUNT)) })
    const outsider = world.as('outsider')
    await outsider.call('AssumeRole', assume(arn))
    const PolicyDocument = document(trusting(ALICE))
    await world.as('admin').call('UpdateAssumeRolePolicy', { RoleName: 'fickle', PolicyDocument })
    expect((await outsider.refusal('AssumeRole', assume(arn))).code).toBe('AccessDeniedException')
  })
})

describe('a role’s session', () => {
  it('ends when it is revoked, on every engine', async () => {
    const arn = await role({ policies: [allowing('kms:Encrypt')] })
    const output = await world.as('alice').call('AssumeRole', assume(arn))
    const session = await holderOf(world, output)
    await session.call('Encrypt', encrypt())
    const elsewhere = await world.another()
    expect(await elsewhere.services.identities.byAccessKey(output.Credentials.AccessKeyId)).toBeDefined()
    await world.sql('UPDATE keyhouse.temporary_credential SET revoked_at = now() WHERE id = $1', [
      output.Credentials.AccessKeyId,
    ])
    await world.sql('UPDATE keyhouse.account SET epoch = epoch + 1 WHERE id = $1', [ACCOUNT])
    expect((await session.refusal('Encrypt', encrypt())).code).toBe('UnrecognizedClientException')
    const there = await refusalOf(callAs(elsewhere, session.caller, 'Encrypt', encrypt()))
    expect(there.code).toBe('UnrecognizedClientException')
  })

  it.each(['GetSessionToken'])('cannot call %s', async (name) => {
    const session = await holderOf(world, await world.as('alice').call('AssumeRole', assume(await role())))
    expect((await session.refusal(name)).message).toBe(`Cannot call ${name} with session credentials`)
  })

  it('has no second factor, whatever its opener showed', async () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
    const only = document({ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*', Condition })
    const session = await holderOf(
      world,
      await world.as('alice').call('AssumeRole', assume(await role({ policies: [only] }))),
    )
    expect((await session.refusal('Encrypt', encrypt())).code).toBe('AccessDeniedException')
  })
})

describe('GetSessionToken', () => {
  it('gives a user credentials that are as good as their own', async () => {
    const output = await world.as('admin').call('GetSessionToken', {})
    const left = (output.Credentials.Expiration.getTime() - Date.now()) / 1000
    expect(left).toBeGreaterThan(43_190)
    const session = await holderOf(world, output)
    expect((await session.call('Encrypt', encrypt())).KeyId).toBe(key)
    expect((await session.call('GetCallerIdentity')).Arn).toBe(world.as('admin').principal.arn)
  })

  it.each([
    ['GetSessionToken', {}, 'AccessDeniedException'],
    ['GetAccessKeyInfo', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'AccessDeniedException'],
    ['ListUsers', {}, 'UnrecognizedClientException'],
  ])('credentials without a second factor cannot call %s', async (name, input, code) => {
    const session = await holderOf(world, await world.as('admin').call('GetSessionToken', {}))
    expect((await session.refusal(name, input)).code).toBe(code)
  })

  it('credentials assume roles', async () => {
    const arn = await role()
    const session = await holderOf(world, await world.as('alice').call('GetSessionToken', {}))
    expect((await session.call('AssumeRole', assume(arn))).Credentials).toBeDefined()
  })

  it('gives the root an hour', async () => {
    const output = await world.as('root').call('GetSessionToken', { DurationSeconds: 43_200 })
    expect((output.Credentials.Expiration.getTime() - Date.now()) / 1000).toBeLessThanOrEqual(3600)
  })
})

describe('GetAccessKeyInfo', () => {
  it('names the account of an access key of either kind', async () => {
    const admin = world.as('admin')
    const { Credentials } = await world.as('alice').call('GetSessionToken', {})
    for (const AccessKeyId of [world.as('outsider').accessKey.id, Credentials.AccessKeyId]) {
      const Account = AccessKeyId.startsWith('ASIA') ? ACCOUNT : OTHER_ACCOUNT
      expect(await admin.call('GetAccessKeyInfo', { AccessKeyId })).toEqual({ Account })
    }
    expect((await admin.refusal('GetAccessKeyInfo', { AccessKeyId: 'AKIANOBODYNOBODY' })).code).toBe(
      'ValidationException',
    )
    expect(
      (await world.as('bob').refusal('GetAccessKeyInfo', { AccessKeyId: admin.accessKey.id })).code,
    ).toBe('AccessDeniedException')
  })
})

describe('a user who is named by an identity policy', () => {
  it('assumes a role that trusts the account', async () => {
    const arn = await role({ trust: document(trusting(ACCOUNT)) })
    await givePolicy(world, 'carol', document({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn }))
    expect((await world.as('carol').call('AssumeRole', assume(arn))).Credentials).toBeDefined()
  })
})

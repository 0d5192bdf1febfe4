import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const trust = (...principals: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' }],
  })
const ROOT = `arn:aws:iam::${ACCOUNT}:root`

let world: World
let made = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
/** A role of its own for a test; gives its name. */
async function newRole(more: object = {}): Promise<string> {
  const RoleName = `role-${++made}`
  await admin().call('CreateRole', { RoleName, AssumeRolePolicyDocument: trust(ROOT), ...more })
  return RoleName
}
const getRole = async (RoleName: string) => (await admin().call('GetRole', { RoleName })).Role

describe('a role', () => {
  it('is shown as it was made, its trust policy percent-encoded', async () => {
    const AssumeRolePolicyDocument = trust(ROOT)
    const { Role } = await admin().call('CreateRole', {
      ...{ RoleName: 'deployer', Path: '/jobs/', AssumeRolePolicyDocument, Description: 'Deploys' },
      ...{ MaxSessionDuration: '7200', Tags: [{ Key: 'team', Value: 'web' }] },
    })
    expect(Role).toMatchObject({
      ...{ RoleName: 'deployer', Path: '/jobs/', Arn: `arn:aws:iam::${ACCOUNT}:role/jobs/deployer` },
      ...{
        RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
        Description: 'Deploys',
        MaxSessionDuration: 7200,
      },
      ...{ Tags: [{ Key: 'team', Value: 'web' }], CreateDate: expect.any(Date) },
    })
    expect(Role.AssumeRolePolicyDocument).not.toMatch(/[{}"*:]/)
    expect(decodeURIComponent(Role.AssumeRolePolicyDocument)).toBe(AssumeRolePolicyDocument)
    expect(await getRole('deployer')).toEqual({ ...Role, RoleLastUsed: {} })
    expect(await getRole('DEPLOYER')).toMatchObject({ RoleName: 'deployer' })
  })

  it.each([
    [
      'a name in use, in another case',
      { RoleName: 'TAKEN' },
      'EntityAlreadyExists',
      'Role with name TAKEN already exists.',
    ],
    [
      'a trust policy that is no JSON',
      { AssumeRolePolicyDocument: '{' },
      'MalformedPolicyDocument',
      /invalid Json/,
    ],
    [
      'a trust policy that names nobody there is',
      { AssumeRolePolicyDocument: trust(`arn:aws:iam::${ACCOUNT}:user/nobody`) },
      'MalformedPolicyDocument',
      `Invalid principal in policy: "AWS":"arn:aws:iam::${ACCOUNT}:user/nobody"`,
    ],
    [
      'a session longer than twelve hours',
      { MaxSessionDuration: 43201 },
      'ValidationException',
      /less than or equal to 43200/,
    ],
    [
      'a session shorter than an hour',
      { MaxSessionDuration: '3599' },
      'ValidationException',
      /greater than or equal to 3600/,
    ],
    [
      'a boundary that is no policy here',
      { PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
      'NoSuchEntity',
      'Scope ARN: arn:aws:iam::aws:policy/PowerUserAccess does not exist or is not attachable.',
    ],
    [
      'one tag twice',
      {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      },
      'InvalidInput',
      /Duplicate tag keys/,
    ],
    ['a path that does not end', { Path: '/jobs' }, 'ValidationException', /path is invalid/],
  ])('is refused with %s', async (_, more, code, message) => {
    await admin()
      .call('CreateRole', { RoleName: 'taken', AssumeRolePolicyDocument: trust(ROOT) })
      .catch(() => {})
    const RoleName = `refused-${++made}`
    const refusal = await admin().refusal('CreateRole', {
      ...{ RoleName, AssumeRolePolicyDocument: trust(ROOT) },
      ...more,
    })
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
    expect(await world.sql('SELECT 1 FROM keyhouse.principal WHERE name = $1', [RoleName])).toEqual([])
  })

  it('may trust an account that is not here', async () => {
    await expect(newRole({ AssumeRolePolicyDocument: trust('123456789012') })).resolves.toBeDefined()
  })

  it('is updated: what is not said of the duration falls back to an hour, the description stays', async () => {
    const RoleName = await newRole({ Description: 'first', MaxSessionDuration: 7200 })
    expect(await admin().call('UpdateRole', { RoleName, MaxSessionDuration: 10_800 })).toEqual({})
    expect(await getRole(RoleName)).toMatchObject({ Description: 'first', MaxSessionDuration: 10_800 })
    await admin().call('UpdateRole', { RoleName, Description: 'second' })
    expect(await getRole(RoleName)).toMatchObject({ Description: 'second', MaxSessionDuration: 3600 })
    const { Role } = await admin().call('UpdateRoleDescription', { RoleName, Description: '' })
    expect(Role).not.toHaveProperty('Description')
    const PolicyDocument = trust(`arn:aws:iam::${OTHER_ACCOUNT}:user/outsider`)
    await admin().call('UpdateAssumeRolePolicy', { RoleName, PolicyDocument })
    expect(decodeURIComponent((await getRole(RoleName)).AssumeRolePolicyDocument)).toBe(PolicyDocument)
  })

  it('has tags whose keys differ by more than case', async () => {
    const RoleName = await newRole()
    const tag = (Key: string, Value: string) => admin().call('TagRole', { RoleName, Tags: [{ Key, Value }] })
    await tag('Team', 'one')
    await tag('team', 'two')
    await tag('stage', 'test')
    const { Tags } = await admin().call('ListRoleTags', { RoleName })
    expect(Tags).toEqual([
      { Key: 'stage', Value: 'test' },
      { Key: 'team', Value: 'two' },
    ])
    await admin().call('UntagRole', { RoleName, TagKeys: ['TEAM', 'absent'] })
    expect((await admin().call('ListRoleTags', { RoleName })).Tags).toEqual([{ Key: 'stage', Value: 'test' }])
    expect((await admin().refusal('TagRole', { RoleName, Tags: [{ Key: 'aws:x', Value: '' }] })).code).toBe(
      'InvalidInput',
    )
  })

  it('belongs to no instance profile', async () => {
    const RoleName = await newRole()
    const answer = await admin().call('ListInstanceProfilesForRole', { RoleName })
    expect(answer).toEqual({ InstanceProfiles: [], IsTruncated: false })
  })

  it('shows when a session of it was last at work', async () => {
    const RoleName = await newRole()
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/${RoleName}/nightly`
    await world.sql(
      `INSERT INTO audit.entry (index, event_id, ts, account_id, region, event_source, event_name, class, outcome, read_only,
         source, actor_arn, actor_type) VALUES (1000000, gen_random_uuid(), clock_timestamp(), $1, 'eu-west-1',
         'kms.amazonaws.com', 'Encrypt', 'crypto', 'ok', true, 'wire', $2, 'AssumedRole')`,
      [ACCOUNT, session],
    )
    expect((await getRole(RoleName)).RoleLastUsed).toEqual({
      LastUsedDate: expect.any(Date),
      Region: 'eu-west-1',
    })
    expect((await getRole(await newRole())).RoleLastUsed).toEqual({})
  })
})

describe('the roles of an account', () => {
  it('come page by page, by name, and by the beginning of their path', async () => {
    for (const n of [3, 1, 2]) await newRole({ RoleName: `paged-${n}`, Path: '/paged_/' })
    await newRole({ RoleName: 'paged-4', Path: '/pagedX/' })
    const first = await admin().call('ListRoles', { PathPrefix: '/paged_/', MaxItems: '2' })
    expect(first).toMatchObject({
      IsTruncated: true,
      Roles: [{ RoleName: 'paged-1' }, { RoleName: 'paged-2' }],
    })
    const rest = await admin().call('ListRoles', {
      PathPrefix: '/paged_/',
      MaxItems: '2',
      Marker: first.Marker,
    })
    expect(rest.Roles.map((role: { RoleName: string }) => role.RoleName)).toEqual(['paged-3'])
    expect(rest).not.toHaveProperty('Marker')
    expect((await world.as('outsider').call('ListRoles')).Roles).toEqual([])
  })

  it.each(['CreateRole', 'GetRole', 'DeleteRole', 'TagRole', 'UpdateAssumeRolePolicy', 'AttachRolePolicy'])(
    'are nothing to a stranger: %s is denied alike whether the role exists',
    async (operation) => {
      const input = {
        ...{ AssumeRolePolicyDocument: trust(ROOT), PolicyDocument: trust(ROOT), Tags: [] },
        PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/absent`,
      }
      const there = await world.as('stranger').refusal(operation, { ...input, RoleName: await newRole() })
      const absent = await world.as('stranger').refusal(operation, { ...input, RoleName: 'absent-role' })
      expect([there.code, absent.code]).toEqual(['AccessDeniedException', 'AccessDeniedException'])
      expect(there.message.replace(/role-\d+/, 'absent-role')).toBe(absent.message)
    },
  )

  it('are denied in the words of IAM', async () => {
    expect((await world.as('stranger').refusal('GetRole', { RoleName: 'any' })).message).toBe(
      `User: arn:aws:iam::${ACCOUNT}:user/stranger is not authorized to perform: iam:GetRole on resource: role any ` +
        'because no identity-based policy allows the iam:GetRole action',
    )
  })
})

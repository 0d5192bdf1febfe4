import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteUser, newSession, newUser } from '#lib/testing/made-people.ts'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const UNIQUE_ID = /^A(ID|RO)A[A-Z2-7]{17}$/

let world: World
let made = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const outsider = () => world.as('outsider')
const nextName = () => `person-${++made}`

const statement = (AWS: unknown, ...Action: string[]) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
})
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement }, null, 4)
const naming = (AWS: unknown, root = ROOT) =>
  policyOf(statement(root, 'kms:*'), statement(AWS, 'kms:Encrypt', 'kms:DescribeKey'))

const newKey = async (Policy: string, by = admin()): Promise<string> =>
  (await by.call('CreateKey', { Policy, BypassPolicyLockoutSafetyCheck: true })).KeyMetadata.KeyId
const policyText = async (KeyId: string, by = admin()): Promise<string> =>
  (await by.call('GetKeyPolicy', { KeyId })).Policy
const encrypting = (KeyId: string) => ({ KeyId, Plaintext: 'AA==' })

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'sts:AssumeRole' }],
})
const newRole = async (RoleName: string, AssumeRolePolicyDocument = TRUST) =>
  (await admin().call('CreateRole', { RoleName, AssumeRolePolicyDocument })).Role as {
    Arn: string
    RoleId: string
  }

describe('a user that is deleted', () => {
  it('is an id in the key policies that named it, and the rest of their text stays as it was', async () => {
    const user = await newUser(world, nextName())
    const { arn, id } = user.principal
    const text = `${naming([arn, ROOT]).replaceAll(':', ' :  ').replaceAll(' :  ', ':')}\n\n`
    const key = await newKey(text)
    await user.call('Encrypt', encrypting(key))
    await deleteUser(world, user)
    expect(id).toMatch(UNIQUE_ID)
    expect(await policyText(key)).toBe(text.replace(arn, id))
  })

  it('is nobody to the old policy when it comes back under its name', async () => {
    const user = await newUser(world, nextName())
    const key = await newKey(naming(user.principal.arn))
    await deleteUser(world, user)
    const namesake = await newUser(world, user.principal.name)
    expect(namesake.principal.arn).toBe(user.principal.arn)
    expect((await namesake.refusal('Encrypt', encrypting(key))).code).toBe('AccessDeniedException')
    expect((await user.refusal('Encrypt', encrypting(key))).code).toBe('UnrecognizedClientException')
  })

  it('cannot be named again: a policy with its id is refused', async () => {
    const user = await newUser(world, nextName())
    const key = await newKey(naming(user.principal.arn))
    await deleteUser(world, user)
    const refusal = await admin().refusal('PutKeyPolicy', { KeyId: key, Policy: await policyText(key) })
    expect(refusal).toMatchObject({
      code: 'MalformedPolicyDocumentException',
      message: 'Policy contains a statement with one or more invalid principals.',
    })
  })

  it('is an id in the policies of other accounts’ keys, however they spell its ARN', async () => {
    const user = await newUser(world, nextName())
    const { arn, id, name } = user.principal
    const root = `arn:aws:iam::${OTHER_ACCOUNT}:root`
    const spelt = await newKey(
      naming('X', root).replace('"X"', `"arn\\u003aaws:iam::${ACCOUNT}:user\\/${name}"`),
      outsider(),
    )
    const plain = await newKey(naming(arn, root), outsider())
    const another = await newKey(naming(root, root), outsider())
    const before = await policyText(another, outsider())
    await deleteUser(world, user)
    expect(JSON.parse(await policyText(spelt, outsider())).Statement[1].Principal.AWS).toBe(id)
    expect(JSON.parse(await policyText(plain, outsider())).Statement[1].Principal.AWS).toBe(id)
    expect(await policyText(another, outsider())).toBe(before)
  })

  it('leaves alone who only begins like it, and what conditions say', async () => {
    const user = await newUser(world, nextName())
    const longer = await newUser(world, `${user.principal.name}-longer`)
    const condition = { ArnEquals: { 'aws:PrincipalArn': user.principal.arn } }
    const key = await newKey(
      policyOf(statement(ROOT, 'kms:*'), {
        ...statement(longer.principal.arn, 'kms:Encrypt'),
        Condition: condition,
      }),
    )
    const before = await policyText(key)
    await deleteUser(world, user)
    expect(await policyText(key)).toBe(before)
  })

  it('is an id to the grants that named it; those that were forged stay forged', async () => {
    const user = await newUser(world, nextName())
    const namesOf = async (KeyId: string) =>
      (await admin().call('ListGrants', { KeyId })).Grants.map((grant: Record<string, string>) => [
        grant.GranteePrincipal,
        grant.RetiringPrincipal,
      ])
    const key = await newKey(naming(ROOT))
    const grant = { KeyId: key, Operations: ['Encrypt'] }
    const { arn, id } = user.principal
    await admin().call('CreateGrant', { ...grant, GranteePrincipal: arn })
    await admin().call('CreateGrant', { ...grant, GranteePrincipal: ROOT, RetiringPrincipal: arn })
    await user.call('Encrypt', encrypting(key))
    const forged = await newKey(naming(ROOT))
    const { GrantId } = await admin().call('CreateGrant', { ...grant, KeyId: forged, GranteePrincipal: ROOT })
    await world.sql('UPDATE keyhouse.key_grant SET grantee = $1 WHERE id = $2', [arn, GrantId])
    await deleteUser(world, user)
    expect(await namesOf(key)).toEqual([
      [id, undefined],
      [ROOT, id],
    ])
    expect(await world.sql('SELECT grantee FROM keyhouse.key_grant WHERE id = $1', [GrantId])).toEqual([
      { grantee: arn },
    ])
    const namesake = await newUser(world, user.principal.name)
    for (const KeyId of [key, forged])
      expect((await namesake.refusal('Encrypt', encrypting(KeyId))).code).toBe('AccessDeniedException')
  })

  it('is an id in trust policies', async () => {
    const user = await newUser(world, nextName())
    const RoleName = nextName()
    await newRole(RoleName, TRUST.replace(ROOT, user.principal.arn))
    await deleteUser(world, user)
    const { Role } = await admin().call('GetRole', { RoleName })
    expect(decodeURIComponent(Role.AssumeRolePolicyDocument)).toBe(TRUST.replace(ROOT, user.principal.id))
  })

  it('leaves its mark on the keys it was taken from: a version of the policy, and the event', async () => {
    const user = await newUser(world, nextName())
    const key = await newKey(naming(user.principal.arn))
    await deleteUser(world, user)
    const [event] = (await world.events('DeleteUser')).slice(-1)
    expect(event?.resources).toContainEqual(expect.objectContaining({ ARN: expect.stringContaining(key) }))
    const rows = await world.sql(
      'SELECT version, created_by, event_id FROM keyhouse.policy_version WHERE key_id = $1 ORDER BY version DESC LIMIT 1',
      [key],
    )
    expect(rows).toEqual([
      { version: expect.any(Number), created_by: admin().principal.arn, event_id: event?.eventID },
    ])
  })

  it('takes its sessions in the console and its temporary credentials with it', async () => {
    const user = await newUser(world, nextName())
    await world.sql(
      `WITH token AS (INSERT INTO keyhouse.browser_token (hash) VALUES (sha256($1::bytea)) RETURNING hash)
       INSERT INTO keyhouse.session (id, browser_token_hash, principal_id, account_id, expires_at, address, user_agent)
       SELECT gen_random_uuid(), hash, $2, $3, clock_timestamp() + interval '1 hour', '', '' FROM token`,
      [Buffer.from(user.principal.id), user.principal.id, ACCOUNT],
    )
    await deleteUser(world, user)
    for (const table of ['session', 'temporary_credential'])
      expect(
        await world.sql(`SELECT 1 FROM keyhouse.${table} WHERE principal_id = $1`, [user.principal.id]),
      ).toEqual([])
  })
})

describe('a role that is deleted', () => {
  it('ends its sessions, and is an id wherever it or one of them was named', async () => {
    const role = await newRole(nextName())
    const session = await newSession(world, admin(), role)
    const key = await newKey(
      policyOf(statement(ROOT, 'kms:*'), statement([role.Arn, session.principal.arn], 'kms:Encrypt')),
    )
    await session.call('Encrypt', encrypting(key))
    const RoleName = role.Arn.slice(role.Arn.lastIndexOf('/') + 1)
    await admin().call('DeleteRole', { RoleName })
    expect((await session.refusal('Encrypt', encrypting(key))).code).toBe('UnrecognizedClientException')
    expect(JSON.parse(await policyText(key)).Statement[1].Principal.AWS).toEqual([role.RoleId, role.RoleId])
    const again = await newSession(world, admin(), await newRole(RoleName))
    expect((await again.refusal('Encrypt', encrypting(key))).code).toBe('AccessDeniedException')
  })
})

describe('what must be gone before', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
  })
  it.each([
    [
      'attached policies',
      async (UserName: string) => {
        const { Policy } = await admin().call('CreatePolicy', {
          PolicyName: nextName(),
          PolicyDocument: document,
        })
        await admin().call('AttachUserPolicy', { UserName, PolicyArn: Policy.Arn })
      },
      'must detach all policies first.',
    ],
    [
      'inline policies',
      (UserName: string) =>
        admin().call('PutUserPolicy', { UserName, PolicyName: 'x', PolicyDocument: document }),
      'must delete policies first.',
    ],
    [
      'access keys',
      (UserName: string) => admin().call('CreateAccessKey', { UserName }),
      'must delete access keys first.',
    ],
    [
      'a login profile',
      (UserName: string) =>
        admin().call('CreateLoginProfile', { UserName, Password: 'four words make a good one' }),
      'must delete login profile first.',
    ],
    [
      'a group',
      async (UserName: string) => {
        const GroupName = nextName()
        await admin().call('CreateGroup', { GroupName })
        await admin().call('AddUserToGroup', { GroupName, UserName })
      },
      'must remove users from group first.',
    ],
  ])('%s keep a user', async (_, give, sentence) => {
    const UserName = nextName()
    await admin().call('CreateUser', { UserName })
    await give(UserName)
    expect(await admin().refusal('DeleteUser', { UserName })).toMatchObject({
      ...{ code: 'DeleteConflict', message: `Cannot delete entity, ${sentence}` },
    })
  })

  it('inline policies keep a role', async () => {
    const RoleName = nextName()
    await newRole(RoleName)
    await admin().call('PutRolePolicy', { RoleName, PolicyName: 'x', PolicyDocument: document })
    expect((await admin().refusal('DeleteRole', { RoleName })).message).toBe(
      'Cannot delete entity, must delete policies first.',
    )
    await admin().call('DeleteRolePolicy', { RoleName, PolicyName: 'x' })
    await admin().call('DeleteRole', { RoleName })
    expect((await admin().refusal('DeleteRole', { RoleName })).message).toBe(
      `The role with name ${RoleName} cannot be found.`,
    )
  })
})

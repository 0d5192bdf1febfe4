import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
const admin = () => world.as('admin')
const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`
const made = async (input: object = {}) => (await admin().call('CreateKey', input)).KeyMetadata
const dependents = (KeyId: string) => admin().call('KeyDependents', { KeyId })

const policy = (Resource: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource, ...more }],
  })

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

describe('KeyDependents', () => {
  it('of a key that nothing depends on is empty', async () => {
    expect(await dependents((await made()).KeyId)).toEqual({
      Aliases: [],
      Grants: 0,
      GranteePrincipals: [],
      ReplicaRegions: [],
      Policies: [],
      Reimportable: null,
    })
  })

  it('tells aliases, grants and whom they are to', async () => {
    const { KeyId } = await made()
    await admin().call('CreateAlias', { AliasName: 'alias/dep/a', TargetKeyId: KeyId })
    for (const [who, Name] of [
      ['bob', 'one'],
      ['bob', 'two'],
      ['alice', 'three'],
    ])
      await admin().call('CreateGrant', {
        KeyId,
        GranteePrincipal: user(who ?? ''),
        Operations: ['Decrypt'],
        Name,
      })
    expect(await dependents(KeyId)).toMatchObject({
      Aliases: ['alias/dep/a'],
      Grants: 3,
      GranteePrincipals: [user('alice'), user('bob')],
    })
  })

  it('a primary is waited for by its replicas, a replica by nobody', async () => {
    const { KeyId } = await made({ MultiRegion: true })
    await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    expect((await dependents(KeyId)).ReplicaRegions).toEqual([OTHER_REGION])
    const replica = await world.as('admin', OTHER_REGION).call('KeyDependents', { KeyId })
    expect(replica.ReplicaRegions).toEqual([])
  })

  it('imported material could be imported again until the deletion is scheduled', async () => {
    const { KeyId } = await made({ Origin: 'EXTERNAL' })
    expect((await dependents(KeyId)).Reimportable).toBe(true)
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    expect((await dependents(KeyId)).Reimportable).toBe(false)
  })

  describe('policies that name it', () => {
    let arn: string
    const found = async () =>
      (await dependents(arn)).Policies.map(
        ({ Kind, Name }: { Kind: string; Name: string }) => `${Kind} ${Name}`,
      )

    beforeAll(async () => {
      arn = (await made()).Arn
      await admin().call('CreateAlias', { AliasName: 'alias/named', TargetKeyId: arn })
    })

    it.each<[string, string, () => Promise<unknown>]>([
      [
        'inline of a user',
        'user bob/uses',
        () =>
          admin().call('PutUserPolicy', { UserName: 'bob', PolicyName: 'uses', PolicyDocument: policy(arn) }),
      ],
      [
        'inline of a group, by the alias',
        'group readers/alias',
        async () => {
          await admin().call('CreateGroup', { GroupName: 'readers' })
          const PolicyDocument = policy('*', {
            Condition: { StringEquals: { 'kms:RequestAlias': 'alias/named' } },
          })
          await admin().call('PutGroupPolicy', { GroupName: 'readers', PolicyName: 'alias', PolicyDocument })
        },
      ],
      [
        'managed, whoever it is attached to',
        'managed names-it',
        () => admin().call('CreatePolicy', { PolicyName: 'names-it', PolicyDocument: policy(arn) }),
      ],
      [
        'a boundary',
        'boundary carol',
        () =>
          admin().call('PutUserPermissionsBoundary', {
            UserName: 'carol',
            PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/names-it`,
          }),
      ],
      [
        'inline of a role',
        'role app/uses',
        async () => {
          const trust = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }
          await admin().call('CreateRole', {
            RoleName: 'app',
            AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
          })
          await admin().call('PutRolePolicy', {
            RoleName: 'app',
            PolicyName: 'uses',
            PolicyDocument: policy(arn),
          })
        },
      ],
      [
        "another key's",
        'key alias/other-key',
        async () => {
          const { KeyId } = await made()
          await admin().call('CreateAlias', { AliasName: 'alias/other-key', TargetKeyId: KeyId })
          const all = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'kms:*', Resource: '*' }
          const not = { ...all, Effect: 'Deny', Action: 'kms:ReEncryptTo', Resource: arn }
          await admin().call('PutKeyPolicy', { KeyId, Policy: JSON.stringify({ Statement: [all, not] }) })
        },
      ],
    ])('are found: %s', async (_, name, make) => {
      expect(await found()).not.toContain(name)
      await make()
      expect(await found()).toContain(name)
    })

    it('are told with the words that name it, and none beside them', async () => {
      await admin().call('CreatePolicy', {
        PolicyName: 'others',
        PolicyDocument: policy(`arn:aws:kms:${REGION}:${ACCOUNT}:alias/named-else`),
      })
      const { Policies } = await dependents(arn)
      expect(Policies).toHaveLength(6)
      expect(Policies.find(({ Kind }: { Kind: string }) => Kind === 'group').Names).toBe('alias/named')
      expect(Policies.find(({ Kind }: { Kind: string }) => Kind === 'user').Names).toBe(arn)
    })
  })
})

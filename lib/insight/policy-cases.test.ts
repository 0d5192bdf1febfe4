import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT, type Answer, openWorld, type World } from '#lib/testing/world.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`
const allow = (who: string, Action: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: who },
  Action,
  Resource: '*',
  ...more,
})
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const TENANT = { Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } } }
const POLICY = policyOf(
  { Sid: 'Root', ...allow(ROOT, 'kms:*') },
  { Sid: 'Users', ...allow(arnOf('bob'), 'kms:Decrypt', TENANT) },
  allow(arnOf('carol'), 'kms:GetKeyPolicy'),
)

let world: World
let KeyId: string
const admin = () => world.as('admin')

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  KeyId = (await admin().call('CreateKey', { Policy: POLICY })).KeyMetadata.KeyId
})

const bobDecrypts = {
  Name: 'bob decrypts',
  PrincipalArn: arnOf('bob'),
  Action: 'kms:Decrypt',
  Expected: 'allowed',
}
const pin = async (more: object): Promise<string> =>
  (await admin().call('PutPolicyCase', { KeyId, ...bobDecrypts, ...more })).Id
const run = async (Policy?: string): Promise<Answer[]> =>
  (await admin().call('RunPolicyCases', { KeyId, ...(Policy && { Policy }) })).Results
const listed = async (): Promise<Answer[]> => (await admin().call('ListPolicyCases', { KeyId })).Cases

describe('cases', () => {
  it('are pinned, listed by name, changed and taken away, and each change is recorded', async () => {
    const Id = await pin({
      EncryptionContext: { tenant: 'acme' },
      Conditions: { 'aws:SourceIp': ['192.0.2.1'] },
    })
    const event = (await world.events('PutPolicyCase')).at(-1)
    expect(event?.requestParameters).toMatchObject({
      keyId: KeyId,
      name: 'bob decrypts',
      expected: 'allowed',
    })
    await pin({ Name: 'Alice does not', PrincipalArn: arnOf('alice'), Expected: 'denied' })
    expect((await listed()).map(({ Name }) => Name)).toEqual(['Alice does not', 'bob decrypts'])
    expect((await listed())[1]).toEqual({
      Id,
      Name: 'bob decrypts',
      PrincipalArn: arnOf('bob'),
      Action: 'kms:Decrypt',
      EncryptionContext: { tenant: 'acme' },
      Conditions: { 'aws:SourceIp': ['192.0.2.1'] },
      Expected: 'allowed',
      CreatedAt: expect.any(Date),
      CreatedBy: admin().principal.arn,
    })
    await pin({ Id, Name: 'renamed' })
    expect((await listed()).map(({ Name }) => Name)).toEqual(['Alice does not', 'renamed'])
    await admin().call('DeletePolicyCase', { KeyId, Id })
    expect(await listed()).toHaveLength(1)
    expect((await world.events('DeletePolicyCase')).at(-1)?.requestParameters).toEqual({
      keyId: KeyId,
      id: Id,
    })
  })

  it.each([
    [
      'an action that is none of KMS',
      'PutPolicyCase',
      { ...bobDecrypts, Action: 's3:GetObject' },
      'ValidationException',
    ],
    ['a name without letters', 'PutPolicyCase', { ...bobDecrypts, Name: '' }, 'ValidationException'],
    ['an id that is not there', 'PutPolicyCase', { ...bobDecrypts, Id: randomUUID() }, 'NotFoundException'],
    ['to take away what is not there', 'DeletePolicyCase', { Id: randomUUID() }, 'NotFoundException'],
    ['a draft that is no policy', 'RunPolicyCases', { Policy: '{}' }, 'MalformedPolicyDocumentException'],
  ])('refuse %s', async (_, operation, input, code) => {
    expect((await admin().refusal(operation, { KeyId, ...input })).code).toBe(code)
  })

  it('are at most fifty, also when two are pinned at once', async () => {
    for (let n = 0; n < 49; n++) await pin({ Name: `case ${n}` })
    const pinned = await Promise.allSettled([pin({ Name: 'a' }), pin({ Name: 'b' })])
    expect(pinned.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await listed()).toHaveLength(50)
    expect((await admin().refusal('PutPolicyCase', { KeyId, ...bobDecrypts })).code).toBe(
      'LimitExceededException',
    )
    // One that is there can still be changed.
    await pin({ Id: (await listed())[0]?.Id, Name: 'changed' })
  })

  it.each([
    ['whoever may read the policy', 'carol', 'ListPolicyCases', {}, true],
    ['whoever may read the policy', 'carol', 'RunPolicyCases', {}, true],
    ['whoever may only read it', 'carol', 'PutPolicyCase', bobDecrypts, false],
    ['whoever may only use the key', 'bob', 'ListPolicyCases', {}, false],
    ['whoever may only use the key', 'bob', 'RunPolicyCases', {}, false],
    ['a stranger', 'stranger', 'DeletePolicyCase', { Id: randomUUID() }, false],
  ])('%s (%s): %s', async (_, name, operation, input, allowed) => {
    const person = world.as(name)
    if (allowed) await person.call(operation, { KeyId, ...input })
    else expect((await person.refusal(operation, { KeyId, ...input })).code).toBe('AccessDeniedException')
  })

  it('go with their key', async () => {
    await pin({})
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.advance({ days: 8 })
    expect(await world.sql('SELECT FROM keyhouse.policy_case WHERE key_id = $1', [KeyId])).toEqual([])
  })
})

describe('running them', () => {
  it.each([
    [
      'allowed under its condition',
      { EncryptionContext: { tenant: 'acme' } },
      true,
      'Allowed by "Users" of the key policy',
    ],
    ['refused without', {}, false, 'because no identity-based policy allows the kms:Decrypt action'],
    [
      'refused by nobody’s word',
      { PrincipalArn: arnOf('ghost') },
      false,
      `Principal '${arnOf('ghost')}' does not exist`,
    ],
    [
      'allowed by an identity policy',
      { PrincipalArn: arnOf('admin') },
      true,
      'of the identity policy policy-0',
    ],
  ])('tells what is %s', async (_, more, allowed, why) => {
    await pin(more)
    const [result] = await run()
    expect(result).toMatchObject({ Allowed: allowed, Passes: allowed, Why: expect.stringContaining(why) })
  })

  it('tells what a draft would break, and what is expected to be refused', async () => {
    await pin({ EncryptionContext: { tenant: 'acme' } })
    await pin({ Name: 'z', PrincipalArn: arnOf('stranger'), Expected: 'denied' })
    expect((await run()).map(({ Passes }) => Passes)).toEqual([true, true])
    const draft = policyOf(allow(ROOT, 'kms:*'), allow(arnOf('stranger'), 'kms:Decrypt'))
    expect((await run(draft)).map(({ Passes }) => Passes)).toEqual([false, false])
  })

  it('counts grants, and leaves no event', async () => {
    await pin({ PrincipalArn: arnOf('stranger') })
    const { GrantId } = await admin().call('CreateGrant', {
      KeyId,
      GranteePrincipal: arnOf('stranger'),
      Operations: ['Decrypt'],
    })
    const before = await world.lastEvent()
    expect(await run()).toMatchObject([{ Allowed: true, Why: `Allowed by the grant ${GrantId}` }])
    expect(await world.lastEvent()).toEqual(before)
  })
})

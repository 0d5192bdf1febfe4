import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession, newUser } from '#lib/testing/made-people.ts'
import { ACCOUNT, openWorld, type Person, type World } from '#lib/testing/world.ts'

let world: World
let key: string
let made = 0
beforeAll(async () => {
  world = await openWorld()
  key = (await admin().call('CreateKey')).KeyMetadata.KeyId
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
/** undefined where the person may use the key; else the code of the refusal. */
const encrypting = (person: Person) =>
  person.call('Encrypt', { KeyId: key, Plaintext: 'AA==' }).then(
    () => undefined,
    ({ code }) => code as string,
  )
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
})

describe.each([
  ['user', async () => newUser(world, next())],
  [
    'role',
    async () => {
      const { Role } = await admin().call('CreateRole', { RoleName: next(), AssumeRolePolicyDocument: TRUST })
      return newSession(world, admin(), Role)
    },
  ],
] as const)('the policies of a %s', (kind, make) => {
  const Kind = kind === 'user' ? 'User' : 'Role'
  const named = ({ principal }: Person) => ({ [`${Kind}Name`]: principal.role?.name ?? principal.name })

  it('that are attached give, and give no more from the moment they are detached', async () => {
    const person = await make()
    const PolicyArn = (await newPolicy()).Arn
    expect(await encrypting(person)).toBe('AccessDeniedException')
    await admin().call(`Attach${Kind}Policy`, { ...named(person), PolicyArn })
    expect(await encrypting(person)).toBeUndefined()
    expect((await admin().call(`ListAttached${Kind}Policies`, named(person))).AttachedPolicies).toEqual([
      { PolicyName: PolicyArn?.split('/')[1], PolicyArn },
    ])
    await admin().call(`Detach${Kind}Policy`, { ...named(person), PolicyArn })
    expect(await encrypting(person)).toBe('AccessDeniedException')
    expect(await admin().refusal(`Detach${Kind}Policy`, { ...named(person), PolicyArn })).toMatchObject({
      ...{ code: 'NoSuchEntity', message: `Policy ${PolicyArn} was not found.` },
    })
  })

  it('that are attached give what their default version says', async () => {
    const person = await make()
    const { Arn: PolicyArn } = await newPolicy()
    await admin().call(`Attach${Kind}Policy`, { ...named(person), PolicyArn })
    await admin().call('CreatePolicyVersion', { PolicyArn, PolicyDocument: LOOK })
    expect(await encrypting(person)).toBeUndefined()
    await admin().call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' })
    expect(await encrypting(person)).toBe('AccessDeniedException')
  })

  it('that are attached are ten at most; one of them again changes nothing', async () => {
    const person = await make()
    const arns: (string | undefined)[] = []
    for (let n = 0; n < 11; n++) arns.push((await newPolicy()).Arn)
    for (const PolicyArn of [...arns.slice(0, 10), arns[3]])
      await admin().call(`Attach${Kind}Policy`, { ...named(person), PolicyArn })
    expect(
      await admin().refusal(`Attach${Kind}Policy`, { ...named(person), PolicyArn: arns[10] }),
    ).toMatchObject({
      ...{ code: 'LimitExceeded', message: `Cannot exceed quota for PoliciesPer${Kind}: 10` },
    })
  })

  it('of its own are put, read, replaced and deleted, in force each time', async () => {
    const person = await make()
    const inline = { ...named(person), PolicyName: 'own' }
    await admin().call(`Put${Kind}Policy`, { ...inline, PolicyDocument: USE })
    expect(await encrypting(person)).toBeUndefined()
    const shown = await admin().call(`Get${Kind}Policy`, inline)
    expect({ ...shown, PolicyDocument: decodeURIComponent(shown.PolicyDocument) }).toEqual({
      ...inline,
      PolicyDocument: USE,
    })
    await admin().call(`Put${Kind}Policy`, { ...inline, PolicyDocument: LOOK })
    expect(await encrypting(person)).toBe('AccessDeniedException')
    expect(await admin().call(`List${Kind}Policies`, named(person))).toEqual({
      PolicyNames: ['own'],
      IsTruncated: false,
    })
    await admin().call(`Delete${Kind}Policy`, inline)
    expect(await admin().refusal(`Get${Kind}Policy`, inline)).toMatchObject({
      ...{ code: 'NoSuchEntity', message: `The ${kind} policy with name own cannot be found.` },
    })
  })

  it('of its own are limited together, white space aside', async () => {
    const person = await make()
    const most = kind === 'user' ? 2048 : 10_240
    const frame = allow('kms:').length
    const sized = (size: number) => allow(`kms:${'x'.repeat(size - frame)}`)
    const put = (PolicyName: string, size: number) =>
      admin().call(`Put${Kind}Policy`, { ...named(person), PolicyName, PolicyDocument: sized(size) })
    await put('a', most - 1000)
    await put('b', 1000)
    await put('b', 999)
    await expect(put('c', 100)).rejects.toMatchObject({
      code: 'LimitExceeded',
      message: expect.stringMatching(
        new RegExp(`^Maximum policy size of ${most} bytes exceeded for ${kind} `),
      ),
    })
  })
})

describe('who may give permissions', () => {
  it('may be held to some policies by iam:PolicyARN', async () => {
    const [good, other] = [await newPolicy(), await newPolicy()]
    const giver = await newUser(world, next())
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          ...{ Effect: 'Allow', Action: 'iam:AttachUserPolicy', Resource: '*' },
          Condition: { ArnEquals: { 'iam:PolicyARN': good.Arn } },
        },
      ],
    })
    await admin().call('PutUserPolicy', {
      UserName: giver.principal.name,
      PolicyName: 'give',
      PolicyDocument,
    })
    const taker = await newUser(world, next())
    const attach = { UserName: taker.principal.name, PolicyArn: good.Arn }
    await giver.call('AttachUserPolicy', attach)
    expect((await giver.refusal('AttachUserPolicy', { ...attach, PolicyArn: other.Arn })).code).toBe(
      'AccessDeniedException',
    )
    expect(await encrypting(taker)).toBeUndefined()
  })
})

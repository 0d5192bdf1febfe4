import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type Answer, base64, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'
import { ExplainAccess } from './explain-access.ts'

let world: World
let key: string

const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`
const USE = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: arnOf('bob') },
  Action: ['kms:Encrypt', 'kms:Decrypt'],
  Resource: '*',
  Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
}
const DELEGATE = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const policyWith = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)

beforeAll(async () => {
  world = await openWorld()
  const made = await world.as('admin').call('CreateKey', { Policy: policyWith(DELEGATE, USE) })
  key = made.KeyMetadata.KeyId
})
afterAll(() => world?.close())

const explain = (who: string, more: object = {}, by = 'admin') =>
  world.as(by).call('ExplainAccess', { KeyId: key, PrincipalArn: arnOf(who), Action: 'Decrypt', ...more })
const gates = ({ Gates }: Answer) => Gates.map(({ Gate, Result }: Answer) => `${Gate} ${Result}`)

describe('ExplainAccess', () => {
  it('says which statement allows, with what its condition saw', async () => {
    const told = await explain('bob', { EncryptionContext: { tenant: 'acme' } })
    expect(told).toMatchObject({
      Allowed: true,
      Verdict: 'allowed',
      Action: 'kms:Decrypt',
      Basis: 'now',
      Sentence: expect.stringContaining('statement 2 ("Use") of the key policy allows it'),
      Deciding: {
        Sid: 'Use',
        Line: 13,
        Conditions: [{ Key: 'kms:EncryptionContext:tenant', Saw: ['acme'], Holds: true }],
      },
      Remedy: {
        Where: 'key-policy',
        Sentence: expect.stringContaining('Take kms:Decrypt for user/bob out of'),
      },
    })
    expect(gates(told)).toEqual([
      'explicit-deny pass',
      'key-policy pass',
      'delegation not-applicable',
      'identity not-applicable',
      'grants not-applicable',
      'validity pass',
    ])
    expect(told.Context).toMatchObject({ 'kms:encryptioncontext:tenant': ['acme'] })
  })

  it('says what came near, and which value would do', async () => {
    const told = await explain('bob', { EncryptionContext: { tenant: 'beta' } })
    expect(told).toMatchObject({ Allowed: false, Verdict: 'implicit-deny', Deciding: null })
    expect(gates(told).slice(0, 4)).toEqual([
      'explicit-deny pass',
      'key-policy no',
      'delegation pass',
      'identity no',
    ])
    expect(told.Gates[1].Statements[0]).toMatchObject({ Sid: 'Use', Principal: true, Action: true })
    expect(told.Remedy).toMatchObject({
      Where: 'request',
      Sentence: expect.stringContaining('tenant = acme'),
    })
  })

  it('takes condition values by AWS names', async () => {
    const Conditions = { 'kms:EncryptionContext:tenant': ['acme'] }
    expect((await explain('bob', { Conditions })).Allowed).toBe(true)
  })

  it('answers on a draft without putting it in force', async () => {
    const Policy = policyWith(DELEGATE, {
      ...USE,
      Condition: undefined,
      Principal: { AWS: arnOf('stranger') },
    })
    expect(await explain('stranger', { Policy })).toMatchObject({
      Allowed: true,
      Basis: 'draft',
      Turning: null,
    })
    expect(await explain('stranger')).toMatchObject({ Allowed: false, Basis: 'now' })
  })

  it.each([
    ['root of the account', `arn:aws:iam::${ACCOUNT}:root`, true],
    ['somebody of another account', `arn:aws:iam::${OTHER_ACCOUNT}:user/x`, false],
    ['a service', 's3.eu-west-1.amazonaws.com', false],
  ])('judges %s', async (_, PrincipalArn, allowed) => {
    expect((await explain('', { PrincipalArn })).Allowed).toBe(allowed)
  })

  it('says what the other account must allow itself', async () => {
    const outsider = `arn:aws:iam::${OTHER_ACCOUNT}:user/outsider`
    const Policy = policyWith(DELEGATE, { ...USE, Condition: undefined, Principal: { AWS: outsider } })
    const told = await explain('', { PrincipalArn: outsider, Policy })
    expect(told.Gates[3]).toMatchObject({
      Result: 'not-applicable',
      Sentence: expect.stringContaining(OTHER_ACCOUNT),
    })
    expect(told).toMatchObject({ Deciding: { Sid: 'Use' }, Remedy: { Where: 'key-policy' } })
  })

  it('tells a key that cannot serve from permission that is missing', async () => {
    const admin = world.as('admin')
    await admin.call('DisableKey', { KeyId: key })
    const told = await explain('admin')
    await admin.call('EnableKey', { KeyId: key })
    expect(told).toMatchObject({ Allowed: false, Verdict: 'allowed', Remedy: { Where: 'key' } })
    expect(gates(told).at(-1)).toBe('validity no')
  })

  it('names the change that made it so', async () => {
    const made = await world
      .as('admin')
      .call('CreateKey', { Policy: policyWith(DELEGATE, { ...USE, Condition: undefined }) })
    const KeyId = made.KeyMetadata.KeyId
    const { CiphertextBlob } = await world.as('bob').call('Encrypt', { KeyId, Plaintext: base64('x') })
    await world.as('bob').call('Decrypt', { CiphertextBlob: Buffer.from(CiphertextBlob).toString('base64') })
    await world.as('admin').call('PutKeyPolicy', { KeyId, Policy: policyWith(DELEGATE) })
    expect((await explain('bob', { KeyId })).Turning).toMatchObject({
      EventName: 'PutKeyPolicy',
      By: arnOf('admin'),
    })
    // It never worked for her, so nothing turned it around.
    expect((await explain('carol', { KeyId })).Turning).toBeNull()
  })

  it('leaves no event', async () => {
    const count = async () => Number((await world.sql('SELECT count(*) AS n FROM audit.event'))[0]?.n)
    const before = await count()
    await explain('bob')
    expect(await count()).toBe(before)
  })
})

describe('who may ask', () => {
  it('is everybody about themselves, without the texts they may not read', async () => {
    const told = await explain('bob', { EncryptionContext: { tenant: 'beta' } }, 'bob')
    expect(told).toMatchObject({ Allowed: false, Context: {}, Turning: null })
    expect(told.Gates[1].Statements[0]).toMatchObject({
      Sid: null,
      Text: null,
      Sentence: null,
      Conditions: [],
    })
    expect(JSON.stringify(told)).not.toContain('acme')
    expect(told.Remedy).toMatchObject({
      Where: 'identity-policy',
      Sentence: expect.stringContaining('Allow'),
    })
  })

  it.each([
    ['about others without the key policy', 'bob', 'carol', 'kms:GetKeyPolicy'],
    ['about others without simulating them', 'reader', 'carol', 'iam:SimulatePrincipalPolicy'],
  ])('is nobody %s', async (_, asker, about, action) => {
    const Statement = { Effect: 'Allow', Action: 'kms:GetKeyPolicy', Resource: '*' }
    if (asker === 'reader') {
      const PolicyDocument = policyWith(Statement)
      await world.as('admin').call('PutUserPolicy', { UserName: 'alice', PolicyName: 'read', PolicyDocument })
    }
    const who = asker === 'reader' ? 'alice' : asker
    const refusal = await world
      .as(who)
      .refusal('ExplainAccess', { KeyId: key, PrincipalArn: arnOf(about), Action: 'kms:Decrypt' })
    expect(refusal.code).toBe('AccessDeniedException')
    expect(refusal.message).toContain(action)
  })

  it('is nobody about a key of another account', async () => {
    const { KeyMetadata } = await world.as('outsider').call('CreateKey')
    const refusal = await world
      .as('admin')
      .refusal('ExplainAccess', { KeyId: KeyMetadata.Arn, PrincipalArn: arnOf('admin'), Action: 'Decrypt' })
    expect(refusal.code).toBe('AccessDeniedException')
  })

  it('finds a revocation of the right to ask on another engine', async () => {
    const admin = world.as('admin')
    const PolicyDocument = policyWith({
      Effect: 'Allow',
      Action: ['kms:GetKeyPolicy', 'iam:Simulate*'],
      Resource: '*',
    })
    await admin.call('PutUserPolicy', { UserName: 'carol', PolicyName: 'ask', PolicyDocument })
    const engine = await world.another()
    const ask = () =>
      engine.invoke(world.as('carol').caller, ExplainAccess, {
        KeyId: key,
        PrincipalArn: arnOf('bob'),
        Action: 'Decrypt',
      })
    expect((await ask()).output).toMatchObject({ Verdict: 'implicit-deny' })
    await admin.call('DeleteUserPolicy', { UserName: 'carol', PolicyName: 'ask' })
    await expect(ask()).rejects.toThrow('not authorized')
  })
})

it.each([
  ['both a key and a resource', { Resource: '*' }, 'ValidationException'],
  ['a principal that is not there', { PrincipalArn: arnOf('nobody') }, 'NotFoundException'],
  ['a draft that is none', { Policy: '{"Version":1}' }, 'MalformedPolicyDocumentException'],
])('refuses %s', async (_, more, code) => {
  const input = { KeyId: key, PrincipalArn: arnOf('bob'), Action: 'Decrypt', ...more }
  expect((await world.as('admin').refusal('ExplainAccess', input)).code).toBe(code)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Chance } from '#lib/policy/testing-chance.ts'
import { ACCOUNT, type Answer, base64, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const arnOf = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`
const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const policyWith = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (who: unknown, Action: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Principal: typeof who === 'string' && !who.startsWith('arn:') ? { Service: who } : { AWS: who },
  Action,
  Resource: '*',
  ...more,
})
/** What the administrator of these tests needs on every key. */
const ASKING = allow(arnOf('admin'), [
  'kms:GetKeyPolicy',
  'kms:CreateGrant',
  'kms:Encrypt',
  'kms:DescribeKey',
])
const DELEGATE = allow(ROOT, 'kms:*')
const MANAGE = [
  'kms:DisableKey',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:CreateGrant',
  'kms:TagResource',
]

async function keyWith(...statements: object[]): Promise<string> {
  const input = { Policy: policyWith(ASKING, ...statements), BypassPolicyLockoutSafetyCheck: true }
  return (await world.as('admin').call('CreateKey', input)).KeyMetadata.KeyId
}
const whoCan = (KeyId: string, more: object = {}, by = 'admin') =>
  world.as(by).call('WhoCan', { KeyId, ...more })
const rowOf = (told: Answer, arn: string): Answer | undefined =>
  told.Rows.find(({ PrincipalArn }: Answer) => PrincipalArn === arn)
const marks = (told: Answer, arn: string) =>
  Object.fromEntries(
    Object.entries(rowOf(told, arn)?.Cells ?? {}).map(([name, cell]) => [name, (cell as Answer).Mark]),
  )
const give = (name: string, PolicyDocument: string, PolicyName = 'given') =>
  world.as('admin').call('PutUserPolicy', { UserName: name, PolicyName, PolicyDocument })
const take = (name: string, PolicyName = 'given') =>
  world.as('admin').call('DeleteUserPolicy', { UserName: name, PolicyName })
const identity = (Action: string | string[], Resource = '*') =>
  policyWith({ Effect: 'Allow', Action, Resource })

describe('the matrix of a key', () => {
  it('sorts the sample people by what they can do', async () => {
    const key = await keyWith(
      allow(arnOf('alice'), MANAGE),
      allow(arnOf('bob'), ['kms:Encrypt', 'kms:Decrypt']),
    )
    const told = await whoCan(key)
    expect(rowOf(told, arnOf('alice'))?.Group).toBe('administrators')
    expect(rowOf(told, arnOf('bob'))).toMatchObject({
      Group: 'users',
      Kind: 'user',
      Steps: [],
      Cells: {
        Encrypt: { Mark: 'allowed', Why: 'Statement 3 of the key policy allows it.', LastUsed: null },
        PutKeyPolicy: { Mark: 'none' },
      },
    })
    expect(rowOf(told, arnOf('carol'))).toBeUndefined()
    expect(told).toMatchObject({ KeyId: key, PolicyVersion: 1 })
    expect(told.WithoutPath).toBeGreaterThan(0)
    expect(told.Columns.map(({ Action }: Answer) => Action)).toEqual([
      'Encrypt',
      'Decrypt',
      'GenerateDataKey',
      'ReEncryptFrom',
      'ReEncryptTo',
      'DisableKey',
      'CreateAlias',
      'TagResource',
      'RotateKeyOnDemand',
      'PutKeyPolicy',
      'CreateGrant',
      'ScheduleKeyDeletion',
    ])
  })

  it('goes through delegation to identity policies, and shows the root of the account', async () => {
    const told = await whoCan(await keyWith(DELEGATE))
    expect(rowOf(told, arnOf('admin'))?.Group).toBe('both')
    expect(rowOf(told, ROOT)).toMatchObject({ Group: 'both', Kind: 'root' })
  })

  it.each([
    ['a value of the request', { 'kms:EncryptionContext:tenant': 'acme' }, 'conditional'],
    ['who asks', { 'aws:PrincipalArn': arnOf('bob') }, 'allowed'],
    ['somebody else', { 'aws:PrincipalArn': arnOf('carol') }, undefined],
    ['the key', { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' }, 'allowed'],
    ['another key', { 'kms:KeySpec': 'RSA_2048' }, undefined],
    ['the source address', { 'aws:SourceArn': 'arn:aws:s3:::b' }, 'conditional'],
    ['a variable that is known', { 'aws:username': `\${aws:username}` }, 'allowed'],
    ['a variable of the request', { 'aws:username': `\${kms:ViaService}` }, 'conditional'],
  ])('marks what depends on %s', async (_, StringEquals, mark) => {
    const told = await whoCan(
      await keyWith(allow(arnOf('bob'), 'kms:Decrypt', { Condition: { StringEquals } })),
    )
    expect(marks(told, arnOf('bob')).Decrypt).toBe(mark)
  })

  it('knows the time', async () => {
    const until = (date: string) => ({ Condition: { DateLessThan: { 'aws:CurrentTime': date } } })
    const key = await keyWith(
      allow(arnOf('bob'), 'kms:Decrypt', until('2199-01-01')),
      allow(arnOf('bob'), 'kms:Encrypt', until('2001-01-01')),
    )
    expect(marks(await whoCan(key), arnOf('bob'))).toMatchObject({ Decrypt: 'allowed', Encrypt: 'none' })
  })

  it('marks denials, and those that depend on the request as conditions', async () => {
    const deny = (Action: string, more: object = {}) => ({
      ...allow(arnOf('bob'), Action, more),
      Effect: 'Deny',
    })
    const key = await keyWith(
      allow(arnOf('bob'), 'kms:*'),
      deny('kms:Decrypt'),
      deny('kms:Encrypt', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    )
    expect(marks(await whoCan(key), arnOf('bob'))).toMatchObject({
      Decrypt: 'denied',
      Encrypt: 'conditional',
      DisableKey: 'allowed',
    })
  })

  it('shows grants, other accounts and services', async () => {
    const key = await keyWith(
      allow(`arn:aws:iam::${OTHER_ACCOUNT}:root`, 'kms:Decrypt'),
      allow('logs.eu-west-1.amazonaws.com', 'kms:Encrypt'),
    )
    const grant = { KeyId: key, GranteePrincipal: arnOf('carol'), Operations: ['Decrypt'] }
    await world.as('admin').call('CreateGrant', grant)
    const told = await whoCan(key)
    expect(rowOf(told, arnOf('carol'))).toMatchObject({
      Group: 'grants',
      Cells: {
        Decrypt: { Mark: 'grant', Why: expect.stringMatching(/^Grant [0-9a-f]{8}… gives Decrypt\.$/) },
      },
    })
    expect(rowOf(told, `arn:aws:iam::${OTHER_ACCOUNT}:root`)).toMatchObject({
      Group: 'accounts',
      Kind: 'account',
      Cells: {
        Decrypt: { Mark: 'conditional', Why: expect.stringContaining(OTHER_ACCOUNT) },
        DisableKey: { Mark: 'none' },
      },
    })
    expect(rowOf(told, 'logs.eu-west-1.amazonaws.com')).toMatchObject({ Group: 'services', Kind: 'service' })
  })

  it('tells when something was last done, and who tried', async () => {
    const key = await keyWith(allow(arnOf('bob'), 'kms:Encrypt'))
    await world.as('bob').call('Encrypt', { KeyId: key, Plaintext: base64('x') })
    await world.as('stranger').refusal('Encrypt', { KeyId: key, Plaintext: base64('x') })
    const told = await whoCan(key)
    expect(rowOf(told, arnOf('bob'))?.Cells.Encrypt.LastUsed).toBeInstanceOf(Date)
    expect(rowOf(told, arnOf('stranger'))?.Group).toBe('denied')
  })

  it('answers on a draft', async () => {
    const key = await keyWith()
    const Policy = policyWith(allow(arnOf('bob'), 'kms:Decrypt'))
    expect(marks(await whoCan(key, { Policy }), arnOf('bob')).Decrypt).toBe('allowed')
    expect(marks(await whoCan(key), arnOf('bob'))).toEqual({})
  })

  it('tells whoever may not read the policy about themselves alone, without reasons', async () => {
    const key = await keyWith(allow(arnOf('bob'), 'kms:Decrypt'), allow(arnOf('carol'), 'kms:Decrypt'))
    const told = await whoCan(key, {}, 'bob')
    expect(told.Rows).toHaveLength(1)
    expect(told.Rows[0]).toMatchObject({
      PrincipalArn: arnOf('bob'),
      Cells: { Decrypt: { Mark: 'allowed', Why: '' } },
    })
  })
})

describe('one step away', () => {
  const steps = async (key: string, name: string) =>
    (rowOf(await whoCan(key), arnOf(name))?.Steps ?? []).map(({ Action }: Answer) => Action)

  it('is whoever may change the policy or give grants', async () => {
    const key = await keyWith(allow(arnOf('alice'), ['kms:PutKeyPolicy', 'kms:CreateGrant']))
    expect(await steps(key, 'alice')).toEqual(['kms:PutKeyPolicy', 'kms:CreateGrant'])
  })

  it.each([
    ['the key leaves it to identity policies', [DELEGATE], ['iam:PutUserPolicy']],
    ['not where it does not', [], []],
  ])('is whoever may give themselves a policy, where %s', async (_, statements, expected) => {
    const key = await keyWith(...statements)
    await give('stranger', identity('iam:PutUserPolicy', arnOf('stranger')))
    expect(await steps(key, 'stranger')).toEqual(expected)
    await take('stranger')
  })

  it('is whoever may make a key of somebody who can', async () => {
    const key = await keyWith(allow(arnOf('bob'), 'kms:Decrypt'))
    await give('stranger', identity('iam:CreateAccessKey', arnOf('bob')))
    expect(await steps(key, 'stranger')).toEqual(['iam:CreateAccessKey'])
    await take('stranger')
  })

  it('is whoever may assume a role that can, or open it to themselves', async () => {
    const trust = policyWith({
      Effect: 'Allow',
      Principal: { AWS: arnOf('stranger') },
      Action: 'sts:AssumeRole',
    })
    const made = await world
      .as('admin')
      .call('CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust })
    const key = await keyWith(allow(made.Role.Arn, 'kms:Decrypt'))
    await give('carol', identity('iam:UpdateAssumeRolePolicy'))
    expect(await steps(key, 'stranger')).toEqual(['sts:AssumeRole'])
    expect(await steps(key, 'carol')).toEqual(['iam:UpdateAssumeRolePolicy'])
    expect(rowOf(await whoCan(key), made.Role.Arn)).toMatchObject({ Group: 'users', Kind: 'role' })
    await take('carol')
  })
})

describe('the keys of a principal', () => {
  it('come in pages, each with what can be done', async () => {
    const key = await keyWith(allow(arnOf('carol'), 'kms:Sign', {}), allow(arnOf('carol'), 'kms:Decrypt'))
    const rows: Answer[] = []
    let Marker: string | undefined
    do {
      const page = await world
        .as('admin')
        .call('KeysOf', { PrincipalArn: arnOf('carol'), Limit: 3, ...(Marker && { Marker }) })
      expect(page.Rows.length).toBeLessThanOrEqual(3)
      rows.push(...page.Rows)
      Marker = page.NextMarker
    } while (Marker)
    expect(rows.find(({ KeyId }) => KeyId === key)?.Cells.Decrypt.Mark).toBe('allowed')
    expect(new Set(rows.map(({ KeyId }) => KeyId)).size).toBe(rows.length)
  })
})

describe('a draft compared', () => {
  it('says who gains and who loses, and why', async () => {
    const key = await keyWith(allow(arnOf('bob'), ['kms:Encrypt', 'kms:Decrypt']))
    const Policy = policyWith(
      ASKING,
      allow(arnOf('bob'), 'kms:Encrypt'),
      allow(arnOf('carol'), 'kms:Decrypt'),
    )
    const { Differences } = await world.as('admin').call('CompareAccess', { KeyId: key, Policy })
    expect(Differences).toEqual([
      {
        PrincipalArn: arnOf('bob'),
        Kind: 'user',
        Cells: { Decrypt: { Before: 'allowed', After: 'none' } },
        Why: 'In force: Statement 2 of the key policy allows it. The draft does not.',
      },
      {
        PrincipalArn: arnOf('carol'),
        Kind: 'user',
        Cells: { Decrypt: { Before: 'none', After: 'allowed' } },
        Why: 'Draft: Statement 3 of the key policy allows it.',
      },
    ])
  })
})

const PEOPLE = ['alice', 'bob', 'carol', 'stranger'] as const
const CONDITIONS = [
  {},
  {},
  {},
  { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
  { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
  { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
  { StringNotEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
  { StringEqualsIfExists: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  { Null: { 'kms:ViaService': 'true' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { StringLike: { 'aws:PrincipalArn': '*:user/*o*' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:user/\${aws:username}` } },
  { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': 'tenant' } },
  { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'tenant' } },
  { StringEquals: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' } },
  { NumericGreaterThan: { 'aws:EpochTime': '1000' } },
] as const
const ASKED = ['Encrypt', 'GenerateDataKey', 'CreateGrant'] as const

function statement(chance: Chance, effect: 'Allow' | 'Deny') {
  const actions = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:*', 'kms:?*crypt', 'kms:CreateGrant'] as const
  const Action = effect === 'Deny' ? `kms:${chance.one(...ASKED)}` : chance.one(...actions)
  return { Effect: effect, Action, Resource: '*', Condition: chance.one(...CONDITIONS) }
}
const effect = (chance: Chance) => (chance.percent(25) ? 'Deny' : 'Allow')

function keyStatement(chance: Chance) {
  const who = chance.one(...PEOPLE)
  const said = statement(chance, effect(chance))
  if (chance.percent(8)) return { ...said, NotPrincipal: { AWS: [arnOf(who), arnOf('admin'), ROOT] } }
  const named = chance.one(arnOf(who), arnOf(who), ROOT)
  // A Deny of the account would be one of whoever asks, too.
  return { ...said, Principal: { AWS: said.Effect === 'Deny' ? arnOf(who) : named } }
}

/** Whether the door lets a plain request through. */
async function passes(name: string, key: string, operation: (typeof ASKED)[number]): Promise<boolean> {
  const more = {
    Encrypt: { Plaintext: base64('x') },
    GenerateDataKey: { KeySpec: 'AES_256' },
    CreateGrant: { GranteePrincipal: arnOf('carol'), Operations: ['Decrypt'] },
  }[operation]
  const { code } = await world.as(name).refusal(operation, { KeyId: key, DryRun: true, ...more })
  if (code !== 'DryRunOperationException' && code !== 'AccessDeniedException') throw new Error(code)
  return code === 'DryRunOperationException'
}

it('marks nothing allowed that the door refuses, and nothing out of reach that it lets through', {
  timeout: 120_000,
}, async () => {
  const chance = new Chance(41)
  const seen: Record<string, number> = {}
  for (let round = 0; round < 16; round++) {
    for (const name of PEOPLE)
      await give(name, policyWith(statement(chance, effect(chance)), statement(chance, 'Allow')), 'random')
    const key = await keyWith(...Array.from({ length: 1 + chance.below(4) }, () => keyStatement(chance)))
    if (chance.percent(50)) {
      const grant = {
        KeyId: key,
        GranteePrincipal: arnOf(chance.one(...PEOPLE)),
        Operations: ['Encrypt', 'CreateGrant'],
      }
      const Constraints = { EncryptionContextSubset: { tenant: 'acme' } }
      await world.as('admin').call('CreateGrant', { ...grant, ...(chance.percent(50) && { Constraints }) })
    }
    const told = await whoCan(key)
    for (const name of PEOPLE)
      for (const operation of ASKED) {
        const mark = marks(told, arnOf(name))[operation] ?? 'none'
        const passed = await passes(name, key, operation)
        seen[`${mark} ${passed}`] = (seen[`${mark} ${passed}`] ?? 0) + 1
        const about = `round ${round}: ${name} ${operation} is ${mark}`
        if (mark === 'allowed') expect(passed, about).toBe(true)
        if (mark === 'none' || mark === 'denied') expect(passed, about).toBe(false)
      }
  }
  // The worlds are worth something only if all of these came up.
  for (const mark of ['allowed true', 'none false', 'denied false', 'conditional true', 'conditional false'])
    expect(seen[mark], mark).toBeGreaterThan(3)
})

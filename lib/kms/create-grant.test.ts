/** Making grants: what may be in one, what conditions see of it, and what happens when it is made twice (facts §9.5). */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOn } from '#lib/testing/elsewhere.ts'
import { grantTools, OUTSIDER, ROOT, STRANGER, userOf } from '#lib/testing/grants.ts'
import { ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const { newKey, give, list, outcome } = grantTools(() => world)
const SOURCE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`

describe('CreateGrant', () => {
  it('is logged with what it gives, and without its token', async () => {
    const { KeyId, Arn } = await newKey()
    const input = {
      GranteePrincipal: OUTSIDER,
      RetiringPrincipal: userOf('bob'),
      Name: 'orders',
      Constraints: { EncryptionContextSubset: { Tenant: 'acme' } },
    }
    const { GrantId, GrantToken } = await give(KeyId, input)
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'CreateGrant',
      readOnly: false,
      requestParameters: {
        keyId: KeyId,
        granteePrincipal: OUTSIDER,
        retiringPrincipal: userOf('bob'),
        operations: ['Encrypt'],
        name: 'orders',
        constraints: { encryptionContextSubset: { Tenant: 'acme' } },
      },
      responseElements: { grantId: GrantId },
      resources: [{ ARN: Arn }],
    })
    expect(JSON.stringify(record)).not.toContain(GrantToken)
  })

  const symmetric = {}
  const signing = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }
  const nine = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`k${n}`, 'v']))
  it.each<[string, object, object, string, RegExp]>([
    ['no grantee', symmetric, { GranteePrincipal: undefined }, 'ValidationException', /GranteePrincipal/],
    [
      'two grantees',
      symmetric,
      { GranteeServicePrincipal: 's3.amazonaws.com' },
      'ValidationException',
      /both/,
    ],
    [
      'two retirers',
      symmetric,
      { RetiringPrincipal: ROOT, RetiringServicePrincipal: 's3.amazonaws.com' },
      'ValidationException',
      /both/,
    ],
    ['no operation', symmetric, { Operations: [] }, 'ValidationException', /at least one/],
    [
      'CreateGrant alone',
      symmetric,
      { Operations: ['CreateGrant'] },
      'ValidationException',
      /only the CreateGrant/,
    ],
    [
      'an operation that is none',
      symmetric,
      { Operations: ['Fly'] },
      'ValidationException',
      /'\[Fly\]' at 'operations' .* constraint: \[Member must satisfy enum value set: \[/,
    ],
    ['Sign on a symmetric key', symmetric, { Operations: ['Sign'] }, 'ValidationException', /\[Sign\]/],
    ['Encrypt on a signing key', signing, {}, 'ValidationException', /\[Encrypt\]/],
    [
      'a context on a signing key',
      signing,
      { Operations: ['Sign'], Constraints: { EncryptionContextSubset: { a: 'b' } } },
      'ValidationException',
      /^EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key\.$/,
    ],
    [
      'both contexts',
      symmetric,
      { Constraints: { EncryptionContextSubset: { a: 'b' }, EncryptionContextEquals: { a: 'b' } } },
      'ValidationException',
      /both/,
    ],
    [
      'nine pairs',
      symmetric,
      { Constraints: { EncryptionContextEquals: nine } },
      'ValidationException',
      /at most 8/,
    ],
    [
      'a value of 385 characters',
      symmetric,
      { Constraints: { EncryptionContextEquals: { a: 'x'.repeat(385) } } },
      'ValidationException',
      /at most 384/,
    ],
    [
      'a source that is no ARN',
      symmetric,
      { Constraints: { SourceArn: 'orders' } },
      'InvalidArnException',
      /orders/,
    ],
    ['nobody', symmetric, { GranteePrincipal: userOf('nobody') }, 'InvalidArnException', /user\/nobody/],
    [
      'a role that is not there',
      symmetric,
      { GranteePrincipal: `arn:aws:iam::${ACCOUNT}:role/x` },
      'InvalidArnException',
      /role/,
    ],
    [
      'a group',
      symmetric,
      { GranteePrincipal: `arn:aws:iam::${ACCOUNT}:group/x` },
      'InvalidArnException',
      /group/,
    ],
    ['everyone', symmetric, { GranteePrincipal: '*' }, 'ValidationException', /pattern/],
    [
      'a service as a principal',
      symmetric,
      { GranteePrincipal: 's3.amazonaws.com' },
      'InvalidArnException',
      /s3/,
    ],
    [
      'another partition',
      symmetric,
      { GranteePrincipal: `arn:aws-cn:iam::${ACCOUNT}:root` },
      'InvalidArnException',
      /aws-cn/,
    ],
    [
      'nobody to retire it',
      symmetric,
      { RetiringPrincipal: userOf('nobody') },
      'InvalidArnException',
      /nobody/,
    ],
    ['a name with a space', symmetric, { Name: 'a b' }, 'ValidationException', /'name'/],
    [
      'a service without a source',
      symmetric,
      { GranteePrincipal: undefined, GranteeServicePrincipal: 's3.amazonaws.com', RetiringPrincipal: ROOT },
      'ValidationException',
      /SourceArn/,
    ],
    [
      'a service that nobody can retire',
      symmetric,
      {
        GranteePrincipal: undefined,
        GranteeServicePrincipal: 's3.amazonaws.com',
        Constraints: { SourceArn: SOURCE },
      },
      'ValidationException',
      /Retiring/,
    ],
  ])('refuses %s', async (_, kind, input, code, words) => {
    const { KeyId } = await newKey(kind)
    const asked = { KeyId, GranteePrincipal: STRANGER, Operations: ['Encrypt'], ...input }
    const refusal = await world.as('admin').refusal('CreateGrant', asked)
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(words)
    expect(await list(KeyId)).toEqual([])
  })

  it.each([
    [
      'eight pairs of 384 characters',
      {
        EncryptionContextEquals: Object.fromEntries(
          Array.from({ length: 8 }, (_, n) => [`k${n}`, 'x'.repeat(384)]),
        ),
      },
    ],
    ['a source', { SourceArn: SOURCE }],
  ])('takes %s', async (_, Constraints) => {
    const { KeyId } = await newKey()
    await give(KeyId, { Constraints })
    expect((await list(KeyId))[0]?.Constraints).toEqual(Constraints)
  })

  it('takes principals of accounts that are not here, and services', async () => {
    const { KeyId } = await newKey()
    await give(KeyId, { GranteePrincipal: 'arn:aws:iam::999999999999:role/somewhere/else' })
    await give(KeyId, {
      GranteePrincipal: undefined,
      GranteeServicePrincipal: 'dynamodb.amazonaws.com',
      RetiringServicePrincipal: 'dynamodb.amazonaws.com',
      Constraints: { SourceArn: SOURCE },
    })
    const [, service] = await list(KeyId)
    expect(service).toMatchObject({
      GranteeServicePrincipal: 'dynamodb.amazonaws.com',
      RetiringServicePrincipal: 'dynamodb.amazonaws.com',
    })
    expect(service).not.toHaveProperty('GranteePrincipal')
  })

  it('does nothing in a dry run', async () => {
    const { KeyId } = await newKey()
    expect(
      await outcome('admin', 'CreateGrant', {
        KeyId,
        GranteePrincipal: STRANGER,
        Operations: ['Encrypt'],
        DryRun: true,
      }),
    ).toBe('DryRunOperationException')
    expect(
      await outcome('carol', 'CreateGrant', {
        KeyId,
        GranteePrincipal: STRANGER,
        Operations: ['Encrypt'],
        DryRun: true,
      }),
    ).toBe('AccessDeniedException')
    expect(await list(KeyId)).toEqual([])
  })

  it('stops at 50,000 grants of a key', async () => {
    const { KeyId } = await newKey()
    const { GrantId } = await give(KeyId, { Name: 'first' })
    await world.sql(
      `INSERT INTO keyhouse.key_grant (account_id, region, key_id, id, grantee, grantee_kind, issuing_account, created_by, operations, row_mac)
       SELECT account_id, region, key_id, lpad(to_hex(n), 64, '0'), grantee, grantee_kind, issuing_account, created_by, operations, row_mac
       FROM keyhouse.key_grant, generate_series(1, 49999) AS n WHERE id = $1`,
      [GrantId],
    )
    expect(
      (
        await world
          .as('admin')
          .refusal('CreateGrant', { KeyId, GranteePrincipal: STRANGER, Operations: ['Encrypt'] })
      ).code,
    ).toBe('LimitExceededException')
    expect((await give(KeyId, { Name: 'first' })).GrantId).toBe(GrantId)
  })
})

describe('a CreateGrant that is sent again', () => {
  it('makes another grant without a name', async () => {
    const { KeyId } = await newKey()
    expect((await give(KeyId)).GrantId).not.toBe((await give(KeyId)).GrantId)
  })

  it('with a name and the same content gets the same grant and a new token', async () => {
    const { KeyId } = await newKey()
    const input = { Name: 'orders', Operations: ['Encrypt', 'Decrypt'] }
    const first = await give(KeyId, input)
    const again = await give(KeyId, { ...input, Operations: ['Decrypt', 'Encrypt', 'Decrypt'] })
    expect(again.GrantId).toBe(first.GrantId)
    expect(again.GrantToken).not.toBe(first.GrantToken)
    expect(await list(KeyId)).toHaveLength(1)
  })

  it.each([
    ['another grantee', { GranteePrincipal: userOf('carol') }],
    ['another retiring principal', { RetiringPrincipal: ROOT }],
    ['another operation', { Operations: ['Decrypt'] }],
    ['a constraint', { Constraints: { EncryptionContextSubset: { a: 'b' } } }],
  ])('with the name and %s is another grant', async (_, other) => {
    const { KeyId } = await newKey()
    const first = await give(KeyId, { Name: 'orders' })
    expect((await give(KeyId, { Name: 'orders', ...other })).GrantId).not.toBe(first.GrantId)
    expect(await list(KeyId)).toHaveLength(2)
  })

  it('at the same moment, by name, makes one grant', async () => {
    const { KeyId } = await newKey()
    const second = callsOn(await world.another(), world.as('admin'))
    const first = callsOn(world.engine, world.as('admin'))
    const input = { KeyId, GranteePrincipal: STRANGER, Operations: ['Encrypt'], Name: 'twins' }
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, n) => (n % 2 ? first : second).call('CreateGrant', input)),
    )
    expect(new Set(made.map((one) => one.GrantId)).size).toBe(1)
    expect(await list(KeyId)).toHaveLength(1)
  })

  it('by an SDK that retries makes one grant, also without a name', async () => {
    const { KeyId } = await newKey()
    const channel = { invocationId: randomUUID(), bodyHash: new Uint8Array(32).fill(7) }
    const input = { KeyId, GranteePrincipal: STRANGER, Operations: ['Encrypt'] }
    const first = await world.as('admin').call('CreateGrant', input, channel)
    const again = await world.as('admin').call('CreateGrant', input, channel)
    expect(again.GrantId).toBe(first.GrantId)
    expect(await list(KeyId)).toHaveLength(1)
  })
})

describe('conditions of CreateGrant', () => {
  const policyWith = (Condition: object, Action = 'kms:CreateGrant') =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: { AWS: STRANGER }, Action, Resource: '*', Condition },
      ],
    })
  const service = {
    GranteePrincipal: undefined,
    GranteeServicePrincipal: 's3.amazonaws.com',
    RetiringServicePrincipal: 's3.amazonaws.com',
    Constraints: { SourceArn: SOURCE },
  }
  it.each<[string, object, object, object]>([
    [
      'GrantOperations',
      { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt', 'Decrypt'] } },
      {},
      { Operations: ['Encrypt', 'DescribeKey'] },
    ],
    [
      'GranteePrincipal',
      { StringEquals: { 'kms:GranteePrincipal': userOf('carol') } },
      {},
      { GranteePrincipal: userOf('bob') },
    ],
    [
      'RetiringPrincipal',
      { StringEquals: { 'kms:RetiringPrincipal': ROOT } },
      { RetiringPrincipal: ROOT },
      {},
    ],
    [
      'GrantConstraintType',
      { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } },
      { Constraints: { EncryptionContextSubset: { a: 'b' } } },
      { Constraints: { EncryptionContextEquals: { a: 'b' } } },
    ],
    [
      'EncryptionContext',
      { StringEquals: { 'kms:EncryptionContext:a': 'b' } },
      { Constraints: { EncryptionContextEquals: { a: 'b' } } },
      {},
    ],
    [
      'GrantConstraintSourceArn',
      { ArnLike: { 'kms:GrantConstraintSourceArn': SOURCE } },
      { Constraints: { SourceArn: SOURCE } },
      { Constraints: { SourceArn: `${SOURCE}2` } },
    ],
    [
      'GranteeServicePrincipal',
      { StringEquals: { 'kms:GranteeServicePrincipal': 's3.amazonaws.com' } },
      service,
      {},
    ],
    [
      'RetiringServicePrincipal',
      { StringEquals: { 'kms:RetiringServicePrincipal': 's3.amazonaws.com' } },
      service,
      {},
    ],
  ])('see kms:%s', async (_, condition, fitting, unfit) => {
    const { KeyId } = await newKey({ Policy: policyWith(condition) })
    const base = { KeyId, GranteePrincipal: userOf('carol'), Operations: ['Encrypt'] }
    expect(await outcome('stranger', 'CreateGrant', { ...base, ...fitting })).toBe('yes')
    expect(await outcome('stranger', 'CreateGrant', { ...base, ...unfit })).not.toBe('yes')
  })

  it.each([
    ['CreateGrant', { GranteePrincipal: STRANGER, Operations: ['Encrypt'] }],
    ['ListGrants', {}],
    ['RevokeGrant', { GrantId: '' }],
  ])('say that %s is never for an AWS resource', async (operation, input) => {
    const isFor = (value: string) => policyWith({ Bool: { 'kms:GrantIsForAWSResource': value } }, 'kms:*')
    for (const [value, expected] of [
      ['true', 'AccessDeniedException'],
      ['false', 'yes'],
    ] as const) {
      const { KeyId } = await newKey({ Policy: isFor(value) })
      const { GrantId } = await give(KeyId, { GranteePrincipal: userOf('carol') })
      const asked = 'GrantId' in input ? { KeyId, GrantId } : { KeyId, ...input }
      expect(await outcome('stranger', operation, asked)).toBe(expected)
    }
  })
})

/** What a grant permits, and to whom (facts §8.5, §9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantTools, OUTSIDER, PLAINTEXT, ROOT, STRANGER, userOf } from '#lib/testing/grants.ts'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const { newKey, give, list, outcome, encrypts } = grantTools(() => world)
const SOURCE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`

describe('a grant', () => {
  it('permits its operations at once, and nothing else', async () => {
    const { KeyId } = await newKey()
    expect(await encrypts('stranger', KeyId)).toBe('AccessDeniedException')
    const { GrantId, GrantToken } = await give(KeyId)
    expect(GrantId).toMatch(/^[0-9a-f]{64}$/)
    expect(await encrypts('stranger', KeyId)).toBe('yes')
    expect(await outcome('stranger', 'DescribeKey', { KeyId })).toBe('AccessDeniedException')
    expect(await encrypts('carol', KeyId)).toBe('AccessDeniedException')
    const withToken = { KeyId, Plaintext: PLAINTEXT, GrantTokens: [GrantToken] }
    expect(await outcome('stranger', 'Encrypt', withToken)).toBe('yes')
    expect(await outcome('stranger', 'Encrypt', { ...withToken, GrantTokens: ['x'] })).toBe(
      'InvalidGrantTokenException',
    )
  })

  it('is the reason that the log gives for the call', async () => {
    const { KeyId } = await newKey()
    const { GrantId } = await give(KeyId)
    await encrypts('stranger', KeyId)
    const { decision } = await world.lastEvent()
    expect(decision?.decisions[0]).toMatchObject({
      verdict: 'allowed',
      deciding: null,
      grant: { id: GrantId, operation: 'Encrypt' },
    })
    await encrypts('carol', KeyId)
    const denied = await world.lastEvent()
    expect(denied.decision?.decisions[0].gates.at(-1)).toEqual({ gate: 'grants', result: 'no', by: null })
  })

  it('is beaten by an explicit deny of the key policy', async () => {
    const Statement = [
      { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Deny', Principal: { AWS: STRANGER }, Action: 'kms:Encrypt', Resource: '*' },
    ]
    const { KeyId } = await newKey({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) })
    await give(KeyId)
    const refusal = await world.as('stranger').refusal('Encrypt', { KeyId, Plaintext: PLAINTEXT })
    expect(refusal.message).toContain('with an explicit deny in a resource-based policy')
  })

  it('to another account’s user satisfies both sides', async () => {
    const { KeyId, Arn } = await newKey()
    expect(await encrypts('outsider', Arn)).toBe('AccessDeniedException')
    await give(KeyId, { GranteePrincipal: OUTSIDER })
    expect(await encrypts('outsider', Arn)).toBe('yes')
    expect(await outcome('outsider', 'DisableKey', { KeyId: Arn })).toBe('AccessDeniedException')
  })

  it('to an account needs an identity policy beside it, except for the root user', async () => {
    const Statement = [
      { Effect: 'Allow', Principal: { AWS: userOf('alice') }, Action: 'kms:*', Resource: '*' },
    ]
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
    const { KeyId } = (await world.as('alice').call('CreateKey', { Policy })).KeyMetadata
    expect(await encrypts('admin', KeyId)).toBe('AccessDeniedException')
    await give(KeyId, { GranteePrincipal: ROOT }, 'alice')
    expect(await encrypts('admin', KeyId)).toBe('yes')
    expect(await encrypts('root', KeyId)).toBe('yes')
    expect(await encrypts('stranger', KeyId)).toBe('AccessDeniedException')
  })

  it.each([
    ['EncryptionContextEquals', { tenant: 'acme' }, 'yes'],
    ['EncryptionContextEquals', { Tenant: 'acme' }, 'yes'],
    ['EncryptionContextEquals', { tenant: 'acme', more: 'x' }, 'AccessDeniedException'],
    ['EncryptionContextEquals', undefined, 'AccessDeniedException'],
    ['EncryptionContextSubset', { tenant: 'acme', more: 'x' }, 'yes'],
    ['EncryptionContextSubset', { tenant: 'beta' }, 'AccessDeniedException'],
  ])('with %s of tenant=acme, a call with %j: %s', async (kind, context, expected) => {
    const { KeyId } = await newKey()
    await give(KeyId, { Constraints: { [kind]: { tenant: 'acme' } }, Operations: ['Encrypt', 'DescribeKey'] })
    expect(await encrypts('stranger', KeyId, context)).toBe(expected)
    expect(await outcome('stranger', 'DescribeKey', { KeyId })).toBe('yes')
  })

  it('with SourceArn permits no request that comes without one', async () => {
    const { KeyId } = await newKey()
    await give(KeyId, { Constraints: { SourceArn: SOURCE }, Operations: ['Encrypt', 'DescribeKey'] })
    expect(await encrypts('stranger', KeyId)).toBe('AccessDeniedException')
    expect(await outcome('stranger', 'DescribeKey', { KeyId })).toBe('AccessDeniedException')
  })

  it.each([
    ['DisableKey', 'DisabledException'],
    ['ScheduleKeyDeletion', 'KMSInvalidStateException'],
  ])('permits no use that the state refuses: %s', async (operation, code) => {
    const { KeyId } = await newKey()
    await give(KeyId)
    await world.as('admin').call(operation, { KeyId })
    expect(await encrypts('stranger', KeyId)).toBe(code)
    expect(
      await outcome('admin', 'CreateGrant', { KeyId, GranteePrincipal: STRANGER, Operations: ['Encrypt'] }),
    ).toBe(code)
    expect(await list(KeyId)).toHaveLength(1)
  })
})

describe('a creator whom a grant lets', () => {
  const constraint = { EncryptionContextSubset: { tenant: 'acme' } }
  const parent = { Operations: ['CreateGrant', 'Encrypt'], Constraints: constraint }
  it.each<[string, object, string]>([
    ['gives the same', { Constraints: constraint }, 'yes'],
    ['gives a stricter one', { Constraints: { EncryptionContextEquals: { tenant: 'acme' } } }, 'yes'],
    [
      'gives no other operation',
      { Constraints: constraint, Operations: ['Decrypt'] },
      'AccessDeniedException',
    ],
    ['gives none without the constraint', {}, 'AccessDeniedException'],
    [
      'gives none with another',
      { Constraints: { EncryptionContextSubset: { tenant: 'beta' } } },
      'AccessDeniedException',
    ],
  ])('%s', async (_, child, expected) => {
    const { KeyId } = await newKey()
    await give(KeyId, parent)
    const input = { KeyId, GranteePrincipal: userOf('carol'), Operations: ['Encrypt'], ...child }
    expect(await outcome('stranger', 'CreateGrant', input)).toBe(expected)
    expect(await list(KeyId)).toHaveLength(expected === 'yes' ? 2 : 1)
  })

  it('in another account issues in its name', async () => {
    const { KeyId, Arn } = await newKey()
    await give(KeyId, { GranteePrincipal: OUTSIDER, Operations: ['CreateGrant', 'Encrypt'] })
    await world
      .as('outsider')
      .call('CreateGrant', { KeyId: Arn, GranteePrincipal: STRANGER, Operations: ['Encrypt'] })
    expect((await list(KeyId)).map((one) => one.IssuingAccount)).toEqual([
      ROOT,
      `arn:aws:iam::${OTHER_ACCOUNT}:root`,
    ])
    expect(await encrypts('stranger', KeyId)).toBe('yes')
  })
})

/** What condition keys see of a request (facts §8.6), shown through key policies that only a condition opens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { policyText } from '#lib/kms/policy-rules.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const STRANGER = `arn:aws:iam::${ACCOUNT}:user/stranger`
type Condition = Record<string, Record<string, string | string[]>>

/** Root may everything; the stranger may what is named, if the condition holds. */
const policyOf = (Action: string, Condition: Condition) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: STRANGER }, Action, Resource: '*', Condition },
    ],
  })

async function keyWith(action: string, condition: Condition): Promise<string> {
  const admin = world.as('admin')
  const Tags = [{ TagKey: 'team', TagValue: 'shop' }]
  const made = await admin.call('CreateKey', { Policy: policyOf(action, condition), Tags })
  const { KeyId } = made.KeyMetadata
  await admin.call('CreateAlias', { AliasName: `alias/a-${KeyId}`, TargetKeyId: KeyId })
  await admin.call('CreateAlias', { AliasName: `alias/b-${KeyId}`, TargetKeyId: KeyId })
  return KeyId
}

/** Gives the stranger one identity policy: Encrypt, if the condition holds. */
async function giveStranger(Condition: Condition): Promise<void> {
  const Statement = [{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*', Condition }]
  const policy = policyText(JSON.stringify({ Version: '2012-10-17', Statement }))
  const principalId = world.as('stranger').principal.id
  await changeIdentities(world.engine.services, [ACCOUNT], async (rows) => {
    await putPolicyDocument(rows, policy)
    const where = { principalId_name: { principalId, name: 'condition' } }
    const policyHash = new Uint8Array(policy.hash)
    await rows.prisma.principalPolicy.upsert({
      where,
      create: { principalId, name: 'condition', policyHash },
      update: { policyHash },
    })
  })
}

async function outcome(operation: string, input: object): Promise<string> {
  try {
    await world.as('stranger').call(operation, input)
    return 'allowed'
  } catch (thrown) {
    return String(Reflect.get(Object(thrown), 'code'))
  }
}

const equals = (key: string, value: string | string[]): Condition => ({ StringEquals: { [key]: value } })
const encrypt = (EncryptionContext?: object) => (KeyId: string) => ({
  KeyId,
  Plaintext: 'AA==',
  ...(EncryptionContext && { EncryptionContext }),
})
const byAlias = (letter: string) => (id: string) => ({ KeyId: `alias/${letter}-${id}`, Plaintext: 'AA==' })
type Input = (id: string) => object

describe('Encrypt is allowed by', () => {
  it.each<[string, Condition, Input]>([
    [
      'a pair of the encryption context',
      equals('kms:EncryptionContext:tenant', 'acme'),
      encrypt({ tenant: 'acme' }),
    ],
    [
      'the names of the context, every one of them known',
      { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'user'] } },
      encrypt({ tenant: 'x' }),
    ],
    [
      'one name of the context',
      { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'tenant' } },
      encrypt({ tenant: 'x', user: 'y' }),
    ],
    ['no context at all', { Null: { 'kms:EncryptionContextKeys': 'true' } }, encrypt()],
    [
      'the algorithm, which is there unasked',
      equals('kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'),
      encrypt(),
    ],
    ['the alias that the request names', { StringLike: { 'kms:RequestAlias': 'alias/a-*' } }, byAlias('a')],
    ['the spec of the key', equals('kms:KeySpec', 'SYMMETRIC_DEFAULT'), encrypt()],
    ['its old name', equals('kms:CustomerMasterKeySpec', 'SYMMETRIC_DEFAULT'), encrypt()],
    ['the usage of the key', equals('kms:KeyUsage', 'ENCRYPT_DECRYPT'), encrypt()],
    ['the origin of the key', equals('kms:KeyOrigin', 'AWS_KMS'), encrypt()],
    ['the key being of one Region', { Bool: { 'kms:MultiRegion': 'false' } }, encrypt()],
    ['the account of the caller', equals('kms:CallerAccount', ACCOUNT), encrypt()],
    ['the account of the key', equals('aws:ResourceAccount', ACCOUNT), encrypt()],
    ['the caller’s ARN', { ArnEquals: { 'aws:PrincipalArn': STRANGER } }, encrypt()],
    ['the caller’s name', equals('aws:username', 'stranger'), encrypt()],
    ['the kind of the caller', equals('aws:PrincipalType', 'User'), encrypt()],
    ['the network', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, encrypt()],
    ['the connection being plain', { Bool: { 'aws:SecureTransport': 'false' } }, encrypt()],
    ['the Region', equals('aws:RequestedRegion', REGION), encrypt()],
    ['the agent', { StringLike: { 'aws:UserAgent': 'world*' } }, encrypt()],
    ['the time', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, encrypt()],
    ['the time in seconds', { NumericGreaterThan: { 'aws:EpochTime': '1577836800' } }, encrypt()],
    ['names in any case', equals('KMS:encryptioncontext:TENANT', 'acme'), encrypt({ tenant: 'acme' })],
  ])('%s', async (_, condition, input) => {
    expect(await outcome('Encrypt', input(await keyWith('kms:Encrypt', condition)))).toBe('allowed')
  })
})

describe('Encrypt is refused without', () => {
  it.each<[string, Condition, Input]>([
    [
      'the pair that the policy names',
      equals('kms:EncryptionContext:tenant', 'acme'),
      encrypt({ tenant: 'other' }),
    ],
    ['any context where the policy names a pair', equals('kms:EncryptionContext:tenant', 'acme'), encrypt()],
    ['the case of the value', equals('kms:EncryptionContext:tenant', 'acme'), encrypt({ tenant: 'Acme' })],
    [
      'every name being known',
      { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant'] } },
      encrypt({ tenant: 'x', user: 'y' }),
    ],
    ['the alias in the request', { StringLike: { 'kms:RequestAlias': 'alias/a-*' } }, encrypt()],
    [
      'that alias in the request, though the key has it',
      { StringLike: { 'kms:RequestAlias': 'alias/a-*' } },
      byAlias('b'),
    ],
    ['the network', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, encrypt()],
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }, encrypt()],
    ['the Region', equals('aws:RequestedRegion', 'us-east-1'), encrypt()],
    ['the time', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, encrypt()],
    ['a service in between', equals('kms:ViaService', 's3.eu-west-1.amazonaws.com'), encrypt()],
    ['a key of many Regions', { Bool: { 'kms:MultiRegion': 'true' } }, encrypt()],
    [
      'multi-factor authentication, which nobody here has',
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      encrypt(),
    ],
    ['a condition key that is one', equals('kms:NoSuchKey', 'x'), encrypt()],
  ])('%s', async (_, condition, input) => {
    expect(await outcome('Encrypt', input(await keyWith('kms:Encrypt', condition)))).toBe(
      'AccessDeniedException',
    )
  })
})

describe('conditions of other operations', () => {
  it.each<[string, string, Condition, Input, string]>([
    [
      'a waiting period that is long enough',
      'ScheduleKeyDeletion',
      { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '20' } },
      (KeyId) => ({ KeyId, PendingWindowInDays: 20 }),
      'allowed',
    ],
    [
      'one that is too short',
      'ScheduleKeyDeletion',
      { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '20' } },
      (KeyId) => ({ KeyId, PendingWindowInDays: 7 }),
      'AccessDeniedException',
    ],
    [
      'a rotation period',
      'EnableKeyRotation',
      { NumericEquals: { 'kms:RotationPeriodInDays': '180' } },
      (KeyId) => ({ KeyId, RotationPeriodInDays: 180 }),
      'allowed',
    ],
    [
      'another rotation period',
      'EnableKeyRotation',
      { NumericEquals: { 'kms:RotationPeriodInDays': '180' } },
      (KeyId) => ({ KeyId, RotationPeriodInDays: 90 }),
      'AccessDeniedException',
    ],
    [
      'a tag in the request',
      'TagResource',
      equals('aws:RequestTag/team', 'shop'),
      (KeyId) => ({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'shop' }] }),
      'allowed',
    ],
    [
      'another value in the request',
      'TagResource',
      equals('aws:RequestTag/team', 'shop'),
      (KeyId) => ({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'x' }] }),
      'AccessDeniedException',
    ],
    [
      'tag names in the request',
      'UntagResource',
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
      (KeyId) => ({ KeyId, TagKeys: ['team'] }),
      'allowed',
    ],
    [
      'more tag names than that',
      'UntagResource',
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
      (KeyId) => ({ KeyId, TagKeys: ['team', 'x'] }),
      'AccessDeniedException',
    ],
    [
      'the safety check left on',
      'PutKeyPolicy',
      { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } },
      (KeyId) => ({ KeyId, Policy: policyOf('kms:*', {}) }),
      'AccessDeniedException',
    ],
    [
      'an algorithm where there is none',
      'DescribeKey',
      equals('kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'),
      (KeyId) => ({ KeyId }),
      'AccessDeniedException',
    ],
  ])('%s', async (_, operation, condition, input, expected) => {
    expect(await outcome(operation, input(await keyWith(`kms:${operation}`, condition)))).toBe(expected)
  })

  it('every value that the decision read is in the event', async () => {
    const KeyId = await keyWith('kms:Encrypt', equals('kms:EncryptionContext:tenant', 'acme'))
    await outcome('Encrypt', encrypt({ tenant: 'acme' })(KeyId))
    expect((await world.lastEvent()).context).toEqual({ 'kms:encryptioncontext:tenant': ['acme'] })
    await outcome('Encrypt', encrypt()(KeyId))
    expect((await world.lastEvent()).context).toEqual({ 'kms:encryptioncontext:tenant': null })
  })
})

describe('tags and aliases of the key, which only identity policies may ask for', () => {
  it.each<[string, Condition, string]>([
    ['a tag of the key', equals('aws:ResourceTag/team', 'shop'), 'allowed'],
    [
      'one alias of the key, whatever the request names',
      { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/a-*' } },
      'allowed',
    ],
    ['another value of the tag', equals('aws:ResourceTag/team', 'Shop'), 'AccessDeniedException'],
    ['another tag', equals('aws:ResourceTag/project', 'shop'), 'AccessDeniedException'],
    [
      'another alias',
      { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/c-*' } },
      'AccessDeniedException',
    ],
  ])('%s', async (_, condition, expected) => {
    await giveStranger(condition)
    const KeyId = await keyWith('kms:ListKeyRotations', {})
    expect(await outcome('Encrypt', encrypt()(KeyId))).toBe(expected)
  })

  it('are seen as they are now', async () => {
    await giveStranger(equals('aws:ResourceTag/team', 'shop'))
    const KeyId = await keyWith('kms:ListKeyRotations', {})
    expect(await outcome('Encrypt', encrypt()(KeyId))).toBe('allowed')
    await world.as('admin').call('TagResource', { KeyId, Tags: [{ TagKey: 'team', TagValue: 'other' }] })
    expect(await outcome('Encrypt', encrypt()(KeyId))).toBe('AccessDeniedException')
  })
})

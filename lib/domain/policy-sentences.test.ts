import { describe, expect, it } from 'vitest'
import { consoleKeyPolicy, defaultKeyPolicy } from './default-policy.ts'
import { describePolicy } from './policy-sentences.ts'

const ACCOUNT = '111122223333'
const user = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`

const one = (statement: object, kind: 'key' | 'identity' = 'key') => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement })
  const [described] = describePolicy(text, kind, ACCOUNT)
  if (!described) throw new Error('no statement')
  return described
}

describe('the console policy in words', () => {
  const choices = {
    partition: 'aws',
    account: ACCOUNT,
    accounts: ['444455556666'],
    allowDeletion: false,
    grants: true,
  }
  const policy = consoleKeyPolicy({
    ...choices,
    administrators: [user('alice')],
    users: [user('bob'), user('eng/carol')],
  })

  it('says who may do what', () => {
    expect(describePolicy(policy, 'key', ACCOUNT).map(({ role, sentence }) => [role, sentence])).toEqual([
      ['root', 'Account 111122223333 may do what its identity policies allow.'],
      [
        'administrators',
        'user/alice may manage the key: Create*, Describe*, Enable*, List*, Put*, Update*, Revoke*, Disable*, Get*, ' +
          'Delete*, TagResource, UntagResource and RotateKeyOnDemand.',
      ],
      [
        'users',
        'user/bob, user/eng/carol and account 444455556666 may use the key: ' +
          'Encrypt, Decrypt, ReEncrypt*, GenerateDataKey* and DescribeKey.',
      ],
      [
        'service',
        'user/bob, user/eng/carol and account 444455556666 may let AWS services use the key for them: ' +
          'CreateGrant, ListGrants and RevokeGrant, only when an AWS service asks for them.',
      ],
    ])
  })

  it('names the account of the default policy', () => {
    expect(describePolicy(defaultKeyPolicy('aws', ACCOUNT))[0]?.principals).toEqual(['account 111122223333'])
  })
})

describe('one statement', () => {
  const allow = { Effect: 'Allow', Principal: { AWS: user('bob') }, Action: 'kms:Decrypt', Resource: '*' }

  it.each([
    ['everyone', { ...allow, Principal: '*' }, 'Everyone may use the key: Decrypt.'],
    ['a deny', { ...allow, Effect: 'Deny' }, 'user/bob may not call Decrypt.'],
    [
      'everyone but one',
      { ...allow, Principal: undefined, NotPrincipal: { AWS: user('bob') } },
      'Everyone except user/bob may call Decrypt.',
    ],
    ['everything', { ...allow, Action: 'kms:*' }, 'user/bob may do everything with the key.'],
    [
      'everything but',
      { ...allow, Action: undefined, NotAction: ['kms:Put*', 'kms:Sign'] },
      'user/bob may do everything except Put* and Sign.',
    ],
    [
      'another account',
      { ...allow, Principal: { AWS: user('dave', '444455556666') } },
      'user/dave of account 444455556666 may use the key: Decrypt.',
    ],
    [
      'a deleted principal',
      { ...allow, Principal: { AWS: 'AIDAEXAMPLEEXAMPLE12' } },
      'AIDAEXAMPLEEXAMPLE12 (deleted) may use the key: Decrypt.',
    ],
    [
      'a service',
      { ...allow, Principal: { Service: 'logs.amazonaws.com' } },
      'logs.amazonaws.com may call Decrypt.',
    ],
    ['no effect', { ...allow, Effect: undefined }, 'This statement cannot be understood.'],
    [
      'a deny with a condition',
      { ...allow, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': false } } },
      'user/bob may not call Decrypt, when it is not so that the connection is encrypted.',
    ],
    [
      'a resource',
      { ...allow, Resource: 'arn:aws:kms:*' },
      'user/bob may use the key: Decrypt, on arn:aws:kms:*.',
    ],
  ])('%s', (_, statement, sentence) => {
    expect(one(statement).sentence).toBe(sentence)
  })

  it('of an identity policy names whoever has it', () => {
    const described = one({ Effect: 'Allow', Action: 'kms:List*', Resource: '*' }, 'identity')
    expect(described.sentence).toBe('Whoever has this policy may call List*.')
  })

  it.each([
    [
      { StringEquals: { 'kms:ViaService': ['s3.us-east-1.amazonaws.com', 'x'] } },
      'the calling service is s3.us-east-1.amazonaws.com or x',
    ],
    [{ StringNotLike: { 'kms:EncryptionContext:App': 'a*' } }, 'encryption context "App" is not like a*'],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'the source address is not in 10.0.0.0/8'],
    [{ Null: { 'kms:RequestAlias': 'false' } }, 'the alias used is present'],
    [{ DateLessThan: { 'aws:CurrentTime': '2027-01-01' } }, 'the time is before 2027-01-01'],
    [
      { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': 14 } },
      'the waiting period in days is less than 14',
    ],
    [
      { 'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' } },
      'every value of kms:GrantOperations is Decrypt',
    ],
    [
      { StringEqualsIfExists: { 'kms:CallerAccount': '1' } },
      "the caller's account is 1 (or the caller's account is absent)",
    ],
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'a second factor was used'],
  ])('%j', (Condition, phrase) => {
    expect(one({ ...allow, Condition }).conditions).toEqual([phrase])
  })
})

import { describe, expect, it } from 'vitest'
import { consoleKeyPolicy, defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { checkIdentityPolicy, checkKeyPolicy, checkTrustPolicy, identitiesNamed } from './check.ts'

const ACCOUNT = '111122223333'
const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`
const DAVE = 'arn:aws:iam::444455556666:user/dave'
const surroundings = { partition: 'aws', principalExists: (arn: string) => arn === ALICE || arn === DAVE }
const check = (policy: unknown) =>
  checkKeyPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), surroundings)

const statement = { Effect: 'Allow', Principal: { AWS: ALICE }, Action: 'kms:*', Resource: '*' }
const policy = (change: object = {}, rest: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ ...statement, ...change }],
  ...rest,
})
const without = (element: keyof typeof statement) => policy({ [element]: undefined })
const when = (Condition: unknown) => policy({ Condition })

const SYNTAX = 'Syntax errors in policy.'
const PRINCIPALS = 'Policy contains a statement with one or more invalid principals.'
const NOT_PERMITTED =
  'These condition keys are not permitted in a key policy: aws:ResourceTag, kms:ResourceTag, kms:ResourceAliases'

describe('a key policy is stored', () => {
  const choices = {
    partition: 'aws',
    account: ACCOUNT,
    accounts: ['444455556666'],
    allowDeletion: true,
    grants: true,
  }
  it.each([
    ['the default policy', defaultKeyPolicy('aws', ACCOUNT)],
    ['the console policy', consoleKeyPolicy({ ...choices, administrators: [ALICE], users: [ALICE] })],
    ['an unknown action', policy({ Action: 'kms:Frobnicate' })],
    ['an action of another service', policy({ Action: 's3:GetObject' })],
    ['an unknown condition key', when({ StringEquals: { 'kms:Nothing': 'x' } })],
    ['a user of another account', policy({ Principal: { AWS: DAVE } })],
    ['a foreign account', policy({ Principal: { AWS: ['444455556666', ALICE] } })],
    ['everyone', policy({ Principal: '*' })],
    ['a service', policy({ Principal: { Service: 'logs.us-east-1.amazonaws.com' } })],
    [
      'a Sid with spaces, twice',
      {
        Version: '2012-10-17',
        Statement: [
          { ...statement, Sid: 'Allow use' },
          { ...statement, Sid: 'Allow use' },
        ],
      },
    ],
    ['the old Version', policy({}, { Version: '2008-10-17' })],
    ['no Version', policy({}, { Version: undefined })],
    ['one statement that is no list', { Version: '2012-10-17', Statement: statement }],
    ['an empty Condition', when({})],
    ['letters of Latin-1', policy({ Sid: 'Schlüssel' })],
  ])('with %s', (_, text) => {
    expect(check(text)).toBeNull()
  })
})

describe('a key policy is refused', () => {
  it.each([
    ['no JSON', '{', 'Policy contains invalid json'],
    [
      'a duplicate element',
      '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}',
      'Policy contains invalid json',
    ],
    [
      'a user who does not exist',
      policy({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/nobody` } }),
      PRINCIPALS,
    ],
    [
      'a user of another account who does not exist',
      policy({ Principal: { AWS: 'arn:aws:iam::444455556666:user/nobody' } }),
      PRINCIPALS,
    ],
    [
      'a session that does not exist',
      policy({ Principal: { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/nobody/x` } }),
      PRINCIPALS,
    ],
    ['a name in another case', policy({ Principal: { AWS: ALICE.replace('alice', 'Alice') } }), PRINCIPALS],
    [
      'a role that does not exist',
      policy({ Principal: { AWS: [ALICE, `arn:aws:iam::${ACCOUNT}:role/nobody`] } }),
      PRINCIPALS,
    ],
    [
      'a missing user in NotPrincipal',
      policy({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:user/nobody` } }),
      PRINCIPALS,
    ],
    ['the id of a deleted user', policy({ Principal: { AWS: 'AIDAEXAMPLEEXAMPLE12' } }), PRINCIPALS],
    [
      'a user of another partition',
      policy({ Principal: { AWS: 'arn:aws-cn:iam::444455556666:user/x' } }),
      PRINCIPALS,
    ],
    [
      'an account of another partition',
      policy({ Principal: { AWS: 'arn:aws-cn:iam::444455556666:root' } }),
      PRINCIPALS,
    ],
    ['a group', policy({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:group/admins` } }), PRINCIPALS],
    [
      'a wildcard in a principal',
      policy({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/*` } }),
      PRINCIPALS,
    ],
    ['an account of eleven digits', policy({ Principal: { AWS: '11112222333' } }), PRINCIPALS],
    ['a principal that is text', policy({ Principal: ALICE }), PRINCIPALS],
    ['a kind of principal that is not one', policy({ Principal: { IAM: ALICE } }), PRINCIPALS],
    ['no Principal', without('Principal'), 'Policy contains a statement with no principal.'],
    [
      'an empty list of principals',
      policy({ Principal: { AWS: [] } }),
      'Policy contains a statement with no principal.',
    ],
    ['no Action', without('Action'), 'Policy statement must contain actions.'],
    ['an empty list of actions', policy({ Action: [] }), 'Policy statement must contain actions.'],
    ['no Resource', without('Resource'), 'Policy statement must contain resources.'],
    ['no Effect', without('Effect'), SYNTAX],
    ['a bad Effect', policy({ Effect: 'allow' }), SYNTAX],
    ['no statements', { Version: '2012-10-17', Statement: [] }, SYNTAX],
    ['no Statement', { Version: '2012-10-17' }, SYNTAX],
    ['a statement that is text', { Version: '2012-10-17', Statement: ['x'] }, SYNTAX],
    ['an unknown Version', policy({}, { Version: '2012-10-18' }), SYNTAX],
    ['an unknown element', policy({ Resources: '*' }), SYNTAX],
    ['an unknown element of the policy', policy({}, { Statements: [] }), SYNTAX],
    ['an Id that is a number', policy({}, { Id: 1 }), SYNTAX],
    ['a Sid that is a number', policy({ Sid: 1 }), SYNTAX],
    ['an unknown operator', when({ StringIs: { 'kms:X': 'x' } }), SYNTAX],
    ['a value that is null', when({ StringEquals: { 'kms:X': null } }), SYNTAX],
    ['a value that is an object', when({ StringEquals: { 'kms:X': [{}] } }), SYNTAX],
    ['a number that is none', when({ NumericLessThan: { 'kms:X': 'ten' } }), SYNTAX],
    ['an address that is none', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/40' } }), SYNTAX],
    ['an ARN of three parts', when({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3' } }), SYNTAX],
    ['an action without a service', policy({ Action: 'Decrypt' }), SYNTAX],
    ['a resource that is no ARN', policy({ Resource: 'key/x' }), SYNTAX],
    ['letters beyond Latin-1', policy({ Sid: 'ключ' }), SYNTAX],
    ['a tag of the key', when({ StringEquals: { 'aws:ResourceTag/team': 'x' } }), NOT_PERMITTED],
    [
      'aliases of the key',
      when({ 'ForAnyValue:StringEquals': { 'KMS:resourceAliases': 'alias/x' } }),
      NOT_PERMITTED,
    ],
    [
      'ForAllValues with an encryption context',
      when({ 'ForAllValues:StringEquals': { 'kms:EncryptionContext:app': 'x' } }),
      expect.stringMatching(/^OverlyPermissiveCondition: /),
    ],
    [
      'ForAllValues with a request tag',
      when({ 'ForAllValues:StringLikeIfExists': { 'aws:RequestTag/team': 'x' } }),
      expect.stringMatching(/^OverlyPermissiveCondition: /),
    ],
  ])('with %s', (_, text, message) => {
    expect(check(text)).toEqual(message)
  })
})

describe('an identity policy', () => {
  const { Principal: _, ...rest } = statement
  const identity = (change: object = {}) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...rest, ...change }] })
  it.each([
    ['as it should be', identity(), null],
    [
      'with tags of the key',
      identity({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'x' } } }),
      null,
    ],
    ['with a principal', identity({ Principal: '*' }), 'Policy document should not specify a principal.'],
    ['that is no JSON', '[', 'This policy contains invalid Json'],
    ['without actions', identity({ Action: undefined }), 'Policy statement must contain actions.'],
    ['without resources', identity({ Resource: undefined }), 'Policy statement must contain resources.'],
    [
      'with an action without a service',
      identity({ Action: 'List*' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    ['with a resource that is no ARN', identity({ Resource: 'x' }), 'Resource must be in ARN format or "*".'],
    ['with a Sid of words', identity({ Sid: 'two words' }), expect.stringContaining('SID')],
    [
      'with a Sid twice',
      JSON.stringify({
        Statement: [
          { ...rest, Sid: 'a' },
          { ...rest, Sid: 'a' },
        ],
      }),
      expect.stringContaining('unique'),
    ],
  ])('%s', (_name, text, message) => {
    expect(checkIdentityPolicy(text)).toEqual(message)
  })
})

describe('a trust policy', () => {
  const trust = (change: object = {}) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: ALICE }, Action: 'sts:AssumeRole', ...change }],
    })
  const nobody = `arn:aws:iam::${ACCOUNT}:user/nobody`
  it.each([
    ['as it should be', trust(), null],
    ['of a service', trust({ Principal: { Service: 'ec2.amazonaws.com' } }), null],
    ['of a provider', trust({ Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/x` } }), null],
    ['of everyone', trust({ Principal: '*' }), null],
    ['with a condition', trust({ Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), null],
    [
      'that names nobody who exists',
      trust({ Principal: { AWS: [ALICE, nobody] } }),
      `Invalid principal in policy: "AWS":"${nobody}"`,
    ],
    [
      'that names the id of a deleted user',
      trust({ Principal: { AWS: 'AIDAEXAMPLEEXAMPLE12' } }),
      'Invalid principal in policy: "AWS":"AIDAEXAMPLEEXAMPLE12"',
    ],
    ['with a malformed principal', trust({ Principal: { AWS: 'alice' } }), 'Invalid principal in policy'],
    ['without a principal', trust({ Principal: undefined }), 'Missing required field Principal'],
    ['with a resource', trust({ Resource: '*' }), 'Has prohibited field Resource'],
    ['without actions', trust({ Action: undefined }), 'Policy statement must contain actions.'],
    ['that is no JSON', '{', 'This policy contains invalid Json'],
    ['with a Sid of words', trust({ Sid: 'two words' }), expect.stringContaining('SID')],
  ])('%s', (_name, text, message) => {
    expect(checkTrustPolicy(text, surroundings)).toEqual(message)
  })
})

describe('the identities that a policy names', () => {
  it.each([
    [
      'are users, roles and sessions',
      JSON.stringify(policy({ Principal: { AWS: [ALICE, DAVE, ACCOUNT, '*'] } })),
      [ALICE, DAVE],
    ],
    [
      'are also those that it spares',
      JSON.stringify(policy({ Principal: undefined, NotPrincipal: { AWS: DAVE } })),
      [DAVE],
    ],
    ['are none where it cannot be read', '{', []],
  ])('%s', (_name, text, arns) => {
    expect(identitiesNamed(text, 'key')).toEqual(arns)
  })
})

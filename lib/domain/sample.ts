/**
 * Policies of the people Keyhouse makes by itself: the first administrator, and alice, bob and carol of the sample
 * account, who show that managing keys, using them and watching are three different things.
 */
export const ADMINISTRATOR_POLICY_NAME = 'AdministratorAccess'

const allow = (sid: string, actions: readonly string[]) => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: '*',
})

/** As in AWS, only for oneself. */
const ownAccessKeys = (name: string) => ({
  Sid: 'OwnAccessKeys',
  Effect: 'Allow',
  Action: 'iam:CreateAccessKey',
  Resource: `arn:*:iam::*:user/${name}`,
})

const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)

/** Every action on everything that the account owns; key policies still decide about keys. */
export const administratorPolicy = policy({ Effect: 'Allow', Action: '*', Resource: '*' })

/** What every screen of the console asks. */
const LOOK = [
  'kms:ListKeys',
  'kms:ListAliases',
  'iam:ListUsers',
  'keyhouse:Capabilities',
  'keyhouse:WatchConnection',
]
const LOG = ['cloudtrail:LookupEvents']
const DESCRIBE = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:ListKeyPolicies',
  'kms:GetKeyRotationStatus',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:ListGrants',
]

export type SamplePerson = {
  readonly name: 'alice' | 'bob' | 'carol'
  readonly role: string
  readonly policyName: string
  readonly policy: string
}

/**
 * None of them may use kms:* : in a key policy that delegates to the account, that would make a key user of an
 * administrator (architecture §6). What alice does to keys and what bob does with them, key policies allow.
 */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  {
    name: 'alice',
    role: 'Key administrator',
    policyName: 'CreateKeysAndLook',
    policy: policy(
      allow('CreateAndName', [
        'kms:CreateKey',
        'kms:CreateAlias',
        'kms:UpdateAlias',
        'kms:DeleteAlias',
        'kms:TagResource',
      ]),
      allow('Look', [...LOOK, ...DESCRIBE]),
      allow('ReadTheLog', LOG),
      ownAccessKeys('alice'),
    ),
  },
  {
    name: 'bob',
    role: 'Key user',
    policyName: 'Look',
    policy: policy(allow('Look', LOOK), ownAccessKeys('bob')),
  },
  {
    name: 'carol',
    role: 'Auditor',
    policyName: 'ReadTheLogAndLook',
    policy: policy(allow('Look', [...LOOK, ...DESCRIBE]), allow('ReadTheLog', LOG), ownAccessKeys('carol')),
  },
]

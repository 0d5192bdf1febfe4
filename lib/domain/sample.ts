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

/** Asking what others may do, and why: whoever administers or audits keys must see it. */
const ASK_ABOUT_OTHERS = ['iam:SimulatePrincipalPolicy']

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
      allow('Look', [...LOOK, ...DESCRIBE, ...ASK_ABOUT_OTHERS]),
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
    policy: policy(
      allow('Look', [...LOOK, ...DESCRIBE, ...ASK_ABOUT_OTHERS]),
      allow('ReadTheLog', LOG),
      ownAccessKeys('carol'),
    ),
  },
]

export type SampleRole = {
  readonly name: 'app-backend' | 'auditor'
  readonly description: string
  /** Who may assume it. */
  readonly trusts: SamplePerson['name']
  readonly policyName: string
  readonly policy: string
}

/** Roles of the sample account. Neither may use kms:*, nor anything of cryptography, unless a key policy says so. */
export const SAMPLE_ROLES: readonly SampleRole[] = [
  {
    name: 'app-backend',
    description: 'The programs of the web shop',
    trusts: 'bob',
    policyName: 'Look',
    policy: policy(allow('Look', LOOK)),
  },
  {
    name: 'auditor',
    description: 'Reads the log',
    trusts: 'carol',
    policyName: 'ReadTheLogAndLook',
    policy: policy(allow('Look', [...LOOK, ...DESCRIBE]), allow('ReadTheLog', LOG)),
  },
]

/** Lets one user of the account assume a role. */
export const trustPolicy = (userArn: string) =>
  policy({ Effect: 'Allow', Principal: { AWS: userArn }, Action: 'sts:AssumeRole' })

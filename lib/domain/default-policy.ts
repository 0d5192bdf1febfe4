/** The key policies that AWS writes by itself, with AWS's white space (facts §8.2). */
import { rootArn } from './arn.ts'
import type { KeySpecName, KeyUsageName, Origin } from './key-spec.ts'

/** The policy of a key created without one: the account's identity policies decide. */
export function defaultKeyPolicy(partition: string, account: string): string {
  return printPolicy('key-default-1', [rootStatement(partition, account)])
}

/** What kind of key a policy is for: its people can only be allowed what such a key does. */
export type PolicyKeyKind = {
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  readonly multiRegion: boolean
}

/** A kind that is left out is that of CreateKey without members. */
export type ConsolePolicyChoices = Partial<PolicyKeyKind> & {
  readonly partition: string
  readonly account: string
  /** ARNs of users and roles that may manage the key but not use it. */
  readonly administrators: readonly string[]
  /** ARNs of users and roles that may use the key. */
  readonly users: readonly string[]
  /** Other accounts, 12 digits each, whose own policies may let their people use the key. */
  readonly accounts: readonly string[]
  readonly allowDeletion: boolean
  /** Adds the statement by which AWS services use the key for its users. */
  readonly grants: boolean
  /**
   * Strict separation: administrators get named actions in place of wildcards, without kms:CreateGrant, and a Deny of use.
   * AWS's console has no such choice.
   */
  readonly strict?: boolean | undefined
}

export const DENY_USE_SID = 'Deny use of the key to Key Administrators'

function kindOf(choices: ConsolePolicyChoices): PolicyKeyKind {
  const { spec, usage, origin, multiRegion } = choices
  return {
    spec: spec ?? 'SYMMETRIC_DEFAULT',
    usage: usage ?? 'ENCRYPT_DECRYPT',
    origin: origin ?? 'AWS_KMS',
    multiRegion: multiRegion ?? false,
  }
}

/** The policy that AWS's console writes for a key of this kind. */
export function consoleKeyPolicy(choices: ConsolePolicyChoices): string {
  const { partition, account, administrators, accounts } = choices
  const kind = kindOf(choices)
  const users = [...choices.users, ...accounts.map((other) => rootArn(partition, other))]
  const statements = [rootStatement(partition, account)]
  if (administrators.length > 0) {
    const actions = choices.strict ? namedActionsOfManaging : actionsOfManaging
    statements.push(administratorStatement(administrators, actions(kind, choices.allowDeletion)))
  }
  if (users.length > 0) {
    statements.push({ Sid: 'Allow use of the key', principals: users, Action: actionsOfUse(kind) })
    // AWS services take no HMAC keys, so there is nobody to grant one to.
    if (choices.grants && kind.usage !== 'GENERATE_VERIFY_MAC') statements.push(grantStatement(users))
  }
  if (administrators.length > 0 && choices.strict) statements.push(denyStatement(administrators, kind))
  return printPolicy('key-consolepolicy-3', statements)
}

export type Statement = {
  readonly Sid: string
  readonly principals: readonly string[]
  readonly Action: readonly string[]
  readonly Condition?: object
  /** Allow where it does not say. */
  readonly Effect?: 'Deny'
}

/** AWS's order. */
const MANAGE = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
]
const DELETE = ['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion']
const IMPORT = ['kms:ImportKeyMaterial']
const REPLICATE = ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion']
const ROTATE = ['kms:RotateKeyOnDemand']

/**
 * The same by name, without what hands out use of the key (kms:CreateGrant), and without what keys of this kind do not
 * have.
 */
const MANAGE_BY_NAME = [
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:UpdateAlias',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:DisableKey',
  'kms:GetKeyPolicy',
  'kms:PutKeyPolicy',
  'kms:ListKeyPolicies',
  'kms:ListGrants',
  'kms:RevokeGrant',
  'kms:ListResourceTags',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
]
const ROTATE_BY_NAME = [
  'kms:EnableKeyRotation',
  'kms:DisableKeyRotation',
  'kms:GetKeyRotationStatus',
  'kms:ListKeyRotations',
]
const IMPORT_BY_NAME = ['kms:GetParametersForImport', 'kms:DeleteImportedKeyMaterial']

function namedActionsOfManaging(kind: PolicyKeyKind, allowDeletion: boolean): string[] {
  const symmetric = kind.spec === 'SYMMETRIC_DEFAULT'
  const publicKey = !symmetric && kind.usage !== 'GENERATE_VERIFY_MAC'
  return [
    ...MANAGE_BY_NAME,
    ...(symmetric ? ROTATE_BY_NAME : []),
    ...(publicKey ? ['kms:GetPublicKey'] : []),
    ...(kind.origin === 'EXTERNAL' ? IMPORT_BY_NAME : []),
    ...actionsOfKind(kind, allowDeletion),
  ]
}

/** What only keys of some kinds have, after what all have. */
const actionsOfManaging = (kind: PolicyKeyKind, allowDeletion: boolean): string[] => [
  ...MANAGE,
  ...actionsOfKind(kind, allowDeletion),
]

function actionsOfKind({ spec, origin, multiRegion }: PolicyKeyKind, allowDeletion: boolean): string[] {
  return [
    ...(allowDeletion ? DELETE : []),
    ...(origin === 'EXTERNAL' ? IMPORT : []),
    ...(multiRegion ? REPLICATE : []),
    ...(spec === 'SYMMETRIC_DEFAULT' ? ROTATE : []),
  ]
}

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
/** Of every key that is not symmetric. */
const USE_BY_USAGE: Record<KeyUsageName, readonly string[]> = {
  ENCRYPT_DECRYPT: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 'kms:GetPublicKey'],
  SIGN_VERIFY: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
  GENERATE_VERIFY_MAC: ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
  KEY_AGREEMENT: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['kms:Encapsulate', 'kms:Decapsulate', 'kms:DescribeKey', 'kms:GetPublicKey'],
}

const actionsOfUse = ({ spec, usage }: PolicyKeyKind): readonly string[] =>
  spec === 'SYMMETRIC_DEFAULT' ? USE : USE_BY_USAGE[usage]

const GRANT = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant']

const rootStatement = (partition: string, account: string): Statement => ({
  Sid: 'Enable IAM User Permissions',
  principals: [rootArn(partition, account)],
  Action: ['kms:*'],
})

const administratorStatement = (principals: readonly string[], Action: readonly string[]): Statement => ({
  Sid: 'Allow access for Key Administrators',
  principals,
  Action,
})

/** What a Deny of use names: looking at a key is not using it. */
const denyStatement = (principals: readonly string[], kind: PolicyKeyKind): Statement => ({
  Sid: DENY_USE_SID,
  principals,
  Action: actionsOfUse(kind).filter((action) => !LOOKING.includes(action)),
  Effect: 'Deny',
})
const LOOKING: readonly string[] = ['kms:DescribeKey', 'kms:GetPublicKey']

const grantStatement = (principals: readonly string[]): Statement => ({
  Sid: 'Allow attachment of persistent resources',
  principals,
  Action: GRANT,
  Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
})

/** One is written as text, several as a list. */
const oneOrMany = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : texts)

/** A key policy of statements for the whole key, as AWS prints them. */
export function printPolicy(id: string, statements: readonly Statement[]): string {
  const document = {
    Version: '2012-10-17',
    Id: id,
    Statement: statements.map(({ Sid, principals, Action, Condition, Effect = 'Allow' }) => ({
      Sid,
      Effect,
      Principal: { AWS: oneOrMany(principals) },
      Action: oneOrMany(Action),
      Resource: '*',
      ...(Condition && { Condition }),
    })),
  }
  return draw(document, '')
}

/** AWS's layout: spaces around colons, lists on one line, objects indented by two. */
function draw(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[ ${value.map((entry) => draw(entry, indent)).join(', ')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const members = Object.entries(value).map(
    ([name, member]) => `${inner}${JSON.stringify(name)} : ${draw(member, inner)}`,
  )
  return `{\n${members.join(',\n')}\n${indent}}`
}

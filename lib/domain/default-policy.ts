/** The key policies that AWS writes by itself, with AWS's white space (facts §8.2). */
import { rootArn } from './arn.ts'

/** The policy of a key created without one: the account's identity policies decide. */
export function defaultKeyPolicy(partition: string, account: string): string {
  return print('key-default-1', [rootStatement(partition, account)])
}

export type ConsolePolicyChoices = {
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
}

/** The policy that AWS's console writes for a symmetric key. */
export function consoleKeyPolicy(choices: ConsolePolicyChoices): string {
  const { partition, account, administrators, accounts } = choices
  const users = [...choices.users, ...accounts.map((other) => rootArn(partition, other))]
  const statements = [rootStatement(partition, account)]
  if (administrators.length > 0)
    statements.push(administratorStatement(administrators, choices.allowDeletion))
  if (users.length > 0) {
    statements.push({ Sid: 'Allow use of the key', principals: users, Action: USE })
    if (choices.grants) statements.push(grantStatement(users))
  }
  return print('key-consolepolicy-3', statements)
}

type Statement = {
  readonly Sid: string
  readonly principals: readonly string[]
  readonly Action: readonly string[]
  readonly Condition?: object
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
const ROTATE = ['kms:RotateKeyOnDemand']
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
const GRANT = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant']

const rootStatement = (partition: string, account: string): Statement => ({
  Sid: 'Enable IAM User Permissions',
  principals: [rootArn(partition, account)],
  Action: ['kms:*'],
})

const administratorStatement = (principals: readonly string[], allowDeletion: boolean): Statement => ({
  Sid: 'Allow access for Key Administrators',
  principals,
  Action: [...MANAGE, ...(allowDeletion ? DELETE : []), ...ROTATE],
})

const grantStatement = (principals: readonly string[]): Statement => ({
  Sid: 'Allow attachment of persistent resources',
  principals,
  Action: GRANT,
  Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
})

/** One is written as text, several as a list. */
const oneOrMany = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : texts)

function print(id: string, statements: readonly Statement[]): string {
  const document = {
    Version: '2012-10-17',
    Id: id,
    Statement: statements.map(({ Sid, principals, Action, Condition }) => ({
      Sid,
      Effect: 'Allow',
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

/** A trace in words: names of gates and policies, what a statement lacked, and where each is to be read. */
import { principalLabel } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { parseArn } from '#lib/domain/arn.ts'

/** As it crossed the wire: moments are epoch seconds. */
export type Explanation = OutputOf<'ExplainAccess'>
export type Gate = Explanation['Gates'][number]
export type Statement = Gate['Statements'][number]
export type Condition = Statement['Conditions'][number]
export type Remedy = NonNullable<Explanation['Remedy']>

export const GATE_TITLES: Readonly<Record<Gate['Gate'], string>> = {
  'explicit-deny': 'Explicit deny',
  'key-policy': 'Key policy',
  delegation: 'Account delegation',
  identity: 'Identity policies, boundary and session policy',
  grants: 'Grants',
  validity: 'Key state and request',
}

export const BASIS_WORDS: Readonly<Record<Explanation['Basis'], string>> = {
  recorded: 'Recorded at the time',
  now: 'Recomputed now',
  draft: 'Computed on the draft',
}

export type GateMark = 'pass' | 'no' | 'none'

/** For a deny to be found is not to pass; for none to be found is nothing yet. */
export function markOf({ Gate, Result }: Pick<Gate, 'Gate' | 'Result'>): { mark: GateMark; words: string } {
  if (Result === 'not-applicable') return { mark: 'none', words: 'Not applicable' }
  if (Gate === 'explicit-deny')
    return Result === 'pass' ? { mark: 'none', words: 'None found' } : { mark: 'no', words: 'Found' }
  return Result === 'pass' ? { mark: 'pass', words: 'Passed' } : { mark: 'no', words: 'Not passed' }
}

/** “Allow use of the key” is Statement 3 of its policy. */
export const statementTitle = ({ Index, Sid }: Pick<Statement, 'Index' | 'Sid'>): string =>
  `Statement ${Index + 1}${Sid ? ` “${Sid}”` : ''}`

/** The policy that a statement is of. */
export function policyTitle({
  PolicyRole,
  PolicyName,
}: Pick<Statement, 'PolicyRole' | 'PolicyName'>): string {
  switch (PolicyRole) {
    case 'resource':
      return 'the key policy'
    case 'identity':
      return `the identity policy ${PolicyName}`
    case 'boundary':
      return `the permissions boundary ${PolicyName}`
    case 'session':
      return 'the session policy'
    case 'guardrail':
      return `the guardrail ${PolicyName}`
  }
}

/** Name\u00a0operator\u00a0values, as a phrase: kms:ViaService StringEquals s3.eu-west-1.amazonaws.com */
export const conditionPhrase = ({ Key, Operator, Values }: Condition): string =>
  `${Key} ${Operator} ${Values.join(', ')}`

export const sawPhrase = ({ Saw }: Condition): string =>
  Saw === null ? 'the request had none' : `the request had ${Saw.join(', ')}`

/** What kept a statement from deciding, each as a phrase; empty for one that decided. */
export function lacks(statement: Statement, action: string): readonly string[] {
  const { Principal, Action, Resource, Conditions } = statement
  const unmet = Conditions.filter(({ Holds }) => !Holds)
  return [
    ...(Principal ? [] : ['names other principals']),
    ...(Action ? [] : [`has no ${action}`]),
    ...(Resource ? [] : ['is about other resources']),
    ...(unmet.length === 0 ? [] : [`its condition on ${unmet.map(({ Key }) => Key).join(', ')} isn’t met`]),
  ]
}

export type Verdict = { readonly tone: 'verdigris' | 'vermilion' | 'brass'; readonly title: string }

/** Permission alone does not make a request succeed: the key must be able to serve it. */
export function verdictOf({ Allowed, Verdict }: Pick<Explanation, 'Allowed' | 'Verdict'>): Verdict {
  if (Allowed) return { tone: 'verdigris', title: 'Allowed' }
  if (Verdict === 'allowed') return { tone: 'brass', title: 'Permitted, but it fails' }
  return {
    tone: 'vermilion',
    title: Verdict === 'explicit-deny' ? 'Denied by a statement' : 'Denied: nothing allows it',
  }
}

type Place = { readonly account: string; readonly region: string; readonly keyId: string }

/** The key of a resource, if it is one. */
export function keyOf(resource: string): Place | undefined {
  const arn = parseArn(resource)
  if (arn?.service !== 'kms' || !arn.resource.startsWith('key/')) return undefined
  return { account: arn.account, region: arn.region, keyId: arn.resource.slice('key/'.length) }
}

/** The page of a user or a role, whatever the path in its ARN; undefined for everybody else. */
export function identityPage(principalArn: string): string | undefined {
  const arn = parseArn(principalArn)
  if (!arn) return undefined
  const [kind, ...rest] = arn.resource.split('/')
  if (kind === 'user') return paths.identity(arn.account, 'users', rest.at(-1) ?? '')
  if (kind === 'role') return paths.identity(arn.account, 'roles', rest.at(-1) ?? '')
  if (kind === 'assumed-role') return paths.identity(arn.account, 'roles', rest[0] ?? '')
  return undefined
}

type Asked = Pick<Explanation, 'PrincipalArn' | 'Resource'>

/** Where the policy of a statement is read; a guardrail and a session's policy have no page. */
export function policyPage(
  { PrincipalArn, Resource }: Asked,
  role: Statement['PolicyRole'],
): string | undefined {
  const key = keyOf(Resource)
  if (role === 'resource') return key ? paths.key(key, key.keyId, 'policy') : undefined
  return role === 'identity' || role === 'boundary' ? identityPage(PrincipalArn) : undefined
}

const EDIT_WORDS = {
  'key-policy': 'Edit the key policy',
  'identity-policy': 'Open the identity',
  boundary: 'Open the identity',
  grant: 'Open the grants',
  key: 'Open the key',
} as const

/** Where the smallest change is made. */
export function remedyPage({ PrincipalArn, Resource }: Asked, where: Remedy['Where']) {
  const key = keyOf(Resource)
  const hrefs: Partial<Record<Remedy['Where'], string | undefined>> = {
    'key-policy': key && paths.editPolicy(key, key.keyId),
    'identity-policy': identityPage(PrincipalArn),
    boundary: identityPage(PrincipalArn),
    grant: key && paths.key(key, key.keyId, 'grants'),
    key: key && paths.keyRoot(key, key.keyId),
  }
  const href = hrefs[where]
  if (href === undefined || !(where in EDIT_WORDS)) return undefined
  // The names of the record's own entries.
  return { href, label: EDIT_WORDS[where as keyof typeof EDIT_WORDS] }
}

/** A message to whoever may change it, with the smallest change that the engine found. */
export function askFor(question: Asked & { readonly Action: string }, remedy: Remedy | null): string {
  const on = question.Resource === '*' ? '' : ` on ${question.Resource}`
  const asks = `Please allow ${question.Action}${on} for ${question.PrincipalArn}.`
  if (!remedy) return `${asks}\n`
  const change = `The smallest change that would do it: ${remedy.Sentence}`
  return `${asks}\n\n${change}\n${remedy.Statement ? `\n${remedy.Statement}\n` : ''}`
}

/** user/alice; of another account's, with the account; a whole account by its number. */
export function principalName(arn: string, account: string): string {
  const label = principalLabel(arn)
  const of = parseArn(arn)?.account
  if (!of || of === account) return label
  return label === 'account root' ? `account ${of}` : `${label} of account ${of}`
}

/**
 * The forms a principal takes in a policy (facts §8.3), and whether a text has one of them.
 * Whether the principal exists is not known here.
 */
import { parseArn } from './arn.ts'

export const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number]

/** As a policy writes it; `"Principal": "*"` and `{"AWS": "*"}` are the same. */
export type PrincipalName = { readonly type: PrincipalType; readonly value: string }

export type PrincipalForm =
  | { readonly form: 'everyone' }
  /** The account: its root user, and through it the account's identity policies. */
  | { readonly form: 'account'; readonly partition: string | null; readonly account: string }
  /** A user, a role, or a session. */
  | { readonly form: 'identity'; readonly partition: string; readonly account: string; readonly arn: string }
  /** What AWS shows in place of a principal that was deleted. Matches nobody. */
  | { readonly form: 'unique-id' }
  /** Services, identity providers and canonical users: well formed, and never a caller of Keyhouse. */
  | { readonly form: 'outside' }

export const ACCOUNT_ID = /^[0-9]{12}$/
const UNIQUE_ID = /^A(?:ID|RO)A[A-Z0-9]{12,124}$/
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/
const NAME = /^[\w+=,.@-]{1,64}$/
const PATH = /^[!-~]*$/
const WILD = /[*?]/

const IDENTITY_KINDS: Readonly<Record<string, readonly string[]>> = {
  iam: ['user', 'role'],
  sts: ['assumed-role', 'federated-user'],
}

function isIdentity(service: string, resource: string): boolean {
  const slash = resource.indexOf('/')
  const kinds = Object.hasOwn(IDENTITY_KINDS, service) ? IDENTITY_KINDS[service] : undefined
  if (slash < 0 || !kinds?.includes(resource.slice(0, slash))) return false
  const rest = resource.slice(slash + 1)
  return PATH.test(rest) && NAME.test(rest.slice(rest.lastIndexOf('/') + 1))
}

function awsForm(value: string): PrincipalForm | undefined {
  if (value === '*') return { form: 'everyone' }
  if (ACCOUNT_ID.test(value)) return { form: 'account', partition: null, account: value }
  if (UNIQUE_ID.test(value)) return { form: 'unique-id' }
  const arn = parseArn(value)
  // Wildcards are not allowed inside the ARN of a principal.
  if (!arn || WILD.test(value) || arn.region !== '' || !ACCOUNT_ID.test(arn.account)) return undefined
  const { partition, account } = arn
  if (arn.service === 'iam' && arn.resource === 'root') return { form: 'account', partition, account }
  return isIdentity(arn.service, arn.resource)
    ? { form: 'identity', partition, account, arn: value }
    : undefined
}

/** The form of a principal, or undefined when the text has none. */
export function principalForm({ type, value }: PrincipalName): PrincipalForm | undefined {
  if (type === 'AWS') return awsForm(value)
  if (type === 'Service') return SERVICE.test(value) ? { form: 'outside' } : undefined
  return value === '' ? undefined : { form: 'outside' }
}

/**
 * Grants: what one may give, and whether one permits a request (facts §9). Pure; who the caller is, and what the
 * policies say, is decided in lib/policy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
import type { EncryptionContext } from './encryption-context.ts'
import { KEY_SPECS, type KeySpecName, type KeyUsageName } from './key-spec.ts'

export const GRANT_OPERATIONS = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
  'Encapsulate',
  'Decapsulate',
] as const
export type GrantOperation = (typeof GRANT_OPERATIONS)[number]

/** Facts §9.4 and §15. */
export const GRANT_LIMITS = { perKey: 50_000, contextPairs: 8, contextValue: 384 } as const

/** By AWS's member names: as requests, lists and rows have them. */
export type GrantConstraints = {
  readonly EncryptionContextEquals?: EncryptionContext | undefined
  readonly EncryptionContextSubset?: EncryptionContext | undefined
  readonly SourceArn?: string | undefined
}

/** Whom a grant names: an ARN, or the DNS name of a service. */
export type GrantPrincipal = { readonly kind: 'AWS' | 'Service'; readonly name: string }

/** As much of a grant as a decision needs. */
export type Grant = {
  readonly id: string
  readonly grantee: GrantPrincipal
  readonly operations: readonly GrantOperation[]
  readonly constraints: GrantConstraints | null
}

/** What a grant gives, whoever gets it. */
export type GrantTerms = Pick<Grant, 'operations' | 'constraints'>

/** Every kind of key may have these. */
const ANY_KEY = ['CreateGrant', 'RetireGrant', 'DescribeKey'] as const

const OF_USAGE: Readonly<Record<KeyUsageName, readonly GrantOperation[]>> = {
  ENCRYPT_DECRYPT: ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate'],
}

const OF_CLASS = {
  symmetric: [
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
  ],
  asymmetric: ['GetPublicKey'],
  hmac: [],
} as const satisfies Record<string, readonly GrantOperation[]>

/** What a grant on a key of this kind may contain (facts §9.2). */
export const grantOperationsOf = (spec: KeySpecName, usage: KeyUsageName): readonly GrantOperation[] => [
  ...OF_USAGE[usage],
  ...OF_CLASS[KEY_SPECS[spec].class],
  ...ANY_KEY,
]

const BY_ACTION = new Map(GRANT_OPERATIONS.map((name) => [`kms:${name}`.toLowerCase(), name]))

/** The grant operation that an action is, in any case; undefined for actions that no grant can give. */
export const grantOperationOf = (action: string): GrantOperation | undefined =>
  BY_ACTION.get(action.toLowerCase())

/** Names are compared without case when authorizing, values exactly (facts §9.4). */
const hasPair = (context: EncryptionContext, name: string, value: string): boolean =>
  Object.entries(context).some(([key, held]) => held === value && key.toLowerCase() === name.toLowerCase())

const includesPairs = (wide: EncryptionContext, narrow: EncryptionContext): boolean =>
  Object.entries(narrow).every(([name, value]) => hasPair(wide, name, value))

const samePairs = (a: EncryptionContext, b: EncryptionContext): boolean =>
  Object.keys(a).length === Object.keys(b).length && includesPairs(a, b) && includesPairs(b, a)

/** What of a request bears on constraints. */
export type GrantRequest = {
  readonly encryptionContext: EncryptionContext | undefined
  /** aws:SourceArn. */
  readonly sourceArn: string | undefined
  /** What CreateGrant would give. */
  readonly child: GrantTerms | undefined
}

const UNCONSTRAINED: GrantConstraints = {}

/** Whether a request with this context fulfils the context constraint; without one, always. */
export function contextFulfils(
  { EncryptionContextEquals: equals, EncryptionContextSubset: subset }: GrantConstraints,
  context: EncryptionContext | undefined = {},
): boolean {
  if (equals && !samePairs(context, equals)) return false
  return !subset || includesPairs(context, subset)
}

/** Whether every request that fulfils the child's context constraint fulfils the parent's too. */
function contextAsStrict(child: GrantConstraints, parent: GrantConstraints): boolean {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = child
  if (parent.EncryptionContextEquals) return !!equals && samePairs(equals, parent.EncryptionContextEquals)
  if (!parent.EncryptionContextSubset) return true
  const promised = equals ?? subset
  return promised !== undefined && includesPairs(promised, parent.EncryptionContextSubset)
}

/** Whether a grant gives nothing that its parent does not give: no more operations, no weaker constraints (facts §9.5). */
export function isWithin(child: GrantTerms, parent: GrantTerms): boolean {
  const [inner, outer] = [child.constraints ?? UNCONSTRAINED, parent.constraints ?? UNCONSTRAINED]
  if (!child.operations.every((operation) => parent.operations.includes(operation))) return false
  if (outer.SourceArn !== undefined && inner.SourceArn !== outer.SourceArn) return false
  return contextAsStrict(inner, outer)
}

/** Operations that no encryption context comes with: a context constraint says nothing about them. */
const WITHOUT_CONTEXT: readonly GrantOperation[] = ['DescribeKey', 'RetireGrant']

/** Whether the grant permits the operation to its grantee. */
export function grantPermits(grant: GrantTerms, operation: GrantOperation, request: GrantRequest): boolean {
  if (!grant.operations.includes(operation)) return false
  const constraints = grant.constraints ?? UNCONSTRAINED
  const sourceHolds = constraints.SourceArn === undefined || constraints.SourceArn === request.sourceArn
  if (!sourceHolds && operation !== 'RetireGrant') return false
  if (operation === 'CreateGrant') return request.child !== undefined && isWithin(request.child, grant)
  return WITHOUT_CONTEXT.includes(operation) || contextFulfils(constraints, request.encryptionContext)
}

/** Which of the two context constraints it is, as kms:GrantConstraintType says. */
export function constraintTypeOf(constraints: GrantConstraints | null) {
  if (constraints?.EncryptionContextEquals) return 'EncryptionContextEquals'
  return constraints?.EncryptionContextSubset ? 'EncryptionContextSubset' : undefined
}

const sortedPairs = (context: EncryptionContext | undefined) =>
  context ? Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)) : null

/** Equal texts for equal terms, whatever their order. */
export const termsText = ({ operations, constraints }: GrantTerms): string =>
  JSON.stringify([
    [...new Set(operations)].sort(),
    sortedPairs(constraints?.EncryptionContextEquals),
    sortedPairs(constraints?.EncryptionContextSubset),
    constraints?.SourceArn ?? null,
  ])

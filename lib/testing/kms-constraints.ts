/**
 * The constraints of AWS's KMS model as data (testdata/kms-constraints.json, made by scripts/kms-constraints.mjs),
 * and where Keyhouse differs from them on purpose. What breaks a constraint is made in constraint-cases.ts.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShapeType } from './sdk-shapes.ts'

export type Facts = {
  readonly type: ShapeType
  readonly required?: true
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly sensitive?: true
  /** The name of an enumeration. */
  readonly enum?: string
}

type OperationModel = {
  readonly input: Readonly<Record<string, Facts>>
  readonly output: readonly string[]
  readonly errors: readonly string[]
}

type Model = {
  readonly enums: Readonly<Record<string, readonly string[]>>
  readonly operations: Readonly<Record<string, OperationModel>>
}

export const KMS_MODEL: Model = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testdata', 'kms-constraints.json'), 'utf8'),
)

type Difference = { readonly member: string; readonly facts: Partial<Facts>; readonly why: string }

const TIGHTER_LIMIT = 'The model says 1000; the documentation and the service have a smaller limit.'
const SERVICE_PRINCIPAL = {
  facts: { min: 1, max: 256, pattern: '^[\\w+=,.@:/-]+$' },
  why: 'The SDK knows no limits of it: those of GranteePrincipal.',
} as const
const NOT_REPEATED = {
  facts: { sensitive: true },
  why: 'A policy of up to 128 KiB is not repeated in the text of a refusal.',
} as const
const DOCUMENT = {
  facts: { required: true },
  why: 'Without a document there is nobody to answer.',
} as const

/** `Operation.Member` → what is different about it here, and why. */
export const DIFFERENCES: readonly Difference[] = [
  { member: 'ListAliases.Limit', facts: { max: 100 }, why: TIGHTER_LIMIT },
  { member: 'ListGrants.Limit', facts: { max: 100 }, why: TIGHTER_LIMIT },
  { member: 'ListRetirableGrants.Limit', facts: { max: 100 }, why: TIGHTER_LIMIT },
  { member: 'ListResourceTags.Limit', facts: { max: 50 }, why: TIGHTER_LIMIT },
  { member: 'CreateKey.Policy', ...NOT_REPEATED },
  { member: 'PutKeyPolicy.Policy', ...NOT_REPEATED },
  { member: 'ReplicateKey.Policy', ...NOT_REPEATED },
  {
    member: 'CreateKey.CustomerMasterKeySpec',
    facts: { enum: 'KeySpec' },
    why: 'The older name of KeySpec takes every spec that KeySpec takes.',
  },
  { member: 'Decrypt.Recipient.AttestationDocument', ...DOCUMENT },
  { member: 'DeriveSharedSecret.Recipient.AttestationDocument', ...DOCUMENT },
  { member: 'GenerateDataKey.Recipient.AttestationDocument', ...DOCUMENT },
  { member: 'GenerateDataKeyPair.Recipient.AttestationDocument', ...DOCUMENT },
  { member: 'GenerateRandom.Recipient.AttestationDocument', ...DOCUMENT },
  { member: 'CreateGrant.GranteeServicePrincipal', ...SERVICE_PRINCIPAL },
  { member: 'CreateGrant.RetiringServicePrincipal', ...SERVICE_PRINCIPAL },
  { member: 'ListGrants.GranteeServicePrincipal', ...SERVICE_PRINCIPAL },
  { member: 'ListRetirableGrants.RetiringServicePrincipal', ...SERVICE_PRINCIPAL },
  {
    member: 'CreateGrant.Constraints.SourceArn',
    facts: { min: 1, max: 2048 },
    why: 'The SDK knows no limits of it: those of other members that take an ARN.',
  },
  {
    member: 'Decapsulate.SharedSecretCiphertextBlob',
    facts: { min: 1, max: 6144 },
    why: 'The SDK knows no limits of it: those of every other ciphertext.',
  },
]

const byMember = new Map(DIFFERENCES.map((difference) => [difference.member, difference]))

export const differenceOf = (operation: string, path: string): Difference | undefined =>
  byMember.get(`${operation}.${path}`)

/** Members of an operation's input by path, with what is different here. */
export function inputFacts(operation: string): Map<string, Facts> {
  const input = KMS_MODEL.operations[operation]?.input ?? {}
  return new Map(
    Object.entries(input).map(([path, facts]) => [
      path,
      { ...facts, ...differenceOf(operation, path)?.facts },
    ]),
  )
}

/** `Tags[].TagKey` → how a refusal names it: tags.1.member.tagKey */
export const shownPath = (path: string): string =>
  path
    .split('.')
    .map((step) => step.charAt(0).toLowerCase() + step.slice(1).replace('[]', '.1.member'))
    .join('.')

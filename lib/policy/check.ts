/**
 * What a policy must be before it is stored, in the words AWS refuses with (facts §8.4). Stricter than
 * compiling: here principals must exist and Sids be unique. The lockout check is lockout.ts, the size limit
 * the operation's.
 */

import type { PolicyFault, PolicyKind } from '#lib/domain/policy-finding.ts'
import type { PolicyDocument } from '#lib/domain/policy-grammar.ts'
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import type { PrincipalName } from '#lib/domain/policy-principal.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'

const SYNTAX = 'Syntax errors in policy.'
const INVALID_PRINCIPAL = 'Policy contains a statement with one or more invalid principals.'
const NO_ACTION = 'Policy statement must contain actions.'
const NO_RESOURCE = 'Policy statement must contain resources.'
const OVERLY_PERMISSIVE =
  'OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches requests ' +
  'without the specified [encryption context or tag] or with an unspecified [encryption context or tag]. ' +
  'To fix, remove ForAllValues.'

const COMMON = {
  syntax: SYNTAX,
  'no-action': NO_ACTION,
  'no-resource': NO_RESOURCE,
  'overly-permissive': OVERLY_PERMISSIVE,
  'no-principal': 'Policy contains a statement with no principal.',
  principal: INVALID_PRINCIPAL,
  'principal-not-allowed': 'Policy document should not specify a principal.',
  'resource-not-allowed': 'Has prohibited field Resource',
  'condition-key':
    'These condition keys are not permitted in a key policy: aws:ResourceTag, kms:ResourceTag, kms:ResourceAliases',
} as const

/** IAM has words of its own (facts §18.3). */
const IAM = {
  ...COMMON,
  json: 'This policy contains invalid Json',
  action: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  resource: 'Resource must be in ARN format or "*".',
  sid: 'Statement IDs (SID) must be alpha-numeric, and unique in a single policy.',
} as const

const TEXTS: Record<PolicyKind, Record<PolicyFault, string>> = {
  key: { ...COMMON, json: 'Policy contains invalid json', action: SYNTAX, resource: SYNTAX, sid: SYNTAX },
  identity: IAM,
  trust: {
    ...IAM,
    'no-principal': 'Missing required field Principal',
    principal: 'Invalid principal in policy',
  },
}

/** Tab, line feed, carriage return, and U+0020 to U+00FF (facts §8.1). */
const CHARACTERS = /^[\t\n\r\u0020-\u00ff]*$/

function grammarFault(text: string, document: PolicyDocument): string | null {
  const [first] = document.findings
  if (first) return TEXTS[document.kind][first.fault]
  return CHARACTERS.test(text) ? null : SYNTAX
}

export type KeyPolicySurroundings = {
  readonly partition: string
  /** False for a user, role or session that an account of this installation ought to have and has not. */
  readonly principalExists: (arn: string) => boolean
}

/** Null when the key policy may be stored, else the message of the MalformedPolicyDocumentException. */
export const checkKeyPolicy = (text: string, surroundings: KeyPolicySurroundings): string | null =>
  checkNamingPolicy(text, { kind: 'key', surroundings, invalid: () => INVALID_PRINCIPAL })

/** Null when the trust policy may be stored, else the message of IAM's MalformedPolicyDocument. */
export const checkTrustPolicy = (text: string, surroundings: KeyPolicySurroundings): string | null =>
  checkNamingPolicy(text, {
    kind: 'trust',
    surroundings,
    invalid: ({ type, value }) => `Invalid principal in policy: "${type}":"${value}"`,
  })

/** ARNs of the users, roles and sessions that a policy names; none when it cannot be read. */
export function identitiesNamed(text: string, kind: 'key' | 'trust'): string[] {
  const names = readPolicy(text, kind).statements.flatMap((statement) => statement.principal?.names ?? [])
  return names.flatMap((name) => {
    const form = principalForm(name)
    return form?.form === 'identity' ? form.arn : []
  })
}

type Naming = {
  readonly kind: 'key' | 'trust'
  readonly surroundings: KeyPolicySurroundings
  readonly invalid: (name: PrincipalName) => string
}

function checkNamingPolicy(text: string, { kind, surroundings, invalid }: Naming): string | null {
  const document = readPolicy(text, kind)
  const fault = grammarFault(text, document)
  if (fault !== null) return fault
  const names = document.statements.flatMap((statement) => statement.principal?.names ?? [])
  const unknown = names.find((name) => !isVisible(name, surroundings))
  return unknown ? invalid(unknown) : null
}

/**
 * Principals of the installation's accounts must exist; others need only be well formed, of the same partition.
 */
function isVisible(name: PrincipalName, { partition, principalExists }: KeyPolicySurroundings): boolean {
  const form = principalForm(name)
  switch (form?.form) {
    case 'everyone':
    case 'outside':
      return true
    case 'account':
      return form.partition === null || form.partition === partition
    case 'identity':
      return form.partition === partition && principalExists(form.arn)
    default:
      // The id of a deleted principal, or none at all: AWS accepts neither when a policy is written.
      return false
  }
}

/** Null when the identity policy may be stored, else the message of the MalformedPolicyDocumentException. */
export function checkIdentityPolicy(text: string): string | null {
  return grammarFault(text, readPolicy(text, 'identity'))
}

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
  'condition-key':
    'These condition keys are not permitted in a key policy: aws:ResourceTag, kms:ResourceTag, kms:ResourceAliases',
} as const

const TEXTS: Record<PolicyKind, Record<PolicyFault, string>> = {
  key: { ...COMMON, json: 'Policy contains invalid json', action: SYNTAX, resource: SYNTAX, sid: SYNTAX },
  identity: {
    ...COMMON,
    json: 'This policy contains invalid Json',
    action: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    resource: 'Resource must be in ARN format or "*".',
    sid: 'Statement IDs (SID) must be alpha-numeric, and unique in a single policy.',
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
  readonly account: string
  /** Is there a user or role of the key's account with this ARN? */
  readonly principalExists: (arn: string) => boolean
}

/** Null when the key policy may be stored, else the message of the MalformedPolicyDocumentException. */
export function checkKeyPolicy(text: string, surroundings: KeyPolicySurroundings): string | null {
  const document = readPolicy(text, 'key')
  const fault = grammarFault(text, document)
  if (fault !== null) return fault
  const names = document.statements.flatMap((statement) => statement.principal?.names ?? [])
  return names.every((name) => isVisible(name, surroundings)) ? null : INVALID_PRINCIPAL
}

/**
 * Principals of the key's account must exist; foreign ones need only be well formed, of the same partition.
 */
function isVisible(
  name: PrincipalName,
  { partition, account, principalExists }: KeyPolicySurroundings,
): boolean {
  const form = principalForm(name)
  switch (form?.form) {
    case 'everyone':
    case 'outside':
      return true
    case 'account':
      return form.partition === null || form.partition === partition
    case 'identity':
      return form.partition === partition && (form.account !== account || principalExists(form.arn))
    default:
      // The id of a deleted principal, or none at all: AWS accepts neither when a policy is written.
      return false
  }
}

/** Null when the identity policy may be stored, else the message of the MalformedPolicyDocumentException. */
export function checkIdentityPolicy(text: string): string | null {
  return grammarFault(text, readPolicy(text, 'identity'))
}

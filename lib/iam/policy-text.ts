/** Policy documents as IAM takes them, with its limits and words, and as it gives them back (facts §18.3). */
import { sha256 } from '#lib/crypto/digest.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { principalDirectory } from '#lib/engine/principal-directory.ts'
import { checkIdentityPolicy, checkTrustPolicy, identitiesNamed } from '#lib/policy/check.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'

/** Characters without white space: of a managed policy, and of all inline policies of one holder together. */
export const POLICY_SIZES = { managed: 6144, user: 2048, role: 10_240, group: 5120, trust: 2048 } as const
export type InlineHolder = 'user' | 'role' | 'group'

/** What counts: white space does not, wherever it stands. */
export const sizeOf = (document: string) => document.replace(/\s/g, '').length

const textOf = (body: string): PolicyText => ({ hash: sha256(body), body })

const malformed = (message: string) => new KmsError('MalformedPolicyDocument', message)
const tooLong = (message: string) => new KmsError('LimitExceeded', message)

/** @throws MalformedPolicyDocument */
export function identityPolicyText(document: string): PolicyText {
  const fault = checkIdentityPolicy(document)
  if (fault !== null) throw malformed(fault)
  return textOf(document)
}

/** @throws MalformedPolicyDocument, LimitExceeded */
export function managedPolicyText(document: string): PolicyText {
  const text = identityPolicyText(document)
  if (sizeOf(document) > POLICY_SIZES.managed)
    throw tooLong(`Cannot exceed quota for PolicySize: ${POLICY_SIZES.managed}`)
  return text
}

/**
 * An inline policy beside the others that its holder keeps.
 * @throws MalformedPolicyDocument, LimitExceeded when all together are too long
 */
export function inlinePolicyText(
  document: string,
  holder: { readonly kind: InlineHolder; readonly name: string },
  others: readonly string[],
): PolicyText {
  const text = identityPolicyText(document)
  const most = POLICY_SIZES[holder.kind]
  const sum = [document, ...others].reduce((size, body) => size + sizeOf(body), 0)
  if (sum > most)
    throw tooLong(`Maximum policy size of ${most} bytes exceeded for ${holder.kind} ${holder.name}`)
  return text
}

/** @throws MalformedPolicyDocument, LimitExceeded */
export async function trustPolicyText({ services, identity }: Call, document: string): Promise<PolicyText> {
  const principalExists = await principalDirectory(services.database.sql, identitiesNamed(document, 'trust'))
  const fault = checkTrustPolicy(document, { partition: identity.principal.partition, principalExists })
  if (fault !== null) throw malformed(fault)
  if (sizeOf(document) > POLICY_SIZES.trust)
    throw tooLong(`Cannot exceed quota for ACLSizePerRole: ${POLICY_SIZES.trust}`)
  return textOf(document)
}

/** RFC 3986: everything is escaped but letters, digits and -._~ */
export const encodedDocument = (document: string): string =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

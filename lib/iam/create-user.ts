/**
 * Users with their inline policies. A user is drafted first, where hashing takes its time, and created in the
 * caller's transaction, where nothing is computed.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { hashPassword } from '#lib/crypto/password.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { checkIdentityPolicy } from '#lib/policy/check.ts'
import type { Transaction } from '#lib/store/database.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'
import { addInlinePolicy, addPrincipal, type NewPrincipal } from '#lib/store/principals.ts'
import { newUserId } from './identifiers.ts'

export type InlinePolicy = { readonly name: string; readonly document: string }

export type UserDraft = {
  readonly principal: NewPrincipal
  readonly policies: readonly { readonly name: string; readonly policy: PolicyText }[]
}

type UserRequest = {
  readonly account: string
  readonly name: string
  /** undefined for a user that only programs use. */
  readonly password: string | undefined
  readonly policies: readonly InlinePolicy[]
}

/** @throws KmsError MalformedPolicyDocumentException naming the policy that cannot be understood. */
export async function draftUser(request: UserRequest): Promise<UserDraft> {
  for (const { name, document } of request.policies) {
    const fault = checkIdentityPolicy(document)
    if (fault)
      throw new KmsError('MalformedPolicyDocumentException', `Policy ${name} of ${request.name}: ${fault}`)
  }
  const password = request.password === undefined ? null : await hashPassword(request.password)
  return {
    principal: { id: newUserId(), account: request.account, kind: 'user', name: request.name, password },
    policies: request.policies.map(({ name, document }) => ({
      name,
      policy: { hash: sha256(document), body: document },
    })),
  }
}

export async function createUser(transaction: Transaction, draft: UserDraft): Promise<void> {
  await addPrincipal(transaction, draft.principal)
  for (const { name, policy } of draft.policies) {
    await addInlinePolicy(transaction, { principal: draft.principal.id, name, policy })
  }
}

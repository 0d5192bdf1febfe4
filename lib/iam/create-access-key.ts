/**
 * Access keys. The secret is sealed under the account's domain key, bound to the row it belongs to (R79), and
 * leaves this module once, in the draft.
 */

import { KmsError } from '#lib/domain/refusal.ts'
import type { DomainKeys } from '#lib/engine/domain-keys.ts'
import { accessKeySecret } from '#lib/engine/record-identity.ts'
import { addAccessKey, countAccessKeys, type NewAccessKey } from '#lib/store/access-keys.ts'
import type { Transaction } from '#lib/store/database.ts'
import { lockPrincipal } from '#lib/store/principals.ts'
import { newAccessKeyId, newAccessKeySecret } from './identifiers.ts'

/** AWS: two per user, so that one can be replaced while the other works. */
const PER_PRINCIPAL = 2

export type AccessKeyPair = { readonly id: string; readonly secret: string }

export type AccessKeyDraft = { readonly row: NewAccessKey; readonly pair: AccessKeyPair }

/** Makes a key for a principal, or seals the one given. The pair is to be shown once and forgotten. */
export async function draftAccessKey(
  domainKeys: DomainKeys,
  owner: { readonly account: string; readonly principal: string },
  fixed?: AccessKeyPair,
): Promise<AccessKeyDraft> {
  const pair = fixed ?? { id: newAccessKeyId(), secret: newAccessKeySecret() }
  const bytes = Buffer.from(pair.secret, 'utf8')
  try {
    const scope = { kind: 'account', account: owner.account } as const
    const secretSealed = await domainKeys.seal(scope, bytes, accessKeySecret(owner.account, pair.id))
    return { row: { id: pair.id, ...owner, secretSealed }, pair }
  } finally {
    bytes.fill(0)
  }
}

/** @throws KmsError LimitExceededException when the principal has two already. */
export async function createAccessKey(transaction: Transaction, draft: AccessKeyDraft): Promise<void> {
  await lockPrincipal(transaction, draft.row.principal)
  if ((await countAccessKeys(transaction, draft.row.principal)) >= PER_PRINCIPAL) {
    throw new KmsError(
      'LimitExceededException',
      `Cannot exceed quota for AccessKeysPerUser: ${PER_PRINCIPAL}`,
    )
  }
  await addAccessKey(transaction, draft.row)
}

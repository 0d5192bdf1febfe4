/** Rows of temporary credentials; lib/store/identities.ts reads them for the wire. */
import type { Sql, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

export type NewTemporaryCredential = {
  /** ASIA… */
  readonly id: string
  readonly account: string
  /** The role that is assumed, or the user whose session it is. */
  readonly principal: string
  readonly secretSealed: Uint8Array
  /** SHA-256 of the session token. */
  readonly tokenHash: Uint8Array
  readonly sessionName: string | null
  /** ARN of who asked for them. */
  readonly assumedBy: string
  readonly policies: readonly PolicyText[]
  readonly tags: Readonly<Record<string, string>>
  readonly transitiveTags: readonly string[]
  readonly sourceIdentity: string | null
  readonly federatedProvider: string | null
  readonly mfaAt: Date | null
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export async function addTemporaryCredential(
  transaction: Transaction,
  { account, principal, policies, tags, ...row }: NewTemporaryCredential,
): Promise<void> {
  for (const policy of policies) await putPolicyDocument(transaction, policy)
  await transaction.prisma.temporaryCredential.create({
    data: {
      ...row,
      accountId: account,
      principalId: principal,
      secretSealed: new Uint8Array(row.secretSealed),
      tokenHash: new Uint8Array(row.tokenHash),
      policyHashes: policies.map(({ hash }) => new Uint8Array(hash)),
      tags: JSON.stringify(tags),
      transitiveTags: [...row.transitiveTags],
    },
  })
}

/** Until then an expired credential is told that it has expired; after, that it is none. */
const KEPT_AFTER_EXPIRY = '1 day'

/** Deletes some of those that expired long ago; called by whoever adds one, so that there are never many. */
export async function sweepTemporaryCredentials(transaction: Transaction, now: Date): Promise<void> {
  await transaction.sql(
    `DELETE FROM keyhouse.temporary_credential WHERE id IN (
       SELECT id FROM keyhouse.temporary_credential WHERE expires_at < $1::timestamptz - interval '${KEPT_AFTER_EXPIRY}'
       ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED)`,
    [now],
  )
}

/** The account that an access key of either kind belongs to. */
export async function findAccountOfAccessKey(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql<{ account_id: string }>(
    `SELECT account_id FROM keyhouse.access_key WHERE id = $1
     UNION ALL SELECT account_id FROM keyhouse.temporary_credential WHERE id = $1`,
    [id],
  )
  return row?.account_id
}

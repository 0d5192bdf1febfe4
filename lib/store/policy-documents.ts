/** Policy texts by the SHA-256 of their bytes: added, never changed, never deleted. */
import type { Sql, Transaction } from './database.ts'

export type PolicyText = { readonly hash: Uint8Array; readonly body: string }

/** Makes sure a policy text is stored. The database checks that the hash is the text's. */
export async function putPolicyDocument(transaction: Transaction, policy: PolicyText): Promise<void> {
  await transaction.prisma.policyDocument.createMany({
    data: [{ hash: new Uint8Array(policy.hash), body: policy.body }],
    skipDuplicates: true,
  })
}

/** The texts of hashes (hex), by hash. */
export async function readPolicyDocuments(
  sql: Sql,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ hash: string; body: string }>(
    `SELECT encode(hash, 'hex') AS hash, body FROM keyhouse.policy_document
     WHERE hash IN (SELECT decode(h, 'hex') FROM unnest($1::text[]) h)`,
    [hashes],
  )
  return new Map(rows.map(({ hash, body }) => [hash, body]))
}

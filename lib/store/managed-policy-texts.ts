/** The text that a managed policy has now: its default version. */
import type { Sql } from './database.ts'
import type { PolicyText } from './policy-documents.ts'

/** By path and name, as its ARN has them after `policy`: `/jobs/deploy`. */
export async function readManagedPolicyText(
  sql: Sql,
  account: string,
  pathAndName: string,
): Promise<PolicyText | undefined> {
  const [row] = await sql<{ hash: Uint8Array; body: string }>(
    `SELECT d.hash, d.body FROM keyhouse.managed_policy m
     JOIN keyhouse.managed_policy_version v ON v.policy_id = m.id AND v.version = m.default_version
     JOIN keyhouse.policy_document d ON d.hash = v.policy_hash
     WHERE m.account_id = $1 AND m.path || m.name = $2`,
    [account, pathAndName],
  )
  return row
}

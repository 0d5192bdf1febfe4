/** A role as STS needs it: who may assume it, for how long, and the account whose word that is, in one moment. */
import type { Sql } from './database.ts'
import type { StoredPolicy } from './identities.ts'

export type RoleToAssume = {
  /** AROA… */
  readonly id: string
  readonly name: string
  readonly account: string
  readonly trust: StoredPolicy
  readonly maxSessionSeconds: number
  readonly tags: Readonly<Record<string, string>>
}

type Columns = {
  epoch: string
  id: string | null
  name: string
  trust_hash: string
  trust_body: string
  max_session_seconds: number
  tags: Record<string, string>
}

/** What an account says of one of its roles; `role` is undefined where it has none of that name, or is disabled. */
export type RoleSearch = { readonly epoch: bigint; readonly role: RoleToAssume | undefined }

/**
 * By the path and name that the role's ARN ends with: `/jobs/deployer`. Undefined for an account that is not here. One
 * statement whatever there is, so that time does not tell.
 */
export async function readRoleToAssume(
  sql: Sql,
  account: string,
  pathAndName: string,
): Promise<RoleSearch | undefined> {
  const [row] = await sql<Columns>(
    `SELECT a.epoch::text AS epoch, p.id, p.name, encode(p.trust_policy_hash, 'hex') AS trust_hash,
       d.body AS trust_body, p.max_session_seconds,
       (SELECT coalesce(json_object_agg(tag_key, tag_value), '{}') FROM keyhouse.principal_tag
        WHERE principal_id = p.id) AS tags
     FROM keyhouse.account a
     LEFT JOIN keyhouse.principal p ON p.account_id = a.id AND p.kind = 'role' AND p.path || p.name = $2
       AND a.disabled_at IS NULL
     LEFT JOIN keyhouse.policy_document d ON d.hash = p.trust_policy_hash
     WHERE a.id = $1`,
    [account, pathAndName],
  )
  if (!row) return undefined
  const { id, name, tags } = row
  const trust = { name: 'trust-policy', hash: row.trust_hash, body: row.trust_body }
  const role =
    id === null ? undefined : { id, name, account, trust, tags, maxSessionSeconds: row.max_session_seconds }
  return { epoch: BigInt(row.epoch), role }
}

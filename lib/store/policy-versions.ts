/**
 * Every key policy that was ever in force, numbered without gaps per key. Rows outlive their key: a replica that is made
 * again under the same id goes on counting.
 */
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type NewPolicyVersion = {
  readonly key: KeyPlace
  /** SHA-256 of the text, which is stored already. */
  readonly policyHash: Uint8Array
  /** ARN of whoever puts it in force. */
  readonly createdBy: string
  readonly eventId: string
}

export type PolicyVersionRow = {
  readonly version: number
  readonly createdAt: Date
  readonly createdBy: string
  readonly eventId: string | null
  readonly policy: string
}

/**
 * Part of every change of a key's policy. Two rivals take the same number, and the database refuses the second: the
 * change is then decided anew.
 */
export async function addPolicyVersion(rows: Transaction, added: NewPolicyVersion): Promise<void> {
  const { key, policyHash, createdBy, eventId } = added
  await rows.sql(
    `INSERT INTO keyhouse.policy_version (account_id, region, key_id, version, policy_hash, created_by, event_id)
     SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6::uuid FROM keyhouse.policy_version
     WHERE (account_id, region, key_id) = ($1, $2, $3)`,
    [key.account, key.region, key.id, new Uint8Array(policyHash), createdBy, eventId],
  )
}

/** The number of the version in force; 0 for a key that has none. */
export async function newestPolicyVersion(sql: Sql, key: KeyPlace): Promise<number> {
  const [row] = await sql<{ version: number | null }>(
    `SELECT max(version) AS version FROM keyhouse.policy_version WHERE (account_id, region, key_id) = ($1, $2, $3)`,
    [key.account, key.region, key.id],
  )
  return row?.version ?? 0
}

const COLUMNS = `v.version, v.created_at AS "createdAt", v.created_by AS "createdBy", v.event_id AS "eventId",
  d.body AS policy`
const FROM = `keyhouse.policy_version v JOIN keyhouse.policy_document d ON d.hash = v.policy_hash
  WHERE (v.account_id, v.region, v.key_id) = ($1, $2, $3)`

/** Versions below `before`, newest first, at most `limit`. */
export async function listPolicyVersions(
  sql: Sql,
  key: KeyPlace,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<PolicyVersionRow[]> {
  return sql(
    `SELECT ${COLUMNS} FROM ${FROM} AND ($4::int IS NULL OR v.version < $4) ORDER BY v.version DESC LIMIT $5`,
    [key.account, key.region, key.id, page.before ?? null, page.limit],
  )
}

/** One version and the one before it, newest first; empty when there is no such version. */
export async function readPolicyVersion(
  sql: Sql,
  key: KeyPlace,
  version: number,
): Promise<PolicyVersionRow[]> {
  const rows = await sql<PolicyVersionRow>(
    `SELECT ${COLUMNS} FROM ${FROM} AND v.version IN ($4::int, $4::int - 1) ORDER BY v.version DESC`,
    [key.account, key.region, key.id, version],
  )
  return rows[0]?.version === version ? rows : []
}

export type ChangedPolicy = {
  readonly keyId: string
  readonly at: Date
  readonly by: string
  readonly eventId: string | null
  /** What was in force before the time that was asked about; null for a key that was not there yet. */
  readonly before: string | null
}

type KeysPlace = Pick<KeyPlace, 'account' | 'region'>

/** Keys of a Region whose policy has changed since, or which are newer than that; the last change first. */
export function policiesChangedSince(
  sql: Sql,
  { account, region }: KeysPlace,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<ChangedPolicy[]> {
  return sql<ChangedPolicy>(
    `SELECT last.key_id AS "keyId", last.created_at AS at, last.created_by AS by, last.event_id AS "eventId",
       (SELECT d.body FROM keyhouse.policy_version v JOIN keyhouse.policy_document d ON d.hash = v.policy_hash
        WHERE (v.account_id, v.region, v.key_id) = ($1, $2, last.key_id) AND v.created_at < $3::timestamptz
        ORDER BY v.version DESC LIMIT 1) AS before
     FROM (SELECT DISTINCT ON (key_id) key_id, created_at, created_by, event_id FROM keyhouse.policy_version
       WHERE account_id = $1 AND region = $2 AND created_at >= $3::timestamptz ORDER BY key_id, version DESC) last
     JOIN keyhouse.key k ON (k.account_id, k.region, k.id) = ($1, $2, last.key_id)
     ORDER BY last.created_at DESC LIMIT $4`,
    [account, region, since.toISOString(), limit],
  )
}

export type OrphanedPolicy = { readonly keyId: string; readonly at: Date; readonly eventId: string | null }

/** Keys of a Region whose policy holds the unique id that AWS leaves in place of a deleted user or role. */
export function policiesNamingDeleted(
  sql: Sql,
  { account, region }: KeysPlace,
  limit: number,
): Promise<OrphanedPolicy[]> {
  return sql<OrphanedPolicy>(
    `SELECT k.id AS "keyId", v.created_at AS at, v.event_id AS "eventId" FROM keyhouse.key k
     JOIN keyhouse.policy_document d ON d.hash = k.policy_hash
     JOIN LATERAL (SELECT created_at, event_id FROM keyhouse.policy_version v
       WHERE (v.account_id, v.region, v.key_id) = (k.account_id, k.region, k.id) ORDER BY version DESC LIMIT 1) v ON true
     WHERE k.account_id = $1 AND k.region = $2 AND d.body ~ '"A(ID|RO)A[A-Z0-9]{12,124}"'
     ORDER BY v.created_at DESC LIMIT $3`,
    [account, region, limit],
  )
}

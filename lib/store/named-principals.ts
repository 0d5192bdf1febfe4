/**
 * Where a principal is named: key policies, trust policies and grants of the whole installation; and the writes that
 * exchange the name. Finding goes through texts, which is slow and seldom: when a principal is deleted or renamed.
 */
import type { Sql } from './database.ts'
import { GRANT_COLUMNS, type GrantRow } from './grants.ts'
import type { KeyPlace } from './keys.ts'

/** How texts show that they may name somebody: one of these is part of them. */
export type Needles = { readonly arn: string; readonly sessions: string | null }

/** What is written with escapes must be read to be known. */
const MAY_NAME = (body: string) =>
  `(strpos(${body}, $1) > 0 OR strpos(${body}, $2) > 0 OR strpos(${body}, '\\') > 0)`

const values = ({ arn, sessions }: Needles) => [arn, sessions ?? arn]

/** Keys whose policy may name the principal, or on which a grant hangs that does, with the version they are at. */
export async function keysNaming(sql: Sql, needles: Needles): Promise<(KeyPlace & { version: bigint })[]> {
  const rows = await sql<KeyPlace & { version: string }>(
    `SELECT k.account_id AS account, k.region, k.id, k.row_version::text AS version FROM keyhouse.key k
     JOIN keyhouse.policy_document d ON d.hash = k.policy_hash
     WHERE ${MAY_NAME('d.body')} OR EXISTS (
       SELECT FROM keyhouse.key_grant g WHERE (g.account_id, g.region, g.key_id) = (k.account_id, k.region, k.id)
         AND (g.grantee = $1 OR starts_with(g.grantee, $2) OR g.retiring = $1 OR starts_with(g.retiring, $2)))
     ORDER BY k.account_id, k.region, k.id`,
    values(needles),
  )
  return rows.map((row) => ({ ...row, version: BigInt(row.version) }))
}

/** Grants of some keys that may name the principal. */
export function grantsNaming(sql: Sql, keys: readonly KeyPlace[], needles: Needles): Promise<GrantRow[]> {
  return sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM keyhouse.key_grant
     WHERE (account_id, region, key_id) IN (SELECT * FROM unnest($3::text[], $4::text[], $5::text[]))
       AND (grantee = $1 OR starts_with(grantee, $2) OR retiring = $1 OR starts_with(retiring, $2))`,
    [...values(needles), ...columnsOf(keys)],
  )
}

export type RoleText = { readonly role: string; readonly hash: string; readonly body: string }

/** Trust policies that may name the principal, by the id of their role. */
export function trustPoliciesNaming(sql: Sql, needles: Needles): Promise<RoleText[]> {
  return sql<RoleText>(
    `SELECT p.id AS role, encode(d.hash, 'hex') AS hash, d.body FROM keyhouse.principal p
     JOIN keyhouse.policy_document d ON d.hash = p.trust_policy_hash
     WHERE ${MAY_NAME('d.body')} ORDER BY p.id`,
    values(needles),
  )
}

const columnsOf = (keys: readonly KeyPlace[]) => [
  keys.map(({ account }) => account),
  keys.map(({ region }) => region),
  keys.map(({ id }) => id),
]

export type RepolicedKey = KeyPlace & {
  readonly from: bigint
  /** Hex, as is the MAC. */
  readonly policyHash: string
  readonly rowMac: string
}

/** Moves keys to their next version with another policy; false when one of them is not at the version given. */
export async function repoliceKeys(sql: Sql, keys: readonly RepolicedKey[]): Promise<boolean> {
  const moved = await sql(
    `UPDATE keyhouse.key k SET policy_hash = decode(n.hash, 'hex'), row_mac = decode(n.mac, 'hex'),
       row_version = k.row_version + 1
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS n(account, region, id, version, hash, mac)
     WHERE (k.account_id, k.region, k.id) = (n.account, n.region, n.id) AND k.row_version = n.version::bigint
     RETURNING k.id`,
    [
      ...columnsOf(keys),
      keys.map(({ from }) => String(from)),
      keys.map(({ policyHash }) => policyHash),
      keys.map(({ rowMac }) => rowMac),
    ],
  )
  return moved.length === keys.length
}

/** Adds the policies that keys now have to their histories. */
export async function addPolicyVersions(
  sql: Sql,
  keys: readonly Pick<RepolicedKey, keyof KeyPlace | 'policyHash'>[],
  by: { readonly arn: string; readonly eventId: string },
): Promise<void> {
  await sql(
    `INSERT INTO keyhouse.policy_version (account_id, region, key_id, version, policy_hash, created_by,
       event_id)
     SELECT n.account, n.region, n.id, 1 + (SELECT coalesce(max(v.version), 0) FROM keyhouse.policy_version v
       WHERE (v.account_id, v.region, v.key_id) = (n.account, n.region, n.id)), decode(n.hash, 'hex'), $5, $6::uuid
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS n(account, region, id, hash)`,
    [...columnsOf(keys), keys.map(({ policyHash }) => policyHash), by.arn, by.eventId],
  )
}

/** Gives grants other principals, with the MACs that go with them. */
export async function renameGrants(sql: Sql, grants: readonly GrantRow[]): Promise<void> {
  await sql(
    `UPDATE keyhouse.key_grant g SET grantee = n.grantee, retiring = n.retiring, row_mac = decode(n.mac, 'hex')
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS n(account, region, key_id, id, grantee, retiring, mac)
     WHERE (g.account_id, g.region, g.key_id, g.id) = (n.account, n.region, n.key_id, n.id)`,
    [
      ...columnsOf(grants.map(({ account, region, keyId }) => ({ account, region, id: keyId }))),
      grants.map(({ id }) => id),
      grants.map(({ grantee }) => grantee),
      grants.map(({ retiring }) => retiring),
      grants.map(({ rowMac }) => Buffer.from(rowMac).toString('hex')),
    ],
  )
}

/** Gives roles other trust policies; false when one of them has another than the one given by now. */
export async function retrustRoles(
  sql: Sql,
  roles: readonly { readonly role: string; readonly from: string; readonly to: string }[],
): Promise<boolean> {
  const moved = await sql(
    `UPDATE keyhouse.principal p SET trust_policy_hash = decode(n.new, 'hex')
     FROM unnest($1::text[], $2::text[], $3::text[]) AS n(id, old, new)
     WHERE p.id = n.id AND p.trust_policy_hash = decode(n.old, 'hex') RETURNING p.id`,
    [roles.map(({ role }) => role), roles.map(({ from }) => from), roles.map(({ to }) => to)],
  )
  return moved.length === roles.length
}

/** What answers about permission read beside keys and identities: for people, never for a decision. */
import type { Sql } from './database.ts'
import { GRANT_COLUMNS, type GrantRow } from './grants.ts'
import type { StoredPolicy } from './identities.ts'
import type { KeyPlace } from './keys.ts'

/** The id of a user or role; `path` null for a role that only its sessions name. */
export async function principalIdOf(
  sql: Sql,
  of: {
    readonly account: string
    readonly kind: 'user' | 'role'
    readonly path: string | null
    readonly name: string
  },
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>(
    `SELECT id FROM keyhouse.principal
     WHERE account_id = $1 AND kind = $2 AND lower(name) = lower($3) AND name = $3 AND ($4::text IS NULL OR path = $4)`,
    [of.account, of.kind, of.name, of.path],
  )
  return row?.id
}

/** Trust policies of an account's roles, by the role's id. */
export async function trustPolicies(sql: Sql, account: string): Promise<ReadonlyMap<string, StoredPolicy>> {
  const rows = await sql<StoredPolicy & { id: string }>(
    `SELECT p.id, p.name, encode(d.hash, 'hex') AS hash, d.body FROM keyhouse.principal p
     JOIN keyhouse.policy_document d ON d.hash = p.trust_policy_hash WHERE p.account_id = $1 AND p.kind = 'role'`,
    [account],
  )
  return new Map(rows.map(({ id, ...policy }) => [id, policy]))
}

/** More kinds of grants than this are not told apart. */
const MOST_KINDS = 10_000

/**
 * Of a key's grants one of each kind: programs make thousands that give the same to the same. Those without constraints
 * stand apart from those with.
 */
export async function grantsOfEachKind(sql: Sql, key: KeyPlace): Promise<GrantRow[]> {
  return sql<GrantRow>(
    `SELECT DISTINCT ON (grantee, grantee_kind, operations, constraints IS NULL) ${GRANT_COLUMNS}
     FROM keyhouse.key_grant WHERE (account_id, region, key_id) = ($1, $2, $3)
     ORDER BY grantee, grantee_kind, operations, constraints IS NULL, created_at LIMIT ${MOST_KINDS}`,
    [key.account, key.region, key.id],
  )
}

/** The versions that an answer which leaves no event rests on, as they are now. */
export async function versionsNow(
  sql: Sql,
  account: string,
  keys: readonly KeyPlace[],
): Promise<{ readonly epoch: bigint | undefined; readonly keys: ReadonlyMap<string, bigint> }> {
  const [accounts, rows] = await Promise.all([
    sql<{ epoch: string }>('SELECT epoch::text AS epoch FROM keyhouse.account WHERE id = $1', [account]),
    sql<{ id: string; version: string }>(
      `SELECT k.id, k.row_version::text AS version FROM keyhouse.key k
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS wanted(account, region, id)
         ON (k.account_id, k.region, k.id) = (wanted.account, wanted.region, wanted.id)`,
      [keys.map(({ account: of }) => of), keys.map(({ region }) => region), keys.map(({ id }) => id)],
    ),
  ])
  const [found] = accounts
  return {
    epoch: found && BigInt(found.epoch),
    keys: new Map(rows.map(({ id, version }) => [id, BigInt(version)])),
  }
}

/** Ids of an account's keys in a Region, in order, from after one; one more than asked for. */
export async function keyIdsAfter(
  sql: Sql,
  of: { readonly account: string; readonly region: string },
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM keyhouse.key WHERE account_id = $1 AND region = $2 AND id > $3 AND manager = 'CUSTOMER'
     ORDER BY id LIMIT $4`,
    [of.account, of.region, page.after ?? '', page.limit + 1],
  )
  return rows.map(({ id }) => id)
}

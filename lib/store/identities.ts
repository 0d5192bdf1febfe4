/**
 * A principal with its account and policies as of one moment: what authentication and authorisation need,
 * in one statement.
 */
import type { Sql } from './database.ts'

export type IdentitySnapshot = {
  readonly principalId: string
  readonly kind: 'root' | 'user'
  readonly name: string
  readonly path: string
  readonly account: string
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  readonly epoch: bigint
  readonly accountDisabled: boolean
  readonly policies: readonly { readonly name: string; readonly hash: string; readonly body: string }[]
}

export type AccessKeySnapshot = {
  readonly id: string
  readonly secretSealed: Uint8Array
  readonly active: boolean
  readonly identity: IdentitySnapshot
}

type Columns = {
  principal_id: string
  kind: 'root' | 'user'
  name: string
  path: string
  account_id: string
  alias: string | null
  regions: string[]
  epoch: string
  disabled: boolean
  policies: { name: string; hash: string; body: string }[]
}

const IDENTITY = `
  p.id AS principal_id, p.kind, p.name, p.path, a.id AS account_id, a.alias, a.regions, a.epoch::text AS epoch,
  a.disabled_at IS NOT NULL AS disabled,
  (SELECT coalesce(json_agg(json_build_object('name', i.name, 'hash', encode(i.policy_hash, 'hex'), 'body', d.body)
     ORDER BY i.name), '[]')
   FROM keyhouse.principal_policy i JOIN keyhouse.policy_document d ON d.hash = i.policy_hash
   WHERE i.principal_id = p.id) AS policies`

function identityOf(row: Columns): IdentitySnapshot {
  return {
    principalId: row.principal_id,
    kind: row.kind,
    name: row.name,
    path: row.path,
    account: row.account_id,
    accountAlias: row.alias,
    regions: row.regions,
    epoch: BigInt(row.epoch),
    accountDisabled: row.disabled,
    policies: row.policies,
  }
}

/** The access key, active or not, with whose it is. */
export async function readAccessKey(sql: Sql, id: string): Promise<AccessKeySnapshot | undefined> {
  const [row] = await sql<Columns & { secret_sealed: Uint8Array; status: string }>(
    `SELECT k.secret_sealed, k.status, ${IDENTITY}
     FROM keyhouse.access_key k JOIN keyhouse.principal p ON p.id = k.principal_id
     JOIN keyhouse.account a ON a.id = p.account_id WHERE k.id = $1`,
    [id],
  )
  return (
    row && { id, secretSealed: row.secret_sealed, active: row.status === 'Active', identity: identityOf(row) }
  )
}

export async function readIdentity(sql: Sql, principalId: string): Promise<IdentitySnapshot | undefined> {
  const [row] = await sql<Columns>(
    `SELECT ${IDENTITY} FROM keyhouse.principal p JOIN keyhouse.account a ON a.id = p.account_id WHERE p.id = $1`,
    [principalId],
  )
  return row && identityOf(row)
}

/** Names of an account's principals as `root` and `user/<path><name>`: which a key policy may name. */
export async function listPrincipalNames(sql: Sql, account: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `SELECT CASE kind WHEN 'root' THEN 'root' ELSE 'user' || path || name END AS name
     FROM keyhouse.principal WHERE account_id = $1`,
    [account],
  )
  return rows.map((row) => row.name)
}

/**
 * A principal with its account and everything that says what it may do, as of one moment: what authentication and
 * authorisation need, in one statement.
 */
import type { Sql } from './database.ts'

/** A policy by the name that explanations give it: an inline policy's own, a managed one's `policy<path><name>`. */
export type StoredPolicy = { readonly name: string; readonly hash: string; readonly body: string }

export type IdentitySnapshot = {
  readonly principalId: string
  readonly kind: 'root' | 'user' | 'role'
  readonly name: string
  readonly path: string
  readonly account: string
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  readonly epoch: bigint
  readonly accountDisabled: boolean
  /** Inline and attached, its own and those of its groups. */
  readonly policies: readonly StoredPolicy[]
  readonly boundary: StoredPolicy | null
  readonly guardrails: readonly StoredPolicy[]
  readonly tags: Readonly<Record<string, string>>
}

export type AccessKeySnapshot = {
  readonly id: string
  readonly secretSealed: Uint8Array
  readonly active: boolean
  readonly identity: IdentitySnapshot
}

/** Of temporary credentials: the session that they are of. */
export type TemporarySession = {
  /** Null where a user has a session of its own (GetSessionToken). */
  readonly name: string | null
  /** SHA-256 of the session token. */
  readonly tokenHash: Uint8Array
  /** In order; empty where the session is as wide as its principal. */
  readonly policies: readonly StoredPolicy[]
  readonly tags: Readonly<Record<string, string>>
  readonly transitiveTags: readonly string[]
  readonly sourceIdentity: string | null
  readonly federatedProvider: string | null
  readonly mfaAt: Date | null
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly revoked: boolean
}

export type TemporarySnapshot = Omit<AccessKeySnapshot, 'active'> & { readonly session: TemporarySession }

type Columns = {
  principal_id: string
  kind: 'root' | 'user' | 'role'
  name: string
  path: string
  account_id: string
  alias: string | null
  regions: string[]
  epoch: string
  disabled: boolean
  policies: StoredPolicy[]
  boundary: StoredPolicy | null
  guardrails: StoredPolicy[]
  tags: Record<string, string>
}

/** The texts of a list of (name, policy_hash) as JSON, in the order of their names. */
const texts = (rows: string) => `
  (SELECT coalesce(json_agg(json_build_object('name', i.name, 'hash', encode(i.policy_hash, 'hex'), 'body', d.body)
     ORDER BY i.name), '[]')
   FROM (${rows}) i JOIN keyhouse.policy_document d ON d.hash = i.policy_hash)`

const IN_FORCE = `keyhouse.managed_policy m
  JOIN keyhouse.managed_policy_version v ON v.policy_id = m.id AND v.version = m.default_version`
const MANAGED = `'policy' || m.path || m.name AS name, v.policy_hash`

const POLICIES = texts(`
  SELECT name, policy_hash FROM keyhouse.principal_policy WHERE principal_id = p.id
  UNION ALL SELECT ${MANAGED} FROM keyhouse.principal_attachment a JOIN ${IN_FORCE} ON m.id = a.policy_id
    WHERE a.principal_id = p.id
  UNION ALL SELECT 'group' || g.path || g.name || '/' || gp.name, gp.policy_hash FROM keyhouse.group_member gm
    JOIN keyhouse.user_group g ON g.id = gm.group_id JOIN keyhouse.group_policy gp ON gp.group_id = g.id
    WHERE gm.principal_id = p.id
  UNION ALL SELECT ${MANAGED} FROM keyhouse.group_member gm JOIN keyhouse.group_attachment ga ON ga.group_id = gm.group_id
    JOIN ${IN_FORCE} ON m.id = ga.policy_id WHERE gm.principal_id = p.id`)

const IDENTITY = `
  p.id AS principal_id, p.kind, p.name, p.path, a.id AS account_id, a.alias, a.regions, a.epoch::text AS epoch,
  a.disabled_at IS NOT NULL AS disabled,
  ${POLICIES} AS policies,
  (SELECT json_build_object('name', 'policy' || m.path || m.name, 'hash', encode(v.policy_hash, 'hex'), 'body', d.body)
   FROM ${IN_FORCE} JOIN keyhouse.policy_document d ON d.hash = v.policy_hash WHERE m.id = p.boundary_id) AS boundary,
  ${texts('SELECT name, policy_hash FROM keyhouse.guardrail WHERE account_id = a.id')} AS guardrails,
  (SELECT coalesce(json_object_agg(tag_key, tag_value), '{}') FROM keyhouse.principal_tag WHERE principal_id = p.id)
    AS tags`

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
    boundary: row.boundary,
    guardrails: row.guardrails,
    tags: row.tags,
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

type TemporaryColumns = Columns & {
  secret_sealed: Uint8Array
  token_hash: Uint8Array
  session_name: string | null
  session_policies: StoredPolicy[]
  session_tags: string
  transitive_tags: string[]
  source_identity: string | null
  federated_provider: string | null
  mfa_at: Date | null
  issued_at: Date
  expires_at: Date
  revoked: boolean
}

function sessionOf(row: TemporaryColumns): TemporarySession {
  return {
    name: row.session_name,
    tokenHash: row.token_hash,
    policies: row.session_policies,
    tags: JSON.parse(row.session_tags),
    transitiveTags: row.transitive_tags,
    sourceIdentity: row.source_identity,
    federatedProvider: row.federated_provider,
    mfaAt: row.mfa_at,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    revoked: row.revoked,
  }
}

/** Temporary credentials, also expired and revoked ones, with whose they are. */
export async function readTemporary(sql: Sql, id: string): Promise<TemporarySnapshot | undefined> {
  const [row] = await sql<TemporaryColumns>(
    `SELECT t.secret_sealed, t.token_hash, t.session_name, t.tags AS session_tags, t.transitive_tags,
       t.source_identity, t.federated_provider, t.mfa_at, t.issued_at, t.expires_at,
       t.revoked_at IS NOT NULL AS revoked,
       (SELECT coalesce(json_agg(json_build_object('name', 'session-policy-' || o.n, 'hash', encode(o.hash, 'hex'),
          'body', d.body) ORDER BY o.n), '[]')
        FROM unnest(t.policy_hashes) WITH ORDINALITY AS o(hash, n)
        JOIN keyhouse.policy_document d ON d.hash = o.hash) AS session_policies,
       ${IDENTITY}
     FROM keyhouse.temporary_credential t JOIN keyhouse.principal p ON p.id = t.principal_id
     JOIN keyhouse.account a ON a.id = p.account_id WHERE t.id = $1`,
    [id],
  )
  return row && { id, secretSealed: row.secret_sealed, identity: identityOf(row), session: sessionOf(row) }
}

export async function readIdentity(sql: Sql, principalId: string): Promise<IdentitySnapshot | undefined> {
  const [row] = await sql<Columns>(
    `SELECT ${IDENTITY} FROM keyhouse.principal p JOIN keyhouse.account a ON a.id = p.account_id WHERE p.id = $1`,
    [principalId],
  )
  return row && identityOf(row)
}

/** Everyone in an account who can be judged: the root, users and roles. One statement for all of them. */
export async function readIdentities(sql: Sql, account: string): Promise<IdentitySnapshot[]> {
  const rows = await sql<Columns>(
    `SELECT ${IDENTITY} FROM keyhouse.principal p JOIN keyhouse.account a ON a.id = p.account_id
     WHERE a.id = $1 ORDER BY p.kind, p.name`,
    [account],
  )
  return rows.map(identityOf)
}

/** Names that a policy may use, by account: `root`, `user/<path><name>`, `role/<path><name>`, `assumed-role/<name>`. */
export async function principalNames(
  sql: Sql,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await sql<{ account: string; names: string[] }>(
    `SELECT a.id AS account, array_remove(array_agg(n.name), NULL) AS names FROM keyhouse.account a
     LEFT JOIN keyhouse.principal p ON p.account_id = a.id
     LEFT JOIN LATERAL (VALUES (CASE p.kind WHEN 'root' THEN 'root' ELSE p.kind || p.path || p.name END),
       (CASE p.kind WHEN 'role' THEN 'assumed-role/' || p.name END)) AS n(name) ON true
     WHERE a.id = ANY ($1::text[]) GROUP BY a.id`,
    [accounts],
  )
  return new Map(rows.map(({ account, names }) => [account, new Set(names)]))
}

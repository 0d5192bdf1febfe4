/**
 * The database roles of one installation, and what each may do (R58). An owner that cannot log in owns every
 * table; the engine can add to the audit log and never change it; who searches the log sees no key.
 * Passwords are made and kept by role-passwords.ts.
 */
import type { ClientBase } from 'pg'
import { sha256Hex } from '#lib/crypto/digest.ts'

/** The roles that log in. */
export const LOGIN_ROLES = ['migrator', 'engine', 'sequencer', 'reader'] as const
export type LoginRole = (typeof LOGIN_ROLES)[number]

/** What the server calls each role. */
export type RoleNames = Readonly<Record<LoginRole | 'owner', string>>

/** Role names are shared by a whole cluster, so they carry eight hex digits of the database's name and tag. */
export function roleNames(database: string, tag: string): RoleNames {
  const suffix = sha256Hex(`${database}\n${tag}`).slice(0, 8)
  const name = (role: string) => `keyhouse_${role}_${suffix}`
  return {
    owner: name('owner'),
    migrator: name('migrator'),
    engine: name('engine'),
    sequencer: name('sequencer'),
    reader: name('reader'),
  }
}

/** True where the login of this connection may make roles and hand this database over to their owner. */
export async function mayMakeRoles(sql: ClientBase): Promise<boolean> {
  const { rows } = await sql.query<{ may: boolean }>(
    `SELECT rolsuper OR (rolcreaterole AND pg_has_role(current_user, (SELECT datdba FROM pg_database
       WHERE datname = current_database()), 'USAGE')) AS may
     FROM pg_roles WHERE rolname = current_user`,
  )
  return rows[0]?.may ?? false
}

async function isSuperuser(sql: ClientBase): Promise<boolean> {
  const { rows } = await sql.query('SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper')
  return rows.length > 0
}

async function roleExists(sql: ClientBase, name: string): Promise<boolean> {
  const { rows } = await sql.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  return rows.length > 0
}

/** Makes the roles that are missing. `verifiers` are SCRAM verifiers: a password never reaches the server's log. */
export async function makeRoles(
  sql: ClientBase,
  names: RoleNames,
  verifiers: Readonly<Record<LoginRole, string>>,
): Promise<void> {
  const database = sql.escapeIdentifier(await currentDatabase(sql))
  const owner = sql.escapeIdentifier(names.owner)
  if (!(await roleExists(sql, names.owner))) {
    await sql.query(`CREATE ROLE ${owner} NOLOGIN`)
  }
  for (const role of LOGIN_ROLES) {
    const name = sql.escapeIdentifier(names[role])
    if (await roleExists(sql, names[role])) continue
    await sql.query(`CREATE ROLE ${name} LOGIN PASSWORD ${sql.escapeLiteral(verifiers[role])}`)
    await sql.query(`GRANT CONNECT ON DATABASE ${database} TO ${name}`)
  }
  await sql.query(`GRANT ${owner} TO ${sql.escapeIdentifier(names.migrator)}`)
  // So that the bootstrap login can compare check values and take dumps even where it is no superuser.
  if (!(await isSuperuser(sql))) await sql.query(`GRANT ${owner} TO CURRENT_USER`)
  await sql.query(`GRANT CREATE ON DATABASE ${database} TO ${owner}`)
  await sql.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${owner}`)
}

/** Gives a role that exists the password that we hold for it. */
export async function resetPassword(sql: ClientBase, name: string, verifier: string): Promise<void> {
  await sql.query(`ALTER ROLE ${sql.escapeIdentifier(name)} PASSWORD ${sql.escapeLiteral(verifier)}`)
}

export async function currentDatabase(sql: ClientBase): Promise<string> {
  const { rows } = await sql.query<{ name: string }>('SELECT current_database() AS name')
  return rows[0]?.name ?? ''
}

/** What each role may do, as the owner grants it; `{role}` stands for the role's name. */
const GRANTS = {
  engine: [
    'GRANT USAGE ON SCHEMA keyhouse, audit TO {role}',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA keyhouse TO {role}',
    'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA keyhouse TO {role}',
    'GRANT SELECT, INSERT ON audit.event TO {role}',
    'GRANT SELECT, INSERT, UPDATE ON audit.engine, audit.refused_connection TO {role}',
    // By name, and with an event of its own.
    'GRANT UPDATE (acknowledged_at, acknowledged_by) ON audit.finding TO {role}',
    'GRANT SELECT ON ALL TABLES IN SCHEMA audit TO {role}',
    'GRANT EXECUTE ON FUNCTION audit.ensure_day(date) TO {role}',
  ],
  sequencer: [
    'GRANT USAGE ON SCHEMA audit TO {role}',
    'GRANT SELECT ON ALL TABLES IN SCHEMA audit TO {role}',
    'GRANT INSERT ON audit.leaf, audit.checkpoint TO {role}',
    'GRANT INSERT, UPDATE ON audit.tile, audit.engine_count, audit.finding, audit.delivery, audit.bundle TO {role}',
    'GRANT UPDATE ON audit.log, audit.verification TO {role}',
    'GRANT INSERT ON audit.entry TO {role}',
    'GRANT INSERT, UPDATE ON audit.minute, audit.hour, audit.usage TO {role}',
    'GRANT INSERT, UPDATE, DELETE ON audit.last_use TO {role}',
    'GRANT EXECUTE ON FUNCTION audit.ensure_day(date), audit.remove_day(date) TO {role}',
  ],
  // Lists and search: what a key is called and how it stands, never its material, nor anything of a credential
  // but whose it is.
  reader: [
    'GRANT USAGE ON SCHEMA keyhouse, audit TO {role}',
    'GRANT SELECT ON keyhouse.key, keyhouse.alias, keyhouse.key_tag, keyhouse.key_grant, keyhouse.clock, keyhouse.key_watch, keyhouse.use_budget TO {role}',
    'GRANT SELECT (id, account_id, principal_id) ON keyhouse.access_key TO {role}',
    // When material expires and until when it may be brought; neither its bytes nor a wrapping key.
    'GRANT SELECT (account_id, region, key_id, import_state, valid_to, created_at) ON keyhouse.key_material TO {role}',
    'GRANT SELECT (account_id, region, key_id, expires_at, used_at) ON keyhouse.import_session TO {role}',
    'GRANT EXECUTE ON FUNCTION keyhouse.now() TO {role}',
    'GRANT SELECT ON ALL TABLES IN SCHEMA audit TO {role}',
  ],
} as const satisfies Partial<Record<LoginRole, readonly string[]>>

/**
 * Grants each role what it may do and nothing else; harmless to repeat. Runs in the migrator's session as `owner`.
 * A partition is written through its parent only; those that are there may be read by themselves.
 */
export async function grantToRoles(sql: ClientBase, names: RoleNames): Promise<void> {
  const statements = Object.entries(GRANTS).flatMap(([role, grants]) =>
    // Object.entries forgets that its keys are those of GRANTS.
    grants.map((grant) =>
      grant.replaceAll('{role}', sql.escapeIdentifier(names[role as keyof typeof GRANTS])),
    ),
  )
  await sql.query(
    [
      'BEGIN',
      // Two hosts that grant at once would otherwise fail with "tuple concurrently updated".
      'SELECT pg_advisory_xact_lock(72707371)',
      `SET LOCAL ROLE ${sql.escapeIdentifier(names.owner)}`,
      // Postgres lets everybody execute a new function.
      'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA keyhouse, audit FROM PUBLIC',
      ...statements,
      'COMMIT',
    ].join(';\n'),
  )
}

/** The same for one login that somebody made beforehand and that does the work of engine, sequencer and reader. */
export async function grantToLogin(sql: ClientBase, login: string): Promise<void> {
  const grants = Object.values(GRANTS).flat()
  await sql.query(grants.map((grant) => grant.replaceAll('{role}', sql.escapeIdentifier(login))).join(';\n'))
}

/**
 * Makes a database ready for an engine: the gate, the roles with their passwords, the migrations, the grants.
 * Safe to repeat and to run on several hosts at once. The only code that uses the bootstrap login.
 */
import { Client } from 'pg'
import { checkDatabase } from './database-gate.ts'
import { guardLog } from './log-guard.ts'
import { migrate, readMigrations } from './migrations.ts'
import { answers } from './postgres-process.ts'
import {
  databaseTag,
  type PasswordWrapping,
  rolePasswords,
  scramVerifier,
  verifiersOf,
} from './role-passwords.ts'
import {
  currentDatabase,
  grantToLogin,
  grantToRoles,
  LOGIN_ROLES,
  type LoginRole,
  makeRoles,
  mayMakeRoles,
  type RoleNames,
  resetPassword,
  roleNames,
} from './roles.ts'
import { mayEmpty } from './start-over.ts'

export type PreparedDatabase = {
  readonly engineUrl: string
  readonly sequencerUrl: string
  readonly readerUrl: string
  /** False where one login does everything, so that only triggers keep the log from being changed. */
  readonly separated: boolean
  /** Whether the login that prepares may also empty the database again, for a test installation. */
  readonly mayEmpty: boolean
}

export type PrepareOptions = {
  /** What DATABASE_URL says. */
  readonly url: string
  /** What KEYHOUSE_MIGRATE_URL says: a login that may do more than the one of `url`. */
  readonly migrateUrl?: string | undefined
  readonly rootKey: PasswordWrapping
  readonly migrationsFolder: string
  readonly log: { readonly info: (message: string) => void; readonly warn: (message: string) => void }
}

/** Throws an Error whose message an operator can act on; what was begun is rolled back. */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const sql = await connectToDatabase(options.migrateUrl ?? options.url)
  try {
    for (const warning of await checkDatabase(sql)) options.log.warn(warning)
    const prepared = (await mayMakeRoles(sql))
      ? await withRoles(sql, options)
      : await withoutRoles(sql, options)
    return { ...prepared, mayEmpty: await mayEmpty(sql) }
  } finally {
    await sql.end().catch(() => {})
  }
}

/** One connection. Throws an Error that says which database did not let us in, and why; never the password. */
export async function connectToDatabase(url: string): Promise<Client> {
  const sql = new Client({
    connectionString: url,
    connectionTimeoutMillis: 15_000,
    application_name: 'keyhouse',
  })
  sql.on('error', () => {})
  try {
    await sql.connect()
    return sql
  } catch (cause) {
    const { host, pathname, username } = new URL(url)
    const reason =
      cause instanceof Error && cause.message ? cause.message : String(Reflect.get(Object(cause), 'code'))
    throw new Error(
      `The database ${pathname.slice(1)} at ${host} does not let ${username || 'us'} in: ${reason}. Is it running, and is DATABASE_URL right?`,
      { cause },
    )
  }
}

type Logins = Omit<PreparedDatabase, 'mayEmpty'>

async function withRoles(sql: Client, options: PrepareOptions): Promise<Logins> {
  const { names, passwords } = await inTransaction(sql, () => bootstrapRoles(sql, options))
  const urlOf = (role: LoginRole) => withLogin(options.url, names[role], passwords[role])
  // A dump restored elsewhere may meet roles of the same name with other passwords.
  for (const role of LOGIN_ROLES) {
    if (!(await answers(urlOf(role)))) await resetPassword(sql, names[role], scramVerifier(passwords[role]))
  }
  const migrator = await connectToDatabase(urlOf('migrator'))
  try {
    await applyMigrations(migrator, options, names.owner)
    await grantToRoles(migrator, names)
  } finally {
    await migrator.end()
  }
  await guardLog(sql, names.owner)
  return {
    engineUrl: urlOf('engine'),
    sequencerUrl: urlOf('sequencer'),
    readerUrl: urlOf('reader'),
    separated: true,
  }
}

async function bootstrapRoles(sql: Client, options: PrepareOptions) {
  // One host makes the roles and their passwords, the others find them.
  await sql.query('SELECT pg_advisory_xact_lock(72707372)')
  const tag = await databaseTag(sql)
  const names: RoleNames = roleNames(await currentDatabase(sql), tag)
  await refuseForeignSchema(sql, names.owner)
  const passwords = await rolePasswords(sql, options.rootKey, { names, tag })
  await makeRoles(sql, names, verifiersOf(passwords))
  return { names, passwords }
}

// What somebody else owns the owner role can neither migrate nor grant.
async function refuseForeignSchema(sql: Client, owner: string): Promise<void> {
  const { rows } = await sql.query<{ schema: string; owner: string }>(
    `SELECT nspname AS schema, pg_get_userbyid(nspowner) AS owner FROM pg_namespace
     WHERE nspname IN ('keyhouse', 'audit') AND pg_get_userbyid(nspowner) <> $1`,
    [owner],
  )
  const found = rows[0]
  if (found) {
    throw new Error(
      `Schema ${found.schema} of this database belongs to ${found.owner}, not to ${owner}. Run REASSIGN OWNED BY "${found.owner}" TO "${owner}", or use an empty database.`,
    )
  }
}

async function withoutRoles(sql: Client, options: PrepareOptions): Promise<Logins> {
  options.log.warn(
    'the login of the database may not make roles (it needs CREATEROLE and to own the database): one login does everything, and only triggers keep the audit log from being changed',
  )
  await applyMigrations(sql, options, undefined)
  const login = decodeURIComponent(new URL(options.url).username)
  const { rows } = await sql.query<{ self: boolean }>('SELECT current_user = $1 AS self', [login])
  if (login && !rows[0]?.self) await grantToLogin(sql, login)
  const { url } = options
  return { engineUrl: url, sequencerUrl: url, readerUrl: url, separated: false }
}

async function applyMigrations(
  sql: Client,
  options: PrepareOptions,
  owner: string | undefined,
): Promise<void> {
  const applied = await migrate(sql, readMigrations(options.migrationsFolder), owner)
  if (applied.length > 0) options.log.info(`brought the database up to date (${applied.length} migrations)`)
}

async function inTransaction<T>(sql: Client, work: () => Promise<T>): Promise<T> {
  await sql.query('BEGIN')
  try {
    const result = await work()
    await sql.query('COMMIT')
    return result
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => {})
    throw error
  }
}

function withLogin(url: string, user: string, password: string): string {
  const parsed = new URL(url)
  parsed.username = user
  parsed.password = password
  return parsed.href
}

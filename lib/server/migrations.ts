/**
 * Applies prisma/migrations in order and keeps Prisma's own bookkeeping, so that `prisma migrate status` agrees.
 * No Prisma code and no engine binary runs here. Each file is one transaction.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { sha256Hex } from '#lib/crypto/digest.ts'
import { uuidv4 } from '#lib/crypto/random.ts'

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

/** Reads every migration of `folder`, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: sha256Hex(sql) }
    })
}

// Prisma's table and Prisma's name for it; `prisma migrate` looks for it in schema public.
const BOOKKEEPING = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

// Any constant does, as long as every host uses it: N hosts may start at once and one migrates (R69).
const LOCK = 72707369

/** The bookkeeping's lines by migration name, without those that somebody marked as rolled back. */
async function appliedMigrations(
  sql: ClientBase,
): Promise<Map<string, { checksum: string; finished: boolean }>> {
  const { rows } = await sql.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM public._prisma_migrations WHERE rolled_back_at IS NULL`,
  )
  return new Map(rows.map((row) => [row.migration_name, { checksum: row.checksum, finished: row.finished }]))
}

/**
 * Brings the database up to date; gives the names of what it applied. `role` is whom the statements run as.
 * Throws, changing nothing, where an applied file was edited since, where one was left half done, and
 * where the database is more than one migration ahead of this program (R67: N and N-1 run together).
 */
export async function migrate(
  sql: ClientBase,
  migrations: readonly Migration[],
  role: string | undefined,
): Promise<string[]> {
  const becomeOwner = role === undefined ? '' : `SET LOCAL ROLE ${sql.escapeIdentifier(role)}`
  const inTransaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await sql.query('BEGIN')
    try {
      await sql.query(`SELECT pg_advisory_xact_lock(${LOCK})`)
      if (becomeOwner) await sql.query(becomeOwner)
      const result = await work()
      await sql.query('COMMIT')
      return result
    } catch (error) {
      await sql.query('ROLLBACK').catch(() => {})
      throw error
    }
  }
  await inTransaction(async () => {
    // IF NOT EXISTS still asks for the right to create, which a database that is up to date need not give.
    const { rows } = await sql.query("SELECT to_regclass('public._prisma_migrations') IS NULL AS missing")
    if (rows[0]?.missing) await sql.query(BOOKKEEPING)
    checkHistory(await appliedMigrations(sql), migrations)
  })
  const applied: string[] = []
  for (const migration of migrations) {
    // Read again under the lock: another host may have applied it since.
    await inTransaction(async () => {
      if ((await appliedMigrations(sql)).has(migration.name)) return
      await apply(sql, migration)
      applied.push(migration.name)
    })
  }
  return applied
}

async function apply(sql: ClientBase, migration: Migration): Promise<void> {
  try {
    await sql.query(migration.sql)
  } catch (cause) {
    throw new Error(`Migration ${migration.name} failed and was rolled back: ${messageOf(cause)}`, { cause })
  }
  await sql.query(
    `INSERT INTO public._prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
    [uuidv4(), migration.checksum, migration.name],
  )
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function checkHistory(
  applied: ReadonlyMap<string, { checksum: string; finished: boolean }>,
  migrations: readonly Migration[],
): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const newer = [...applied.keys()].filter((name) => !known.has(name))
  if (newer.length > 1) {
    throw new Error(
      `This database was migrated by a newer Keyhouse (${newer.join(', ')}). Start that version, or a database from before it.`,
    )
  }
  for (const [name, row] of applied) {
    if (!row.finished) {
      throw new Error(
        `Migration ${name} was left half done by another program. Resolve it with \`prisma migrate resolve\`, then start again.`,
      )
    }
    const migration = known.get(name)
    if (migration && migration.checksum !== row.checksum) {
      throw new Error(
        `Migration ${name} was edited after it was applied to this database. Restore the file; changes belong in a new migration.`,
      )
    }
  }
}

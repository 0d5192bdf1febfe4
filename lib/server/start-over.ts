/**
 * Emptying a test installation: the engine leaves with a status of its own, the supervisor has the database emptied and
 * prepared anew, and the next engine applies the seed as on its first start. Never where time is real.
 */
import type { ClientBase } from 'pg'
import { liftGuard } from './log-guard.ts'

/** The exit status by which an engine says that it was asked to begin anew. */
export const START_OVER_STATUS = 86

/** Whether the login of this connection may drop what emptyDatabase drops. */
export async function mayEmpty(sql: ClientBase): Promise<boolean> {
  const { rows } = await sql.query<{ may: boolean | null }>(
    `SELECT bool_and(pg_has_role(current_user, nspowner, 'USAGE')) AS may
     FROM pg_namespace WHERE nspname IN ('keyhouse', 'audit')`,
  )
  return rows[0]?.may ?? false
}

/**
 * Drops everything of an installation but its roles and their passwords. `migrations` are the names of ours: the
 * bookkeeping's other lines are not. Throws, changing nothing, where the installation goes by real time.
 */
export async function emptyDatabase(sql: ClientBase, migrations: readonly string[]): Promise<void> {
  await sql.query('BEGIN')
  try {
    await sql.query("SET LOCAL lock_timeout = '10s'")
    const { rows } = await sql.query<{ manual: boolean }>(
      'SELECT manual_clock AS manual FROM keyhouse.installation FOR UPDATE',
    )
    if (!rows[0]?.manual) throw new Error('This installation goes by real time: it is not emptied.')
    await liftGuard(sql)
    await sql.query('DROP SCHEMA keyhouse, audit CASCADE')
    await sql.query('DELETE FROM public._prisma_migrations WHERE migration_name = ANY ($1::text[])', [
      migrations,
    ])
    await sql.query('COMMIT')
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => {})
    throw error
  }
}

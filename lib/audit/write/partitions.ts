/** What must be in the database before an engine writes events: the day's partition and the engine's row. */
import type pg from 'pg'

// Tomorrow too, so that midnight finds its partition.
const DAYS_SQL = `
SELECT audit.ensure_day(today), audit.ensure_day(today + 1) FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS today) AS d`

/** Makes the partitions of today and tomorrow (UTC) where they are missing. */
export async function ensureDays(pool: pg.Pool): Promise<void> {
  await pool.query(DAYS_SQL)
}

/** Throws when commits on this pool do not wait for the disk (R56). */
export async function prepareEngine(pool: pg.Pool, engineId: string): Promise<void> {
  const { rows } = await pool.query<{ setting: string }>(
    `SELECT current_setting('synchronous_commit') AS setting`,
  )
  if (rows[0]?.setting === 'off')
    throw new Error('the audit log needs connections with synchronous_commit on')
  await ensureDays(pool)
  await pool.query('INSERT INTO audit.engine (id) VALUES ($1) ON CONFLICT (id) DO NOTHING', [engineId])
}

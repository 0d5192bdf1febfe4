/** The log's names and the public keys that sign its checkpoints; one is in use. */
import type { Sql } from './database.ts'

export type LogKeyRow = {
  readonly origin: string
  /** 32 bytes of Ed25519. */
  readonly publicKey: Buffer
  readonly createdAt: Date
  readonly retiredAt: Date | null
}

/** Oldest first; the last is in use. */
export const readLogKeys = (sql: Sql): Promise<LogKeyRow[]> =>
  sql(
    `SELECT origin, public_key AS "publicKey", created_at AS "createdAt", retired_at AS "retiredAt"
     FROM keyhouse.log_key ORDER BY retired_at NULLS LAST`,
    [],
  )

/** The installation's id, which the log is named after; undefined before its first start wrote the row. */
export async function readInstallationId(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>('SELECT id FROM keyhouse.installation', [])
  return row?.id
}

/** Adds the first key; nothing when another engine was faster. */
export async function addLogKey(sql: Sql, key: Pick<LogKeyRow, 'origin' | 'publicKey'>): Promise<void> {
  await sql('INSERT INTO keyhouse.log_key (origin, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    key.origin,
    key.publicKey,
  ])
}

/** Puts a key in the place of the one in use; false when that had gone already. To be called in a transaction. */
export async function replaceLogKey(
  sql: Sql,
  retired: string,
  key: Pick<LogKeyRow, 'origin' | 'publicKey'>,
): Promise<boolean> {
  const gone = await sql(
    'UPDATE keyhouse.log_key SET retired_at = clock_timestamp() WHERE origin = $1 AND retired_at IS NULL RETURNING 1',
    [retired],
  )
  if (gone.length === 0) return false
  await sql('INSERT INTO keyhouse.log_key (origin, public_key) VALUES ($1, $2)', [key.origin, key.publicKey])
  return true
}

/** Rows of recovery codes: hashes, each good once (R90). */
import type { Sql, Transaction } from './database.ts'

/** Puts new codes in place of every earlier one of the principal. */
export async function replaceRecoveryCodes(
  { sql }: Transaction,
  principal: string,
  hashes: readonly Uint8Array[],
): Promise<void> {
  await sql(`DELETE FROM keyhouse.recovery_code WHERE principal_id = $1`, [principal])
  for (const hash of hashes)
    await sql(`INSERT INTO keyhouse.recovery_code (principal_id, hash) VALUES ($1, $2)`, [principal, hash])
}

/** Spends a code; false when there is none of that hash, or it was spent. */
export async function spendRecoveryCode(sql: Sql, principal: string, hash: Uint8Array): Promise<boolean> {
  const rows = await sql(
    `UPDATE keyhouse.recovery_code SET used_at = clock_timestamp()
     WHERE principal_id = $1 AND hash = $2 AND used_at IS NULL RETURNING 1`,
    [principal, hash],
  )
  return rows.length === 1
}

/** How many are left. */
export async function countRecoveryCodes(sql: Sql, principal: string): Promise<number> {
  const [row] = await sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM keyhouse.recovery_code WHERE principal_id = $1 AND used_at IS NULL`,
    [principal],
  )
  return row?.n ?? 0
}

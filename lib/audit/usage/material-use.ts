/** How often each material of a key decrypted on each day (UTC), from what the sequencer counts: exact. */
import type { Sql } from '../write/change.ts'
import type { KeyPlace } from './usage.ts'

export type MaterialDay = { readonly id: string; readonly day: string; readonly decrypts: number }

/** Of the two sides of a ReEncrypt the source decrypts. */
const STATEMENT = `
SELECT material_id AS id, day::text AS day, sum(count)::text AS decrypts FROM audit.usage
WHERE account_id = $1 AND key_id = $2 AND region = $3 AND day >= $4::date AND operation IN ('Decrypt', 'ReEncryptFrom')
  AND material_id <> ''
GROUP BY material_id, day ORDER BY material_id, day`

/** Days with any, from a day (YYYY-MM-DD) on, oldest first; as recent as the last catchUp. */
export async function countMaterialUse(sql: Sql, key: KeyPlace, from: string): Promise<MaterialDay[]> {
  const rows = await sql<Omit<MaterialDay, 'decrypts'> & { decrypts: string }>(STATEMENT, [
    key.account,
    key.id,
    key.region,
    from,
  ])
  return rows.map((row) => ({ ...row, decrypts: Number(row.decrypts) }))
}

/** Which keys of multi-Region families wait for something to be finished. */
import type { Sql } from './database.ts'
import type { KeyPlace } from './keys.ts'

/** Replicas without their material, and keys whose family has a new primary. Index key_settling. */
export async function keysToSettle(sql: Sql, limit: number): Promise<KeyPlace[]> {
  return sql(
    `SELECT account_id AS account, region, id FROM keyhouse.key
     WHERE state IN ('Creating', 'Updating') OR (region <> primary_region AND current_material_id IS NULL)
     ORDER BY account_id, region, id LIMIT $1`,
    [limit],
  )
}

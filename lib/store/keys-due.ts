/** Customer keys of a Region that something is about to happen to, or should have: for lists only (R74). */
import type { Sql } from './database.ts'

export type DueKey = {
  readonly kind: 'deletion' | 'expiry' | 'rotation'
  readonly id: string
  /** Its first alias. */
  readonly alias: string | null
  /** When it is, or was, due; null for a primary that waits for its replicas first. */
  readonly at: Date | null
}

const DOOMED = `k.state IN ('PendingDeletion', 'PendingReplicaDeletion')`
const HERE = `k.account_id = $1 AND k.region = $2 AND k.manager = 'CUSTOMER'`
const MATERIALS = `keyhouse.key_material m ON (m.account_id, m.region, m.key_id) = (k.account_id, k.region, k.id)`

const STATEMENT = `
SELECT due.*, (SELECT min(l.name COLLATE "C") FROM keyhouse.alias l
  WHERE (l.account_id, l.region, l.key_id) = ($1, $2, due.id)) AS alias
FROM (
  (SELECT 'deletion' AS kind, k.id, k.deletion_at AS at FROM keyhouse.key k WHERE ${HERE} AND ${DOOMED}
   ORDER BY k.deletion_at, k.id LIMIT $4::int)
  UNION ALL
  (SELECT 'expiry', k.id, min(m.valid_to) FROM keyhouse.key k JOIN ${MATERIALS}
   WHERE ${HERE} AND NOT ${DOOMED} AND k.origin = 'EXTERNAL' AND m.valid_to < keyhouse.now() + $3::int * interval '1 day'
   GROUP BY k.id ORDER BY 3, k.id LIMIT $4::int)
  UNION ALL
  (SELECT 'rotation', k.id, k.next_rotation_at FROM keyhouse.key k
   WHERE ${HERE} AND NOT ${DOOMED} AND k.rotation_enabled AND k.next_rotation_at < keyhouse.now()
   ORDER BY k.next_rotation_at, k.id LIMIT $4::int)
) AS due`

/** Deletions, material that expires within some days, rotations that are overdue: of each the first ones, by date. */
export const keysDue = (
  sql: Sql,
  place: { readonly account: string; readonly region: string },
  { expiryDays, limit }: { readonly expiryDays: number; readonly limit: number },
): Promise<DueKey[]> => sql(STATEMENT, [place.account, place.region, expiryDays, limit])

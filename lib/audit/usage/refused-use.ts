/** Calls that failed because a key may not be used now: who misses a key that is disabled, or waits for its deletion. */
import type { Sql } from '../write/change.ts'

export type RefusedUse = { readonly principal: string; readonly count: number; readonly last: Date }

export type RefusalQuery = {
  readonly account: string
  readonly region: string
  readonly keyId: string
  readonly keyArn: string
  /** [from, to) */
  readonly from: Date
  readonly to: Date
}

/**
 * Who would use the key, or let somebody use it: an administrator whom its state refuses something else does not miss it.
 * Of two keys of a ReEncrypt the one that was refused is the last that was asked for.
 */
const MISSES = `n.account_id = $1 AND n.region = $2 AND n.outcome = 'error' AND n.ts >= $4::timestamptz AND n.ts < $5::timestamptz
  AND n.error_code IN ('DisabledException', 'KMSInvalidStateException')
  AND (n.class = 'crypto' OR n.event_name IN ('GetPublicKey', 'CreateGrant'))`
const LAST_KEY = 'n.resources[cardinality(n.resources)] = $6'

const STATEMENT = `
SELECT principal, count(*)::text AS count, max(ts) AS last FROM (
  SELECT n.actor_arn AS principal, n.ts FROM audit.entry n
  WHERE ${MISSES} AND n.key_id = $3 AND (n.event_name <> 'ReEncrypt' OR ${LAST_KEY})
  UNION ALL
  SELECT n.actor_arn, n.ts FROM audit.entry n
  WHERE ${MISSES} AND n.outcome <> 'ok' AND n.event_name = 'ReEncrypt' AND n.key_id <> $3 AND ${LAST_KEY}
) AS refused GROUP BY principal ORDER BY count(*) DESC, principal`

/** Everybody who was refused, most often first; as recent as the last catchUp. */
export async function refusedUse(sql: Sql, query: RefusalQuery): Promise<RefusedUse[]> {
  const { account, region, keyId, keyArn, from, to } = query
  const rows = await sql<Omit<RefusedUse, 'count'> & { count: string }>(STATEMENT, [
    account,
    region,
    keyId,
    from.toISOString(),
    to.toISOString(),
    keyArn,
  ])
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** When the deletion was scheduled that a key waits for; undefined when the log has no such event. */
export async function lastScheduled(
  sql: Sql,
  key: { readonly account: string; readonly region: string; readonly id: string },
): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date | null }>(
    `SELECT max(n.ts) AS at FROM audit.entry n WHERE n.account_id = $1 AND n.key_id = $2 AND n.region = $3
       AND n.event_name = 'ScheduleKeyDeletion' AND n.outcome = 'ok' AND n.class <> 'crypto'`,
    [key.account, key.id, key.region],
  )
  return row?.at ?? undefined
}

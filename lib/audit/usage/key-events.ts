/** The recorded requests on a key, newest first, with what was decided: for deciding them again. */

import type { Position } from '../search/position.ts'
import type { Sql } from '../write/change.ts'

export type KeyEvent = {
  readonly id: string
  readonly ts: Date
  /** Exact texts: the record, what was decided, and the condition values that were read. */
  readonly record: string
  readonly decision: string | null
  readonly context: string | null
}

export type KeyEventQuery = {
  readonly account: string
  readonly region: string
  readonly keyId: string
  readonly keyArn: string
  readonly since: Date
  readonly before: Position | undefined
  readonly limit: number
}

const RANGE = `n.account_id = $1 AND n.region = $2 AND n.event_source = 'kms.amazonaws.com' AND n.class <> 'system'
  AND n.ts >= $5::timestamptz AND ($6::timestamptz IS NULL OR (n.ts, n.event_id) < ($6, $7::uuid))`
const NEWEST = 'ORDER BY n.ts DESC, n.event_id DESC LIMIT $8::int'

// The second key of a ReEncrypt is among its resources only.
const STATEMENT = `
WITH found AS MATERIALIZED (
  SELECT n.ts, n.event_id FROM (
    (SELECT n.ts, n.event_id FROM audit.entry n WHERE ${RANGE} AND n.key_id = $3 ${NEWEST})
    UNION
    (SELECT n.ts, n.event_id FROM audit.entry n WHERE ${RANGE} AND n.event_name = 'ReEncrypt'
       AND $4 = ANY (n.resources) ${NEWEST})
  ) n ${NEWEST}
)
SELECT e.id, e.ts, convert_from(e.body, 'UTF8') AS record, e.decision::text AS decision, e.context::text AS context
FROM found n JOIN audit.event e ON e.ts = n.ts AND e.id = n.event_id ORDER BY e.ts DESC, e.id DESC`

/** Up to `limit` events, as recent as the last catchUp. */
export const keyEvents = (sql: Sql, query: KeyEventQuery): Promise<KeyEvent[]> =>
  sql(STATEMENT, [
    query.account,
    query.region,
    query.keyId,
    query.keyArn,
    query.since.toISOString(),
    query.before?.ts.toISOString() ?? null,
    query.before?.id ?? null,
    query.limit,
  ])

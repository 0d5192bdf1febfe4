/**
 * Successful cryptographic use of keys, counted by the sequencer with each event's leaf: exact, and as recent as the last
 * catchUp. Days are those of UTC.
 */
import type { Sql } from '../write/change.ts'

export type KeyPlace = { readonly account: string; readonly region: string; readonly id: string }

/** One principal, operation, address and material. */
export type Use = {
  readonly principal: string
  readonly operation: string
  readonly source: string
  readonly materialId: string | null
  readonly count: number
  readonly last: Date
  readonly lastEventId: string
}

type Counted<T extends { readonly count: number }> = Omit<T, 'count'> & { readonly count: string }

const withNumber = <T extends { readonly count: number }>({ count, ...rest }: Counted<T>) => ({
  ...rest,
  count: Number(count),
})

/** What is counted: a key's own use, from a day on. */
export type UsePeriod = {
  /** YYYY-MM-DD */
  readonly from: string
  /** What was last used before this moment is another key's of the same id. */
  readonly since: Date
}

const OF_KEY = '(u.account_id, u.region, u.key_id) = ($1, $2, $3)'
const IN_PERIOD = `${OF_KEY} AND u.day >= $4::date AND u.last_at > $5::timestamptz`

const periodValues = (key: KeyPlace, { from, since }: UsePeriod) => [
  key.account,
  key.region,
  key.id,
  from,
  since.toISOString(),
]

const USE = `actor_arn AS principal, operation, address AS source, nullif(material_id, '') AS "materialId"`

/** Who used a key, the newest use first; up to `limit`. */
export async function readUses(sql: Sql, key: KeyPlace, period: UsePeriod, limit: number): Promise<Use[]> {
  const rows = await sql<Counted<Use>>(
    `SELECT ${USE}, sum(u.count)::text AS count, max(u.last_at) AS last,
       (array_agg(u.last_event_id ORDER BY u.last_at DESC, u.last_event_id DESC))[1] AS "lastEventId"
     FROM audit.usage u WHERE ${IN_PERIOD}
     GROUP BY actor_arn, operation, address, material_id
     ORDER BY last DESC, "lastEventId" DESC, actor_arn, operation, address, material_id LIMIT $6::int`,
    [...periodValues(key, period), limit],
  )
  return rows.map((row) => withNumber<Use>(row))
}

/** The last use of a key, whenever that was; counted as often as the same was done on that day. */
export async function readNewestUse(sql: Sql, key: KeyPlace, since: Date): Promise<Use | undefined> {
  const [row] = await sql<Counted<Use>>(
    `SELECT ${USE}, u.count::text AS count, u.last_at AS last, u.last_event_id AS "lastEventId" FROM audit.usage u
     WHERE ${OF_KEY} AND u.last_at > $4::timestamptz
       AND u.day = (SELECT max(day) FROM audit.usage u WHERE ${OF_KEY})
     ORDER BY u.last_at DESC, u.last_event_id DESC LIMIT 1`,
    [key.account, key.region, key.id, since.toISOString()],
  )
  return row && withNumber<Use>(row)
}

export type DayUse = { readonly day: string; readonly operation: string; readonly count: number }

/** How often each operation was done on each day that had any, oldest first. */
export async function readUseByDay(sql: Sql, key: KeyPlace, period: UsePeriod): Promise<DayUse[]> {
  const rows = await sql<Counted<DayUse>>(
    `SELECT u.day::text AS day, u.operation, sum(u.count)::text AS count FROM audit.usage u WHERE ${IN_PERIOD}
     GROUP BY u.day, u.operation ORDER BY u.day, u.operation`,
    periodValues(key, period),
  )
  return rows.map((row) => withNumber<DayUse>(row))
}

export type KeyCount = { readonly id: string; readonly count: number }

/** How often each of some keys was used from a day on. */
export async function countUse(
  sql: Sql,
  keys: { readonly account: string; readonly region: string; readonly ids: readonly string[] },
  from: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<Counted<KeyCount>>(
    `SELECT key_id AS id, sum(count)::text AS count FROM audit.usage
     WHERE account_id = $1 AND region = $2 AND key_id = ANY ($3::text[]) AND day >= $4::date GROUP BY key_id`,
    [keys.account, keys.region, keys.ids, from],
  )
  return new Map(rows.map(({ id, count }) => [id, Number(count)]))
}

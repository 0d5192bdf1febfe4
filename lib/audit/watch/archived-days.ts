/** Days of the log as partitions: which there are, which leaves their events are, and taking one out. */
import { Buffer } from 'node:buffer'
import type { Range } from '../folder/paths.ts'
import type { Sql } from '../write/change.ts'

/** Days (YYYY-MM-DD) that lie whole before the last `keep` days, oldest first. */
export async function daysBefore(sql: Sql, keep: number): Promise<string[]> {
  const rows = await sql<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM (
       SELECT to_date(substring(relname FROM 7), 'YYYYMMDD') AS day FROM pg_class
       WHERE relnamespace = 'audit'::regnamespace AND relkind = 'r' AND relname ~ '^event_[0-9]{8}$') AS d
     WHERE day + 1 <= (now() AT TIME ZONE 'UTC')::date - $1::int ORDER BY day`,
    [keep],
  )
  return rows.map(({ day }) => day)
}

const DAY = `ts >= $1::date::timestamp AT TIME ZONE 'UTC' AND ts < ($1::date + 1)::timestamp AT TIME ZONE 'UTC'`

/** Events of a day that have no leaf, and leaves that have no event: neither may be taken out. */
export async function unmatched(sql: Sql, day: string): Promise<number> {
  const [row] = await sql<{ count: string }>(
    `SELECT count(*)::text AS count FROM (SELECT id FROM audit.event WHERE ${DAY}) AS e
     FULL JOIN (SELECT event_id FROM audit.leaf WHERE ${DAY}) AS l ON l.event_id = e.id
     WHERE e.id IS NULL OR l.event_id IS NULL`,
    [day],
  )
  return Number(row?.count ?? 0)
}

/** The leaves of a day's events, ascending. */
export async function leavesOf(sql: Sql, day: string): Promise<Range[]> {
  const rows = await sql<{ start: string; end: string }>(
    `SELECT min(index)::text AS start, (max(index) + 1)::text AS end FROM (
       SELECT index, index - row_number() OVER (ORDER BY index) AS island FROM audit.leaf WHERE ${DAY}) AS l
     GROUP BY island ORDER BY min(index)`,
    [day],
  )
  return rows.map(({ start, end }) => ({ start: Number(start), end: Number(end) }))
}

export type Bundle = {
  readonly day: string
  readonly ranges: readonly Range[]
  readonly events: number
  readonly name: string
  /** Of the file of sums, hexadecimal. */
  readonly sha256: string
}

/** Takes a day out, whose archive is written and checked. By the sequencer's role. */
export async function removeDay(sql: Sql, { day, ranges, events, name, sha256 }: Bundle): Promise<void> {
  await sql(
    `INSERT INTO audit.bundle (day, first_index, last_index, events, name, sha256)
     VALUES ($1::date, $2::bigint, $3::bigint, $4::bigint, $5, $6)
     ON CONFLICT (day) DO UPDATE SET first_index = excluded.first_index, last_index = excluded.last_index,
       events = excluded.events, name = excluded.name, sha256 = excluded.sha256, written_at = clock_timestamp()
     WHERE bundle.removed_at IS NULL`,
    [
      day,
      ranges.at(0)?.start ?? null,
      ranges.length === 0 ? null : (ranges.at(-1)?.end ?? 0) - 1,
      events,
      name,
      Buffer.from(sha256, 'hex'),
    ],
  )
  await sql('SELECT audit.remove_day($1::date)', [day])
}

/** How archiving stands, beside the other deliveries: how many events are archived, or why none can be. */
export async function noteArchiving(sql: Sql, fault: string | null): Promise<void> {
  await sql(
    `INSERT INTO audit.delivery AS d (name, delivered, delivered_at, failing_since, fault)
     SELECT 'archive', coalesce(sum(events), 0), max(removed_at), CASE WHEN $1::text IS NULL THEN NULL ELSE clock_timestamp() END, $1::text
     FROM audit.bundle WHERE removed_at IS NOT NULL
     ON CONFLICT (name) DO UPDATE SET delivered = excluded.delivered, delivered_at = excluded.delivered_at,
       failing_since = CASE WHEN $1::text IS NULL THEN NULL ELSE coalesce(d.failing_since, excluded.failing_since) END,
       fault = excluded.fault`,
    [fault],
  )
}

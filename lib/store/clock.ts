/**
 * The one row of the installation's clock: how far it is ahead of the database's, when due work last looked at it, and
 * whether it jumped. What a jump is, lib/jobs/clock-guard.ts says.
 */
import type { Sql } from './database.ts'

/** One look at the clock, by a machine that can tell how long it has been up. */
export type Look = {
  readonly at: Date
  readonly boot: string | null
  /** Null where an older release looked. */
  readonly steadyMs: number | null
}

export type ClockState = {
  /** Whether this installation's clock is moved by hand, for tests. */
  readonly manual: boolean
  readonly offsetMs: number
  /** keyhouse.now() of this very reading. */
  readonly now: Date
  readonly seen: Look | null
  readonly jumpedAt: Date | null
}

type Columns = {
  manual: boolean
  offset_ms: string
  now: Date
  seen_at: Date | null
  seen_boot: string | null
  seen_steady_ms: string | null
  jumped_at: Date | null
}

/** The row and its time, in one reading. */
export async function readClock(sql: Sql): Promise<ClockState> {
  const [row] = await sql<Columns>(
    // Not keyhouse.now(): it would see an offset that was written after the other columns were read.
    `SELECT coalesce((SELECT manual_clock FROM keyhouse.installation), false) AS manual, offset_ms::text AS offset_ms,
       clock_timestamp() + offset_ms * interval '1 millisecond' AS now, seen_at, seen_boot,
       seen_steady_ms::text AS seen_steady_ms, jumped_at
     FROM keyhouse.clock`,
    [],
  )
  if (!row) throw new Error('the clock row is missing')
  const steadyMs = row.seen_steady_ms === null ? null : Number(row.seen_steady_ms)
  return {
    manual: row.manual,
    offsetMs: Number(row.offset_ms),
    now: row.now,
    seen: row.seen_at && { at: row.seen_at, boot: row.seen_boot, steadyMs },
    jumpedAt: row.jumped_at,
  }
}

/** Notes that due work looked at the clock just now. */
export async function noteLook(sql: Sql, by: { boot: string | null; steadyMs: number }): Promise<void> {
  await sql(
    `UPDATE keyhouse.clock SET seen_at = clock_timestamp() + offset_ms * interval '1 millisecond', seen_boot = $1::text,
       seen_steady_ms = $2::bigint`,
    [by.boot, Math.round(by.steadyMs)],
  )
}

/** Stops destructive work; false when it was stopped already. */
export async function markJump(sql: Sql): Promise<boolean> {
  const rows = await sql(
    `UPDATE keyhouse.clock SET jumped_at = clock_timestamp() + offset_ms * interval '1 millisecond'
     WHERE jumped_at IS NULL RETURNING 1 AS stopped`,
    [],
  )
  return rows.length === 1
}

/** Lets destructive work go on, from the time it is now; false when nothing had stopped it. */
export async function acknowledgeJump(sql: Sql): Promise<boolean> {
  const rows = await sql(
    `UPDATE keyhouse.clock SET jumped_at = NULL, seen_at = clock_timestamp() + offset_ms * interval '1 millisecond'
     WHERE jumped_at IS NOT NULL RETURNING 1 AS resumed`,
    [],
  )
  return rows.length === 1
}

/**
 * Moves a manual clock forward to a moment; one that has passed already changes nothing. The last look moves along,
 * so that this is no jump. False where the clock is not manual.
 */
export async function moveClock(sql: Sql, to: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE keyhouse.clock c SET offset_ms = c.offset_ms + step.ms, seen_at = c.seen_at + step.ms * interval '1 millisecond'
     FROM (SELECT greatest(0, ceil(extract(epoch FROM $1::timestamptz - clock_timestamp()) * 1000) - offset_ms)::bigint AS ms
           FROM keyhouse.clock FOR UPDATE) step
     WHERE (SELECT manual_clock FROM keyhouse.installation) RETURNING 1 AS moved`,
    [to.toISOString()],
  )
  return rows.length === 1
}

/** When the next rotation, deletion or expiry is due after a moment; undefined when none is before `until`. */
export async function nextDue(sql: Sql, after: Date, until: Date): Promise<Date | undefined> {
  const [row] = await sql<{ due: Date | null }>(
    `SELECT min(due) AS due FROM (
       SELECT min(next_rotation_at) AS due FROM keyhouse.key
         WHERE rotation_enabled AND state = 'Enabled' AND next_rotation_at > $1::timestamptz
       UNION ALL SELECT min(deletion_at) FROM keyhouse.key WHERE deletion_at > $1::timestamptz
       UNION ALL SELECT min(valid_to) FROM keyhouse.key_material WHERE valid_to > $1::timestamptz
     ) dates WHERE due <= $2::timestamptz`,
    [after.toISOString(), until.toISOString()],
  )
  return row?.due ?? undefined
}

/**
 * The installation's time: the database's clock plus its offset row, which rotation, deletion and expiry go by.
 * The one place in lib that reads this machine's clock.
 */
import type { Sql } from '#lib/store/database.ts'

export type Clock = {
  /** This machine's time, for signatures, sessions and event times. */
  readonly real: () => Date
  /** keyhouse.now(), estimated from the last look at the database. */
  readonly now: () => Date
  /** Looks at the database's clock again; gives how far this machine's is ahead of it, in milliseconds. */
  readonly refresh: () => Promise<number>
}

export function openClock(sql: Sql): Clock {
  let ahead = 0
  let offset = 0
  return {
    real: () => new Date(Date.now()),
    now: () => new Date(Date.now() - ahead + offset),
    refresh: async () => {
      const before = Date.now()
      const [row] = await sql<{ database: string; shift: string }>(
        `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::text AS database, offset_ms::text AS shift FROM keyhouse.clock`,
        [],
      )
      if (!row) throw new Error('the clock row is missing')
      ahead = (before + Date.now()) / 2 - Number(row.database)
      offset = Number(row.shift)
      return ahead
    },
  }
}

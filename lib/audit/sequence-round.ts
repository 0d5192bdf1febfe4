/** One round of sequencing: all events within reach that have no entry, a batch at a time, around those that cannot be read. */
import type pg from 'pg'
import { sqlState } from './pool.ts'
import { MISSING_SQL, ONE_SQL, RECENT_SQL, WHOLE_SQL } from './sequence-sql.ts'

const AT_ONCE = 2000
const MOST_UNREADABLE = 1000

/** How far back a round looks; the whole begins ten minutes before the newest entry. */
export type Reach = { readonly backMs: number } | 'whole'

export type Rounds = {
  run(reach: Reach): Promise<void>
  /** Events that were left out. */
  unreadable(): readonly string[]
}

/** Errors of data, not of the database: a body that is no record. */
const isUnreadable = (thrown: unknown) => /^2[23]/.test(sqlState(thrown) ?? '')

export function openRounds(pool: pg.Pool, fault: (message: string, cause: unknown) => void): Rounds {
  const skipped = new Set<string>()

  /** Makes the entries of one batch; gives how many events it found. */
  async function take(reach: Reach): Promise<number> {
    const left = [...skipped]
    const query = reach === 'whole' ? WHOLE_SQL : RECENT_SQL
    const values = reach === 'whole' ? [AT_ONCE, left] : [AT_ONCE, reach.backMs, left]
    const { rows } = await pool.query<{ found: number }>(query, values)
    return rows[0]?.found ?? 0
  }

  /** Takes events one by one, and leaves out those that fail; gives how many did. */
  async function takeApart(): Promise<number> {
    const before = skipped.size
    const { rows } = await pool.query<{ ts: string; id: string }>(MISSING_SQL, [AT_ONCE, [...skipped]])
    for (const { ts, id } of rows) {
      try {
        await pool.query(ONE_SQL, [1, ts, id])
      } catch (error) {
        if (!isUnreadable(error) || skipped.size >= MOST_UNREADABLE) throw error
        skipped.add(id)
        fault(`event ${id} cannot be read`, error)
      }
    }
    return skipped.size - before
  }

  async function run(reach: Reach): Promise<void> {
    for (let found = AT_ONCE; found === AT_ONCE; ) {
      try {
        found = await take(reach)
      } catch (error) {
        // If no single event is to blame, trying again would fail again.
        if (!isUnreadable(error) || (await takeApart()) === 0) throw error
      }
    }
  }

  return { run, unreadable: () => [...skipped] }
}

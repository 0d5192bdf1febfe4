/** Checkpoints on their way to the places outside: the newest goes, and what was missed meanwhile is in it. */

import { type Anchor, HeadAhead, type Sink, type SinkState } from '../sinks/sink.ts'
import type { Checkpoint } from '../tree/checkpoints.ts'
import type { Sql } from '../write/change.ts'

export type DeliveryRow = {
  readonly name: string
  /** Leaves of the newest checkpoint, or events, that are there. */
  readonly delivered: number
  readonly deliveredAt: Date | null
  readonly state: SinkState
  readonly failingSince: Date | null
  readonly fault: string | null
}

/** Every place that was ever told of something, also of events. */
export async function readDeliveries(sql: Sql): Promise<DeliveryRow[]> {
  const rows = await sql<Omit<DeliveryRow, 'delivered'> & { delivered: string }>(
    `SELECT name, delivered::text AS delivered, delivered_at AS "deliveredAt", state, failing_since AS "failingSince", fault
     FROM audit.delivery ORDER BY name`,
    [],
  )
  return rows.map((row) => ({ ...row, delivered: Number(row.delivered) }))
}

async function noteDelivered(sql: Sql, name: string, size: number, state: SinkState): Promise<void> {
  await sql(
    `INSERT INTO audit.delivery AS d (name, delivered, delivered_at, state) VALUES ($1, $2::bigint, clock_timestamp(), $3::jsonb)
     ON CONFLICT (name) DO UPDATE SET delivered = excluded.delivered, delivered_at = excluded.delivered_at,
       state = excluded.state, failing_since = NULL, fault = NULL`,
    [name, size, JSON.stringify(state)],
  )
}

async function noteFailed(sql: Sql, name: string, fault: string): Promise<void> {
  await sql(
    `INSERT INTO audit.delivery AS d (name, failing_since, fault) VALUES ($1, clock_timestamp(), $2)
     ON CONFLICT (name) DO UPDATE SET failing_since = coalesce(d.failing_since, excluded.failing_since), fault = excluded.fault`,
    [name, fault],
  )
}

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 60_000

type Progress = {
  busy: boolean
  /** Whether the place was asked what it has, before it was told anything by this process. */
  asked: boolean
  pause: number
  nextAt: number
  sent: string | undefined
}

const UNTRIED: Progress = { busy: false, asked: false, pause: 0, nextAt: 0, sent: undefined }

export type Deliveries = {
  /** Sends the checkpoint where it is not yet; to places that every engine would tell, only when `shared`. */
  readonly push: (checkpoint: Checkpoint, shared: boolean) => Promise<void>
}

type Parts = {
  /** Of the sequencer's role. */
  readonly sql: Sql
  readonly sinks: readonly Sink[]
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  /** Told when a place knows more of the log than there is. */
  readonly ahead: (found: HeadAhead) => Promise<void>
  /** Whether the log leads on from what a place has: an older checkpoint must not take the place of a newer one. */
  readonly continues: (anchor: Anchor) => Promise<boolean>
  readonly fault: (message: string, cause: unknown) => void
}

const nameOf = ({ origin, size }: Pick<Checkpoint, 'origin' | 'size'>) => `${origin} ${size}`
// A failure of ours, such as a database that is away, is no failure of the place.
const wordsOf = (thrown: unknown) =>
  thrown instanceof Error && thrown.name === 'SinkError' ? thrown.message : 'it could not be tried'

export function openDeliveries({ sql, sinks, now, ahead, continues, fault }: Parts): Deliveries {
  const progress = new Map<string, Progress>()
  const progressOf = (sink: Sink): Progress => {
    const known = progress.get(sink.name) ?? { ...UNTRIED }
    progress.set(sink.name, known)
    return known
  }

  async function failed(sink: Sink, mine: Progress, thrown: unknown): Promise<void> {
    mine.pause = Math.min(LONGEST_PAUSE_MS, mine.pause === 0 ? FIRST_PAUSE_MS : mine.pause * 2)
    mine.nextAt = now() + mine.pause
    if (thrown instanceof HeadAhead) await ahead(thrown)
    else fault(`a checkpoint was not delivered to ${sink.name}`, thrown)
    await noteFailed(sql, sink.name, thrown instanceof HeadAhead ? thrown.message : wordsOf(thrown))
  }

  /** Whether the place may be told: once in this process it is asked what it has. */
  async function mayTell(sink: Sink, mine: Progress): Promise<boolean> {
    if (mine.asked) return true
    const anchor = await sink.newest?.()
    if (anchor && !(await continues(anchor))) return false
    mine.asked = true
    return true
  }

  async function send(sink: Sink, checkpoint: Checkpoint): Promise<void> {
    const mine = progressOf(sink)
    if (mine.busy || mine.nextAt > now() || mine.sent === nameOf(checkpoint)) return
    mine.busy = true
    try {
      if (!(await mayTell(sink, mine))) return
      const before = (await readDeliveries(sql)).find(({ name }) => name === sink.name)
      const state = await sink.deliver(checkpoint, before?.state ?? {})
      await noteDelivered(sql, sink.name, checkpoint.size, state)
      mine.sent = nameOf(checkpoint)
      mine.pause = 0
    } catch (thrown) {
      await failed(sink, mine, thrown).catch(() => undefined)
    } finally {
      mine.busy = false
    }
  }

  return {
    async push(checkpoint, shared) {
      const due = sinks.filter(({ kind }) => shared || kind === 'file')
      await Promise.all(due.map((sink) => send(sink, checkpoint)))
    },
  }
}

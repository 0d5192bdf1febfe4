/**
 * Streams: every event of the log, in its order, to systems outside. Each stream keeps its own place in audit.delivery and
 * moves it only after a batch was taken, so that nothing is lost and an event may come twice. One engine at a time tells
 * them; a place that does not answer is asked again, more and more seldom, and goes on where it stopped.
 */

import { SinkError } from '../sinks/sink.ts'
import type { Sql } from '../write/change.ts'
import { readBatch, type StreamedEvent } from './batch.ts'

export type EventStream = {
  /** Begins with the kind and names the place, without anything secret: "events-http siem.example:8443". */
  readonly name: string
  /** Hands events over, at least one. @throws SinkError, or what the network throws */
  readonly send: (events: readonly StreamedEvent[]) => Promise<void>
}

export type Streams = { readonly start: () => void; readonly stop: () => Promise<void> }

export type StreamsParts = {
  /** Of the sequencer's role, which may write where deliveries stand. */
  readonly sql: Sql
  readonly streams: readonly EventStream[]
  /** False while another engine tells them. */
  readonly mayRun: () => Promise<boolean>
  readonly fault: (message: string, cause: unknown) => void
  /** The shortest and the longest pause after a failure, milliseconds. */
  readonly backoff?: { readonly first: number; readonly most: number }
}

const IDLE_MS = 500
const BACKOFF = { first: 1000, most: 60_000 }
/** Nobody waits longer for a place that hangs when the engine ends. */
const STOP_MS = 1000

const CURSOR_SQL = `
INSERT INTO audit.delivery AS d (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = d.name
RETURNING delivered::text AS delivered`

// Whoever told the same place meanwhile has moved it, and this move is none.
const MOVED_SQL = `
UPDATE audit.delivery SET delivered = $3::bigint, delivered_at = clock_timestamp(), failing_since = NULL, fault = NULL
WHERE name = $1 AND delivered = $2::bigint`

const FAILED_SQL = `
UPDATE audit.delivery SET failing_since = coalesce(failing_since, clock_timestamp()), fault = $2 WHERE name = $1`

/** What may be said of a failure: never an address, which may hold a secret. */
function faultOf(thrown: unknown): string {
  if (thrown instanceof SinkError) return thrown.message
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no answer'
  return `it cannot be reached (${code})`
}

export function openStreams(parts: StreamsParts): Streams {
  const { sql, streams, mayRun, fault, backoff = BACKOFF } = parts
  const stopping = Promise.withResolvers<void>()
  let stopped = false
  let running: readonly Promise<void>[] = []

  /** The next batch, if there is one; gives whether there was. Moves past what is missing without a word. */
  async function tell({ name, send }: EventStream): Promise<boolean> {
    const [row] = await sql<{ delivered: string }>(CURSOR_SQL, [name])
    const from = Number(row?.delivered ?? 0)
    const { events, end } = await readBatch(sql, from)
    if (end === from) return false
    try {
      if (events.length > 0) await send(events)
    } catch (thrown) {
      if (!stopped) await sql(FAILED_SQL, [name, faultOf(thrown)])
      throw thrown
    }
    if (!stopped) await sql(MOVED_SQL, [name, from, end])
    return true
  }

  const pause = (ms: number) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    return Promise.race([promise, stopping.promise]).finally(() => clearTimeout(timer))
  }

  async function run(stream: EventStream): Promise<void> {
    let wait = backoff.first
    while (!stopped) {
      try {
        const more = (await mayRun()) && (await tell(stream))
        wait = backoff.first
        if (!more) await pause(IDLE_MS)
      } catch (thrown) {
        if (stopped) return
        // Once for each time that it fails: the delivery itself says since when.
        if (wait === backoff.first) fault(`${stream.name} does not take events`, faultOf(thrown))
        await pause(wait)
        wait = Math.min(wait * 2, backoff.most)
      }
    }
  }

  return {
    start() {
      running = streams.map(run)
    },
    async stop() {
      stopped = true
      stopping.resolve()
      await Promise.race([Promise.all(running), new Promise((resume) => setTimeout(resume, STOP_MS).unref())])
    },
  }
}

/**
 * Writes events so that an answer can wait for them: group commit, fail closed (R46, R52, R55, R56, R60).
 *
 *   append ─► queue ─► batch (≤ 256 rows, ≤ 2 ms of waiting, ≤ 2 on their way) ─► one statement, one commit ─► verdicts
 *
 * A caller has its verdict within two seconds, whatever the database does: 'recorded' is durable, 'stale' was not
 * written and must be decided again, everything else is a DependencyTimeoutException. An event may be written although
 * its caller was refused, never the other way round.
 */
import type pg from 'pg'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { declaration, type Place } from '../record/declaration.ts'
import type { BuiltEvent } from '../record/event.ts'
import { BATCH_SQL, batchValues, type Entry, type Expectation } from './batch.ts'
import { insertChange, type Sql } from './change.ts'
import { type Counters, openCounters } from './counters.ts'
import { failureKind, NotSent } from './failure.ts'
import { ensureDays, prepareEngine } from './partitions.ts'
import { openPump } from './pump.ts'
import { notRecorded, openQueue, type Queue, type Verdict, type Waiting } from './queue.ts'
import type { WrittenRows } from './written-rows.ts'

const MOST_WAITING = 4096
const HOUR_MS = 3_600_000
// Numbers that no row took may wait for the next rows, but not for ever: an idle engine would seem to have lost them.
const DECLARE_MS = 15_000
const NOTHING_EXPECTED: Expectation = { accounts: [], keys: [] }

export type AuditWriter = {
  /** Resolves when the rows of one call are durable, or stale and not written. Rejects within two seconds otherwise. */
  append(events: readonly BuiltEvent[], expect: Expectation): Promise<Verdict>
  /** Writes the rows of a change in the change's own transaction. */
  appendIn(sql: Sql, events: readonly BuiltEvent[]): Promise<void>
  /** Rows that wait or are on their way. */
  depth(): number
  /** The highest number of a batched row that is durable; 0 before the first. */
  highest(): number
  /** Resolves when this engine may write: its row and the partitions are there. Rejects while the database cannot be used. */
  ready(): Promise<void>
  /** Writes what waits, declares unused numbers, stops. The pool stays open: it is the caller's. */
  close(): Promise<void>
}

export type AuditWriterOptions = {
  /** From openAuditPool. */
  readonly pool: pg.Pool
  readonly macKey: KeyObject
  /** A fresh UUID for every start: the counts begin at 1. */
  readonly engineId: string
  /** Told of every row before it is sent. */
  readonly written?: WrittenRows
  /** Real time, milliseconds. */
  readonly now: () => number
  /** Where the writer's own events go. */
  readonly place: () => Place
}

/** Prepares once; a preparation that failed is tried again by the next event. */
function preparation(prepare: () => Promise<void>): () => Promise<void> {
  let prepared: Promise<void> | undefined
  return () => {
    prepared ??= prepare().catch((error) => {
      prepared = undefined
      throw error
    })
    return prepared
  }
}

const rowCount = (entries: readonly Entry[]) => entries.reduce((sum, entry) => sum + entry.rows.length, 0)

/** Sends one batch; gives the ids of the rows that were written. */
async function insert(options: AuditWriterOptions, entries: readonly Entry[], numbers: readonly number[]) {
  const { pool, engineId, macKey, written } = options
  for (const [at, row] of entries.flatMap(({ rows }) => rows).entries())
    written?.keep(row, { engineId, stream: 'batch', counter: numbers[at] ?? 0 })
  const client = await pool.connect().catch((cause) => {
    throw new NotSent('no connection', { cause })
  })
  let broken = true
  try {
    const values = batchValues({ entries, counters: numbers, engineId, macKey })
    const result = await client.query<{ id: string }>({ name: 'audit-batch', text: BATCH_SQL, values })
    broken = false
    return new Set(result.rows.map((row) => row.id))
  } finally {
    client.release(broken)
  }
}

/** Answers the entries of a batch that came back, and returns the numbers that no row took. */
function answer(
  batch: readonly Waiting[],
  numbers: readonly number[],
  written: ReadonlySet<string>,
): number[] {
  const free: number[] = []
  let at = 0
  for (const entry of batch) {
    const recorded = entry.rows.every((row) => written.has(row.id))
    if (!recorded) free.push(...numbers.slice(at, at + entry.rows.length))
    at += entry.rows.length
    entry.settle(recorded ? 'recorded' : 'stale')
  }
  return free
}

type Line = { readonly queue: Queue; readonly counters: Counters; readonly pool: pg.Pool }

/** A batch that failed is refused, or goes back to be sent again. */
async function afterFailure(
  line: Line,
  batch: readonly Waiting[],
  numbers: readonly number[],
  error: unknown,
) {
  const kind = failureKind(error)
  if (kind === 'unknown') line.counters.lose(numbers)
  else line.counters.giveBack(numbers)
  if (kind === 'no-partition') await ensureDays(line.pool).catch(() => undefined)
  // One entry's fault must not refuse the others: each is sent by itself, and the bad one fails alone.
  const apart = (kind === 'bad-row' || kind === 'no-partition') && !batch.every((entry) => entry.alone)
  if (kind !== 'again' && !apart) {
    for (const entry of batch) entry.settle(notRecorded(`the batch failed: ${kind}`, error))
    return
  }
  for (const entry of batch) entry.alone ||= apart
  line.queue.putBack(batch)
}

type Declaring = {
  readonly options: AuditWriterOptions
  readonly counters: Counters
  readonly enter: (events: readonly BuiltEvent[], expect: Expectation) => Promise<Verdict>
}

/** Says which numbers are missing, now that the database takes events again; `over` when counting has ended. */
async function declareMissing({ options, counters, enter }: Declaring, over: boolean): Promise<void> {
  const numbers = counters.undeclared(over)
  const missing = [...numbers.lost, ...numbers.unused]
  if (missing.length === 0) return
  const event = declaration(options.engineId, numbers, { ...options.place(), now: options.now() })
  await enter([event], NOTHING_EXPECTED).catch(() => counters.lose(missing))
}

/** Opens the writer. It needs no database yet: the first event does. */
export function openAuditWriter(options: AuditWriterOptions): AuditWriter {
  const { pool, macKey, engineId } = options
  const counters = openCounters()
  const queue = openQueue()
  const ready = preparation(() => prepareEngine(pool, engineId))
  const hourly = setInterval(() => void ensureDays(pool).catch(() => undefined), HOUR_MS).unref()
  const pump = openPump(queue, send)
  let closing = false
  let highest = 0

  async function send(batch: readonly Waiting[]): Promise<void> {
    try {
      await ready()
    } catch (error) {
      for (const entry of batch) entry.settle(notRecorded('the database cannot be used', error))
      return
    }
    const numbers = counters.take(rowCount(batch))
    try {
      const free = answer(batch, numbers, await insert(options, batch, numbers))
      counters.giveBack(free)
      highest = Math.max(highest, ...numbers.filter((number) => !free.includes(number)))
    } catch (error) {
      await afterFailure({ queue, counters, pool }, batch, numbers, error)
      return
    }
    void declareMissing({ options, counters, enter }, false)
  }

  const declaring = setInterval(
    () => void declareMissing({ options, counters, enter }, true),
    DECLARE_MS,
  ).unref()

  function enter(events: readonly BuiltEvent[], expect: Expectation): Promise<Verdict> {
    const verdict = queue.enter(events, expect)
    pump.wake()
    return verdict
  }

  async function append(events: readonly BuiltEvent[], expect: Expectation): Promise<Verdict> {
    if (closing) throw notRecorded('the writer is closed')
    if (queue.depth() + events.length > MOST_WAITING) throw notRecorded('too many events wait')
    return enter(events, expect)
  }

  return {
    append,
    async appendIn(sql, events) {
      await ready()
      await insertChange({ engineId, macKey, written: options.written }, sql, events)
    },
    depth: queue.depth,
    highest: () => highest,
    ready,
    async close() {
      closing = true
      clearInterval(declaring)
      await queue.drained()
      await declareMissing({ options, counters, enter }, true)
      clearInterval(hourly)
    },
  }
}

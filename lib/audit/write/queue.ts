/**
 * Events that wait to be durable, in the order they came, each with the time by which its caller has an answer.
 * A caller is never left waiting: what is past its time is refused, whatever becomes of the batch it is in.
 */
import { KmsError } from '../../domain/refusal.ts'
import type { BuiltEvent } from '../record/event.ts'
import type { Entry, Expectation } from './batch.ts'

export type Verdict = 'recorded' | 'stale'

/** One append that waits, or is on its way. */
export type Waiting = Entry & {
  /** Milliseconds of a monotonic clock. */
  readonly deadline: number
  /** Set after it was in a batch with a row that cannot be stored: it is sent by itself. */
  alone: boolean
  settled: boolean
  readonly settle: (verdict: Verdict | KmsError) => void
}

export type Queue = {
  enter(rows: readonly BuiltEvent[], expect: Expectation): Promise<Verdict>
  /** Takes the next batch: up to `most` rows, or one entry that goes alone. */
  take(most: number): Waiting[]
  /** Back to the front. */
  putBack(batch: readonly Waiting[]): void
  /** Entries that wait to be taken. */
  length(): number
  /** Rows that wait or are on their way. */
  depth(): number
  /** Resolves when nothing waits and nothing is on its way. */
  drained(): Promise<void>
}

/** With the reaper's step, a verdict comes in under two seconds (R56). */
const BUDGET_MS = 1900
const REAP_MS = 50

// AWS's words for this code.
const TIMED_OUT = 'The system timed out while trying to fulfill the request. You can retry the request.'

/** The refusal of a call whose event is not durable. */
export const notRecorded = (detail: string, cause?: unknown) =>
  new KmsError('DependencyTimeoutException', TIMED_OUT, { detail: `audit: ${detail}`, cause })

/** Takes a batch off the front; entries that have their answer already are dropped. */
function takeFrom(waiting: Waiting[], most: number): Waiting[] {
  const batch: Waiting[] = []
  let rows = 0
  let taken = 0
  for (const entry of waiting) {
    if (!entry.settled) {
      if (batch.length > 0 && (entry.alone || rows + entry.rows.length > most)) break
      batch.push(entry)
      rows += entry.rows.length
    }
    taken++
    if (entry.alone && batch.length > 0) break
  }
  waiting.splice(0, taken)
  return batch
}

/** An empty queue. Its timer runs only while something is unanswered. */
export function openQueue(): Queue {
  const waiting: Waiting[] = []
  // In order of deadlines, because every entry has the same budget.
  const unanswered = new Set<Waiting>()
  const drainers: (() => void)[] = []
  let depth = 0
  let reaper: NodeJS.Timeout | undefined

  function answered(entry: Waiting): void {
    unanswered.delete(entry)
    depth -= entry.rows.length
    if (unanswered.size > 0) return
    clearInterval(reaper)
    reaper = undefined
    for (const drained of drainers.splice(0)) drained()
  }

  function reap(): void {
    const now = performance.now()
    for (const entry of unanswered) {
      if (entry.deadline > now) return
      entry.settle(notRecorded('no durable event in time'))
    }
  }

  function enter(rows: readonly BuiltEvent[], expect: Expectation): Promise<Verdict> {
    const { promise, resolve, reject } = Promise.withResolvers<Verdict>()
    const settle: Waiting['settle'] = (verdict) => {
      if (entry.settled) return
      entry.settled = true
      answered(entry)
      if (typeof verdict === 'string') resolve(verdict)
      else reject(verdict)
    }
    const deadline = performance.now() + BUDGET_MS
    const entry: Waiting = { rows, expect, deadline, alone: false, settled: false, settle }
    unanswered.add(entry)
    depth += rows.length
    waiting.push(entry)
    reaper ??= setInterval(reap, REAP_MS)
    return promise
  }

  return {
    enter,
    take: (most) => takeFrom(waiting, most),
    putBack: (batch) => void waiting.unshift(...batch),
    length: () => waiting.length,
    depth: () => depth,
    drained: () =>
      unanswered.size === 0 ? Promise.resolve() : new Promise((resolve) => drainers.push(resolve)),
  }
}

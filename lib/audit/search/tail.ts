/**
 * The log as it grows: one poll for all who listen, twice a second while anybody does, over places in the log that are new.
 * What matches is asked of the database, with the very conditions that the list has. It decides nothing and records nothing.
 */
import type pg from 'pg'
import type { TailBatch } from '../../domain/tail.ts'
import type { EventSummary } from './summary.ts'
import { matchingBetween, readLast, type TailQuestion } from './tail-rows.ts'

const STEP_MS = 500
/** Places that one look goes over. Who is further behind is served in several. */
const PLACES_AT_ONCE = 5000
/** Nobody is served from further back: that is a search, not a tail. */
const FURTHEST_BACK = 2_000_000
/** Batches that wait for a reader: five seconds of them, or its answer is given up. */
const MOST_WAITING = 10
/** Looks that may fail one after the other: ten seconds. */
const MOST_FAILURES = 20
/** So many events a second are shown to a listener, and what was left of the second before; never fewer than a few. */
const SHOWN_A_SECOND = 200
const FEWEST_SHOWN = 20

export type ListenerEnd = 'slow' | 'stopping' | 'broken'
export type TailNews = { readonly batch: TailBatch<EventSummary> } | { readonly end: ListenerEnd }

export type TailListener = {
  /** What has matched since the last call, or why there will be no more. Waits until there is something. */
  next(): Promise<TailNews>
  /** The place in the log up to which everything was looked at. */
  last(): number
  close(): void
}

export type Tail = {
  /** From after a place in the log, or from now on. @throws KmsError ValidationException for a filter with a fault. */
  listen(question: TailQuestion, after: number | undefined): Promise<TailListener>
  /** Ends all who listen. */
  stop(): Promise<void>
}

export type TailParts = {
  /** Of the reader's role. */
  readonly pool: pg.Pool
  /** Milliseconds that only go forward. */
  readonly now: () => number
  readonly fault: (message: string, cause: unknown) => void
  readonly stepMs?: number
}

type Listener = {
  readonly question: TailQuestion
  last: number
  /** How many events it may be shown, and when that was counted. */
  allowance: number
  countedAt: number
  readonly waiting: TailNews[]
  wake: (() => void) | undefined
}

function tell(listener: Listener, news: TailNews): void {
  listener.waiting.push(news)
  listener.wake?.()
}

/** Listeners who ask the same from the same place on: one question to the database for all of them. */
function together(listeners: Iterable<Listener>): Listener[][] {
  const groups = Map.groupBy(listeners, ({ question, last }) =>
    JSON.stringify([question.account, question.filter, last]),
  )
  return [...groups.values()]
}

/** Opens the tail over the reader's connections. */
export function openTail({ pool, now, fault, stepMs = STEP_MS }: TailParts): Tail {
  const listeners = new Set<Listener>()
  let running: Promise<void> | undefined
  let resume = () => {}
  let failures = 0

  function end(listener: Listener, reason: ListenerEnd): void {
    if (listeners.delete(listener)) tell(listener, { end: reason })
  }

  function serve(listener: Listener, batch: TailBatch<EventSummary>): void {
    listener.last = batch.Last
    if (batch.Count === 0) return
    listener.allowance -= batch.Events.length
    if (listener.waiting.length >= MOST_WAITING) end(listener, 'slow')
    else tell(listener, { batch })
  }

  function mostOf(listener: Listener): number {
    const at = now()
    const more = ((at - listener.countedAt) / 1000) * SHOWN_A_SECOND
    listener.allowance = Math.min(SHOWN_A_SECOND, listener.allowance + more)
    listener.countedAt = at
    return Math.max(FEWEST_SHOWN, Math.floor(listener.allowance))
  }

  async function lookFor(group: readonly Listener[], head: number): Promise<void> {
    const [first] = group
    if (!first || first.last >= head) return
    const to = Math.min(head, first.last + PLACES_AT_ONCE)
    const most = Math.min(...group.map(mostOf))
    const batch = await matchingBetween(pool, first.question, { after: first.last, to, most })
    for (const listener of group) if (listeners.has(listener)) serve(listener, batch)
  }

  /** Looks once at what is new for everybody; gives whether somebody is still behind. */
  async function look(): Promise<boolean> {
    try {
      const head = await readLast(pool)
      for (const group of together(listeners)) await lookFor(group, head)
      failures = 0
      return [...listeners].some(({ last }) => last < head)
    } catch (error) {
      if (failures++ === 0) fault('the audit log could not be tailed', error)
      if (failures > MOST_FAILURES) for (const listener of listeners) end(listener, 'broken')
      return false
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, stepMs)
      resume = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Ends with the last who listens. */
  async function run(): Promise<void> {
    while (listeners.size > 0) if (!(await look())) await pause()
    running = undefined
  }

  async function next(listener: Listener): Promise<TailNews> {
    if (listener.waiting.length === 0) await new Promise<void>((resolve) => (listener.wake = resolve))
    listener.wake = undefined
    // Nobody is woken without something to take.
    return listener.waiting.shift() ?? { end: 'stopping' }
  }

  return {
    async listen(question, after) {
      const head = await readLast(pool)
      const last = after === undefined ? head : Math.min(head, Math.max(after, head - FURTHEST_BACK))
      const allowed = { allowance: SHOWN_A_SECOND, countedAt: now() }
      const listener: Listener = { question, last, ...allowed, waiting: [], wake: undefined }
      listeners.add(listener)
      running ??= run()
      return {
        next: () => next(listener),
        last: () => listener.last,
        close: () => {
          listeners.delete(listener)
          tell(listener, { end: 'stopping' })
        },
      }
    },
    async stop() {
      for (const listener of listeners) end(listener, 'stopping')
      resume()
      await running
    },
  }
}

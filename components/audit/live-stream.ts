/**
 * The browser's end of a live tail: one EventSource, opened again where it was when the network or the engine was away.
 * It knows nothing of screens.
 */
import { paths } from '#lib/console/paths.ts'
import type { TailBatch, TailEnded } from '#lib/domain/tail.ts'
import type { EventRow } from './events-query.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
/** The engine says something every 15 seconds: after so long without a word the connection is dead. */
const SILENCE_MS = 40_000

export type LiveListener = {
  readonly onOpen: () => void
  readonly onBatch: (batch: TailBatch<EventRow>) => void
  /** The connection is away; it is tried again by itself. */
  readonly onLost: () => void
  readonly onEnd: (sentence: string) => void
}

export type LiveStream = {
  /** Ends it; gives the place in the log that it came to. */
  readonly close: () => string | undefined
}

/** After these the engine may come back, however long that takes. */
const TRIED_AGAIN: readonly string[] = ['stopping', 'broken']

// What the engine of the same release sent as JSON.
const parsed = <T>(event: Event): T => JSON.parse((event as MessageEvent<string>).data) as T

/** Opens a tail of a filter, from a place in the log or from now on. */
export function openLiveStream(
  { filter, after }: { readonly filter: string; readonly after: string | undefined },
  listener: LiveListener,
): LiveStream {
  let last = after
  let failures = 0
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  function drop() {
    source?.close()
    source = undefined
    clearTimeout(silence)
    clearTimeout(again)
  }

  function lose() {
    drop()
    listener.onLost()
    again = setTimeout(open, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++))
  }

  function heard(event: Event) {
    const { lastEventId } = event as MessageEvent<string>
    if (lastEventId !== '') last = lastEventId
    clearTimeout(silence)
    silence = setTimeout(lose, SILENCE_MS)
  }

  function ended(event: Event) {
    const { Reason, Sentence } = parsed<TailEnded>(event)
    // The same session may go on under another token, after somebody else signed in on this browser.
    if (TRIED_AGAIN.includes(Reason) || (Reason === 'session' && failures === 0)) return lose()
    drop()
    listener.onEnd(Sentence)
  }

  function open() {
    const opened = new EventSource(paths.tail({ q: filter, ...(last !== undefined && { after: last }) }))
    source = opened
    silence = setTimeout(lose, SILENCE_MS)
    opened.addEventListener('start', (event) => {
      heard(event)
      listener.onOpen()
    })
    opened.addEventListener('batch', (event) => {
      failures = 0
      heard(event)
      listener.onBatch(parsed(event))
    })
    opened.addEventListener('alive', (event) => {
      failures = 0
      heard(event)
    })
    opened.addEventListener('end', ended)
    // Also what a browser would try again by itself: without a pause that grows.
    opened.addEventListener('error', lose)
  }

  open()
  return {
    close: () => {
      drop()
      return last
    },
  }
}

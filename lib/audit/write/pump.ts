/**
 * When a batch leaves (group commit): at once when none is on its way, else when it is full or has waited two
 * milliseconds for company, and never more than two at a time.
 */
import type { Queue, Waiting } from './queue.ts'

const MOST_ROWS = 256
const MOST_IN_FLIGHT = 2
const LINGER_MS = 2

export type Pump = {
  /** Something was queued. */
  wake(): void
}

/** `send` gives every entry of a batch its answer, or puts it back; it does not reject. */
export function openPump(queue: Queue, send: (batch: readonly Waiting[]) => Promise<void>): Pump {
  let inFlight = 0
  let soon: NodeJS.Timeout | undefined
  let next: NodeJS.Immediate | undefined

  function wake(): void {
    if (next !== undefined || queue.length() === 0 || inFlight >= MOST_IN_FLIGHT) return
    // After everyone who asks in this turn of the event loop has put theirs in.
    if (inFlight === 0 || queue.length() >= MOST_ROWS) next = setImmediate(launch)
    else soon ??= setTimeout(launch, LINGER_MS)
  }

  function launch(): void {
    clearTimeout(soon)
    soon = undefined
    next = undefined
    do {
      const batch = queue.take(MOST_ROWS)
      if (batch.length === 0) return
      inFlight++
      void send(batch).finally(landed)
    } while (queue.length() >= MOST_ROWS && inFlight < MOST_IN_FLIGHT)
    wake()
  }

  function landed(): void {
    inFlight--
    wake()
  }

  return { wake }
}

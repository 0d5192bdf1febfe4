/**
 * The rows that this engine wrote a moment ago, as it wrote them: they get their place in the tree without being read back,
 * and by what they were, so that a row edited in that moment does not fit its own leaf.
 */
import { Buffer } from 'node:buffer'
import type { BuiltEvent } from '../record/event.ts'
import type { StoredRow } from '../sequence/stored-row.ts'
import type { EventOrdinal } from './mac.ts'

/** A few seconds of load; what is forgotten is read from the database instead. */
const MOST = 8192

export type WrittenRows = {
  /** To be called before the row is sent: nobody may see it in the database and not here. */
  keep(event: BuiltEvent, ordinal: EventOrdinal): void
  get(id: string): StoredRow | undefined
  forget(ids: readonly string[]): void
}

// Only the database's copy carries one, and only that needs to be checked.
const NO_MAC = Buffer.alloc(0)

const storedOf = (event: BuiltEvent, { engineId, stream, counter }: EventOrdinal): StoredRow => ({
  id: event.id,
  ts: event.ts,
  account_id: event.accountId,
  region: event.region,
  key_id: event.keyId,
  body: event.body,
  engine_id: engineId,
  engine_stream: stream,
  engine_counter: String(counter),
  mac: NO_MAC,
  decision: event.decision,
  context: event.context,
})

export function openWrittenRows(): WrittenRows {
  const kept = new Map<string, { readonly event: BuiltEvent; readonly ordinal: EventOrdinal }>()
  return {
    keep(event, ordinal) {
      kept.delete(event.id)
      kept.set(event.id, { event, ordinal })
      if (kept.size <= MOST) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
    get(id) {
      const found = kept.get(id)
      return found && storedOf(found.event, found.ordinal)
    },
    forget(ids) {
      for (const id of ids) kept.delete(id)
    },
  }
}

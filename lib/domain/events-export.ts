/** Files of events: their forms, how large they may be, and the manifest that says what is in one. */

export const EVENT_FORMATS = ['csv', 'json', 'ndjson'] as const
export type EventFormat = (typeof EVENT_FORMATS)[number]

/** More do not go into one file. */
export const MOST_EXPORTED = 1_000_000
/** Events that are named by their ids go into an address: so many fit. */
export const MOST_CHOSEN = 200

/** What an event takes in each form, for an estimate before anything is read. */
export const EVENT_BYTES: Readonly<Record<EventFormat, number>> = { csv: 450, json: 1400, ndjson: 1400 }

/**
 * What an auditor needs beside the events: which question they answer, that none was left out, who took them out of the
 * log and when, and what they can be checked against. JSON has it beside its records, NDJSON in its last line. CSV has no
 * place for it that a spreadsheet would not take for an event, so it is a file of its own.
 */
export type ExportManifest = {
  readonly kind: 'keyhouse/events/v1'
  readonly account: string
  readonly format: EventFormat
  /** As the audit log's filter bar takes it; empty for all events. */
  readonly filter: string
  /** Half-open, [from, to), ISO 8601; null where the range is open. */
  readonly from: string | null
  readonly to: string | null
  /** Of a selection: the events that were asked for. */
  readonly eventIds: readonly string[] | null
  readonly count: number
  /** False when the file ends before the range does; the rest begins at `continueFrom`. */
  readonly complete: boolean
  readonly continueFrom: string | null
  /**
   * Hex SHA-256. Of CSV: of the whole file. Of JSON and NDJSON: of the records' lines, each with its line feed and without
   * the comma that JSON puts between two.
   */
  readonly sha256: string
  /** Events have places in the log below this: so many leaves were in it. */
  readonly size: number
  /** A signed checkpoint of the log with at least those leaves, in C2SP note form; null before the first. */
  readonly checkpoint: string | null
  readonly exportedBy: string
  readonly exportedAt: string
}

/** What the next export of the same question would have, and where it could be split. */
export type ExportCheck = {
  /** Pins the question, so that a file and its manifest are of the same events. */
  readonly Size: number
  /** Epoch milliseconds. */
  readonly To: number
}

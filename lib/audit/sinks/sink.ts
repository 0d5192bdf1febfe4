/** A place outside the database that is told of checkpoints (R63), and what it may know that the database no longer does. */
import type { Checkpoint } from '../tree/checkpoints.ts'

export const SINK_KINDS = ['file', 'http', 'syslog', 'witness'] as const
export type SinkKind = (typeof SINK_KINDS)[number]

/** A head of the log that somebody outside keeps. */
export type Anchor = {
  readonly origin: string
  readonly size: number
  /** Null where only the size is known. */
  readonly root: Buffer | null
  /** Where it is kept, for people. */
  readonly where: string
}

/** What a delivery leaves for the next: JSON, kept in audit.delivery. */
export type SinkState = Readonly<Record<string, unknown>>

export type Sink = {
  /** Begins with the kind and names the place, without anything secret: "http sink.example:8443". */
  readonly name: string
  readonly kind: SinkKind
  /** Hands a checkpoint over. @throws SinkError, HeadAhead, or what the network throws */
  readonly deliver: (checkpoint: Checkpoint, state: SinkState) => Promise<SinkState>
  /** The newest checkpoint that is kept there; undefined where it keeps none of ours, or cannot say. */
  readonly newest?: (() => Promise<Anchor | undefined>) | undefined
}

/** Why a place did not take a checkpoint, in words that hold nothing secret. */
export class SinkError extends Error {
  override readonly name = 'SinkError'
}

/** The place knows a head that this log does not lead to. */
export class HeadAhead extends Error {
  override readonly name = 'HeadAhead'
  readonly anchor: Anchor
  readonly kind: 'rollback' | 'fork'

  constructor(kind: 'rollback' | 'fork', anchor: Anchor) {
    super(`${anchor.where} knows ${anchor.size} leaves of ${anchor.origin} that this log does not lead to`)
    this.anchor = anchor
    this.kind = kind
  }
}

/** Reads a note, and gives its head only where the key of this installation's log of that name signed it. */
export type ReadNote = (note: string) => Omit<Anchor, 'where'> | undefined

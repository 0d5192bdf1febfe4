/** A request on its way through the edge: what it came with, and what has become known of it. */
import type { Attempts } from './attempts.ts'
import type { Arriving } from './body.ts'
import type { Door, Log } from './door.ts'
import type { Health } from './health.ts'
import type { RequestHeaders } from './request-headers.ts'
import type { Dialect } from './services.ts'

/** What one listener's requests share. */
export type Edge = {
  readonly door: Door
  readonly log: Log
  readonly attempts: Attempts
  readonly health: Health
  readonly closing: () => boolean
  /** The VPC endpoint that the listener stands for. */
  readonly vpcEndpoint: string | undefined
}

/** Filled in as it becomes known, for the answer and the log. */
export type Progress = {
  readonly requestId: string
  readonly address: string
  dialect: Dialect | undefined
  operation: string | undefined
}

export type Received = {
  readonly arriving: Arriving
  readonly headers: RequestHeaders
  readonly progress: Progress
}

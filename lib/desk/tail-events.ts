/** What the log says of a live tail: that it began, through the door, and that it ended. Nothing in between. */
import { buildEvent } from '#lib/audit/record/event.ts'
import { checkFilter } from '#lib/audit/search/tail-rows.ts'
import { uuidv7 } from '#lib/crypto/random.ts'
import { integer, structure, text } from '#lib/domain/constraints.ts'
import type { TailEnd } from '#lib/domain/tail.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { recordAlone } from './auth-events.ts'
import type { DeskParts } from './parts.ts'
import type { Reader } from './reading.ts'

/** After is a place in the log: what is newer comes. */
export const TailInput = structure({
  Filter: text({ max: 2000 }).optional(),
  After: integer(0, Number.MAX_SAFE_INTEGER).optional(),
})

export const StartTail = operation({
  name: 'StartTail',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: TailInput,
  logged: { request: members('Filter', 'After') },
  async run(call, { Filter }) {
    await call.permit()
    checkFilter({ account: call.account, filter: Filter ?? '' })
  },
})

/** How it went. */
export type Tailed = {
  readonly filter: string | undefined
  readonly seconds: number
  /** Events that matched, and how many of them were sent. */
  readonly matched: number
  readonly sent: number
  readonly why: TailEnd | 'closed'
}

/** Not through the door: a tail ends, and that is recorded, whatever its reader has become. */
export async function recordEnd(parts: DeskParts, { caller }: Reader, tailed: Tailed): Promise<void> {
  const at = parts.services.clock.real()
  const { filter, seconds, matched, sent, why } = tailed
  const event = buildEvent({
    id: uuidv7(at.getTime()),
    at,
    caller,
    eventSource: 'keyhouse',
    operationName: 'StopTail',
    class: 'read',
    outcome: 'ok',
    source: 'console',
    readOnly: true,
    region: caller.region,
    recipientAccount: caller.principal.account,
    request: filter === undefined ? null : { filter },
    response: null,
    additional: { seconds, matched, sent, why },
    resources: [],
    keyId: null,
    aliasName: null,
    error: null,
    decision: null,
    context: null,
  })
  await recordAlone(parts, event)
}

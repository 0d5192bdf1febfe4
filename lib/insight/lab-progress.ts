/**
 * What the log has of a lab so far: everything done with the lab's key, and the events that its people opened. Only of
 * the sample account, whose log is there to be learnt from: a poll of any other would read a log without a trace.
 */
import type { z } from 'zod'
import type { EventSummary } from '#lib/audit/search/summary.ts'
import { LabProgressInput } from '#lib/domain/operations/labs.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { findAccount } from '#lib/store/accounts.ts'

type Input = z.infer<typeof LabProgressInput>

/** Ten steps make some thirty events. */
const MOST_EVENTS = 200
/** What screens read by themselves is nobody's step. */
const DONE = '-source:console-read'
const READ = 'event:GetEvent outcome:ok'

const listed = ({ id, ts, eventName, outcome, errorCode, actorName, class: eventClass }: EventSummary) => ({
  Id: id,
  At: ts,
  Event: eventName,
  Outcome: outcome,
  ErrorCode: errorCode,
  Actor: actorName,
  Class: eventClass,
})

/** The event that somebody opened, by the record of its opening. */
function openedIn(record: string): string | null {
  // The record is JSON that the engine wrote.
  const { requestParameters } = JSON.parse(record) as { requestParameters?: { eventId?: unknown } | null }
  const id = requestParameters?.eventId
  return typeof id === 'string' ? id : null
}

async function eventsOf(
  call: Call,
  { Since: from }: Input,
  filter: string,
): Promise<readonly EventSummary[]> {
  const { account } = call
  const page = { account, from, filter, order: 'oldest', limit: MOST_EVENTS } as const
  return (await call.services.search.page(page)).events
}

export const LabProgress = operation({
  name: 'LabProgress',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  // A poll that waits for events: recorded, it would feed the log with itself.
  recorded: false,
  input: LabProgressInput,
  logged: { request: () => null },

  async run(call, input: Input) {
    await call.permit()
    const { services, account } = call
    if (!(await findAccount(services.database, account))?.sample)
      throw new KmsError('AccessDeniedException', 'Labs run in the sample account only.')
    const keyId = await call.keyIdOf(input.AliasName)
    if (keyId === undefined) return { KeyId: null, Done: [], Opened: [] }
    await services.sequencer.catchUp()
    const [done, opened] = await Promise.all([
      eventsOf(call, input, `key:${keyId} ${DONE}`),
      eventsOf(call, input, READ),
    ])
    return {
      KeyId: keyId,
      Done: done.map(listed),
      Opened: opened.map((event) => ({ ...listed(event), Of: openedIn(event.record) })),
    }
  },
})

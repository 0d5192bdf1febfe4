/** The event by which an engine says which of its numbers no row has, or may have none (R60). */
import { uuidv7 } from '../../crypto/random.ts'
import { ranges } from '../write/counters.ts'
import { type BuiltEvent, buildEvent } from './event.ts'

/** Events of the installation itself: whose log they are in. */
export type Place = { readonly account: string; readonly region: string }

type Numbers = { readonly lost: readonly number[]; readonly unused: readonly number[] }

/** `now` in milliseconds. */
export function declaration(engineId: string, numbers: Numbers, at: Place & { now: number }): BuiltEvent {
  return buildEvent({
    id: uuidv7(at.now),
    at: new Date(at.now),
    caller: { kind: 'internal', account: at.account },
    eventSource: 'keyhouse',
    operationName: 'DeclareEventNumbers',
    class: 'system',
    outcome: 'ok',
    source: 'internal',
    readOnly: false,
    region: at.region,
    recipientAccount: at.account,
    request: null,
    response: null,
    serviceEventDetails: { engineId, unknown: ranges(numbers.lost), unused: ranges(numbers.unused) },
    resources: [],
    keyId: null,
    aliasName: null,
    error: null,
    decision: null,
    context: null,
  })
}

/** What an event says in one sentence, and how its key and principal are called. */
import { principalLabel, shortId } from '#lib/console/format.ts'
import type { EventRow } from './events-query.ts'

type Told = Pick<EventRow, 'outcome' | 'eventName' | 'actorArn' | 'actorName' | 'keyId' | 'class' | 'detail'>

/** alice, account root, or Keyhouse where nobody asked for it. */
export function actorOf({ actorArn, actorName, class: eventClass }: Told): string {
  if (actorName) return actorName
  if (actorArn !== '') return principalLabel(actorArn)
  return eventClass === 'system' ? 'Keyhouse' : 'Someone'
}

/** user/alice in a list. */
export function principalOf(event: Pick<EventRow, 'actorArn' | 'actorName' | 'class'>): string {
  if (event.actorArn.startsWith('arn:')) return principalLabel(event.actorArn)
  return event.actorName ?? (event.class === 'system' ? 'Keyhouse' : 'Unknown')
}

/** "bob was denied DisableKey on alias/payments" */
export function sentenceOf(event: Told, keyName: string | undefined): string {
  const actor = actorOf(event)
  if (event.eventName === 'ConsoleLogin')
    return event.outcome === 'ok' ? `${actor} signed in` : `${actor} was refused at sign-in`
  const on = event.keyId === null ? '' : ` on ${keyName ?? `key ${shortId(event.keyId)}`}`
  const call = `${event.eventName}${on}`
  if (event.outcome === 'denied') return `${actor} was denied ${call}`
  if (event.outcome === 'error') return `${actor} called ${call}, which failed`
  return event.class === 'system' ? `${actor} ran ${call}` : `${actor} called ${call}`
}

/** Refusals of a day, gathered by who wanted what on which key. Pure. */
import type { OutputOf } from '#lib/console/operations.ts'

type Event = OutputOf<'SearchEvents'>['Events'][number]

export type DeniedGroup = {
  readonly id: string
  readonly times: number
  /** The newest of them. */
  readonly last: Event
  /** The filter of the audit log that finds them. */
  readonly filter: string
}

export const MOST_GROUPS = 5

/** Those that happened most, the newest first among equals. Events come newest first. */
export function deniedGroups(events: readonly Event[]): readonly DeniedGroup[] {
  const groups = new Map<string, DeniedGroup>()
  for (const event of events) {
    const { actorArn, eventName, keyId } = event
    const id = [actorArn, eventName, keyId].join(' ')
    const known = groups.get(id)
    const on = keyId === null ? '' : ` key:${keyId}`
    groups.set(id, {
      id,
      times: (known?.times ?? 0) + 1,
      last: known?.last ?? event,
      filter: `outcome:denied event:${eventName} actor:"${actorArn}"${on}`,
    })
  }
  return [...groups.values()].sort((a, b) => b.times - a.times).slice(0, MOST_GROUPS)
}

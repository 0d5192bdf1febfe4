/** The sums of a replay: by who asked and for what, exact for the events of one batch. */
import type { KeyEvent } from '#lib/audit/usage/key-events.ts'
import type { ReplayGroup } from '#lib/domain/access.ts'
import type { Again, Replayed } from './replay-decision.ts'

export type Tally = {
  replayed: number
  readonly skipped: Map<string, number>
  readonly lost: Map<string, ReplayGroup>
  readonly gained: Map<string, ReplayGroup>
}

export const newTally = (): Tally => ({ replayed: 0, skipped: new Map(), lost: new Map(), gained: new Map() })

/** Sources that a group names; there may be more. */
const MOST_SOURCES = 10

type One = { readonly event: KeyEvent; readonly principalArn: string; readonly source: string }

function count(
  groups: Map<string, ReplayGroup>,
  { event, principalArn, source }: One,
  { action }: Again,
): void {
  const name = `${principalArn} ${action}`
  const known = groups.get(name)
  // Events come newest first: the first of a group is its last.
  const group = known ?? {
    PrincipalArn: principalArn,
    Action: action,
    Count: 0,
    LastAt: event.ts,
    LastEventId: event.id,
    Sources: [],
  }
  const isNew = !group.Sources.includes(source) && group.Sources.length < MOST_SOURCES
  const Sources = isNew ? [...group.Sources, source] : group.Sources
  groups.set(name, { ...group, Count: group.Count + 1, Sources })
}

export function addReplayed(tally: Tally, event: KeyEvent, replayed: Replayed): void {
  if (typeof replayed === 'string') {
    tally.skipped.set(replayed, (tally.skipped.get(replayed) ?? 0) + 1)
    return
  }
  tally.replayed++
  const one = { event, principalArn: replayed.principalArn, source: replayed.source }
  for (const decision of replayed.decisions) {
    if (decision.before && !decision.after) count(tally.lost, one, decision)
    if (!decision.before && decision.after) count(tally.gained, one, decision)
  }
}

/** The pages of a replay added up, and where its events are found in the log. Pure. */
import type { OutputOf } from '#lib/console/operations.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { printFilter } from '#lib/domain/filter.ts'

type Page = OutputOf<'ReplayPolicy'>
export type ReplayGroup = Page['Lost'][number]

export type Replayed = {
  readonly replayed: number
  readonly skipped: Readonly<Record<string, number>>
  /** Epoch seconds. */
  readonly since: number
  readonly lost: readonly ReplayGroup[]
  readonly gained: readonly ReplayGroup[]
}

const nameOf = ({ PrincipalArn, Action }: ReplayGroup) => `${PrincipalArn} ${Action}`

function added(groups: readonly ReplayGroup[], more: readonly ReplayGroup[]): readonly ReplayGroup[] {
  const sums = new Map(groups.map((group) => [nameOf(group), group]))
  for (const group of more) {
    const known = sums.get(nameOf(group))
    // Pages come newest first: what is known already has the last of them.
    const sum = known && {
      ...known,
      Count: known.Count + group.Count,
      Sources: [...new Set([...known.Sources, ...group.Sources])],
    }
    sums.set(nameOf(group), sum ?? group)
  }
  return [...sums.values()].toSorted((a, b) => b.Count - a.Count)
}

function skippedWith(skipped: Replayed['skipped'], more: Replayed['skipped']): Replayed['skipped'] {
  const sums = new Map(Object.entries(skipped))
  for (const [why, count] of Object.entries(more)) sums.set(why, (sums.get(why) ?? 0) + count)
  return Object.fromEntries(sums)
}

/** What is known after one more page. */
export function withPage(before: Replayed | undefined, page: Page): Replayed {
  return {
    replayed: (before?.replayed ?? 0) + page.Replayed,
    skipped: skippedWith(before?.skipped ?? {}, page.Skipped),
    since: page.Since,
    lost: added(before?.lost ?? [], page.Lost),
    gained: added(before?.gained ?? [], page.Gained),
  }
}

export const callsIn = (groups: readonly ReplayGroup[]): number =>
  groups.reduce((sum, { Count }) => sum + Count, 0)

const value = (text: string, glob = false) => ({ text, glob })
const term = (field: string, ...values: ReturnType<typeof value>[]) =>
  ({ kind: 'field', field, negated: false, values, start: 0, end: 0 }) as const

/** A role's events are told under the names of its sessions. */
function actorOf(principalArn: string) {
  const arn = parseArn(principalArn)
  if (!arn?.resource.startsWith('role/')) return value(principalArn)
  const name = arn.resource.slice(arn.resource.lastIndexOf('/') + 1)
  return value(`arn:${arn.partition}:sts::${arn.account}:assumed-role/${name}/`, true)
}

/** ReEncrypt is one call and two actions. */
const eventOf = (action: string) => action.replace(/^kms:/, '').replace(/^(ReEncrypt)(From|To)$/, '$1')

/** The filter of the log that finds the calls of a group. */
export const filterOf = (
  { PrincipalArn, Action }: ReplayGroup,
  keyId: string,
  outcome: 'ok' | 'denied',
): string =>
  printFilter([
    term('key', value(keyId)),
    term('actor', actorOf(PrincipalArn)),
    term('event', value(eventOf(Action))),
    term('outcome', value(outcome)),
  ])

/** What a call touched and how it was judged: the raw material of its event, and of the check that nothing moved. */
import type { Decision } from '#lib/policy/decide.ts'
import type { Identity } from './identities.ts'
import type { LoadedKey } from './keys.ts'

export type Resource = { readonly type: string; readonly arn: string; readonly accountId: string }

export type Judgement = { readonly action: string; readonly resource: string; readonly decision: Decision }

export type Trail = {
  readonly identity: Identity
  readonly keys: LoadedKey[]
  readonly judgements: Judgement[]
  readonly resources: Resource[]
  aliasName: string | null
  /** additionalEventData of the event: the material that was used, and what operations add. */
  notes: Readonly<Record<string, unknown>>
  /** Set when a change wrote the event already. */
  eventId: string | null
}

export const newTrail = (identity: Identity): Trail => ({
  identity,
  keys: [],
  judgements: [],
  resources: [],
  aliasName: null,
  notes: {},
  eventId: null,
})

/** Versions that the answer depends on: they must still be current when its event is committed (R52). */
export function expectationOf(trail: Trail) {
  const accounts = new Map([[trail.identity.account, trail.identity.epoch]])
  for (const { row } of trail.keys)
    if (!accounts.has(row.account)) accounts.set(row.account, row.accountEpoch)
  const keys = new Map(
    trail.keys.map(({ row }) => [
      `${row.account}/${row.region}/${row.id}`,
      { account: row.account, region: row.region, id: row.id, version: row.rowVersion },
    ]),
  )
  return { accounts: [...accounts].map(([id, epoch]) => ({ id, epoch })), keys: [...keys.values()] }
}

/** The decision column: gates with policy hashes and statement indexes, no prose (architecture §5). */
export function decisionOf(trail: Trail): object | null {
  if (trail.judgements.length === 0) return null
  return {
    decisions: trail.judgements.map(({ action, resource, decision }) => ({
      action,
      resource,
      verdict: decision.verdict,
      reason: decision.reason,
      deciding: decision.deciding,
      ...(decision.grant && { grant: decision.grant }),
      gates: decision.gates,
    })),
  }
}

/** The context column: every condition value that the evaluator read; null for one that was absent. */
export function contextOf(trail: Trail): object | null {
  const read = new Map<string, readonly string[] | null>()
  for (const { decision } of trail.judgements)
    for (const [name, values] of decision.read) read.set(name, values)
  return read.size === 0 ? null : Object.fromEntries(read)
}

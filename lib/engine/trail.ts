/** What a call touched and how it was judged: the raw material of its event, and of the check that nothing moved. */
import type { Decision } from '#lib/policy/decision.ts'
import type { Identity } from './identities.ts'
import type { LoadedKey } from './keys.ts'
import { recordedIdentity } from './recorded-identity.ts'
import type { ConditionValues } from './request-context.ts'

export type Resource = { readonly type: string; readonly arn: string; readonly accountId: string }

export type Judgement = {
  readonly action: string
  readonly resource: string
  /** Whose the resource is. */
  readonly account: string
  /** The resource as the caller may hear of it. */
  readonly shown: string
  /** The request's own condition values, by AWS's names: kept so that it can be decided again under another policy. */
  readonly given: ConditionValues
  readonly decision: Decision
  /** Hash of the key's or the role's own policy that was asked. */
  readonly policy: string | undefined
}

export type Trail = {
  readonly identity: Identity
  readonly keys: LoadedKey[]
  /** Other accounts whose policies were asked besides those of keys, with their epochs. */
  readonly accounts: Map<string, bigint>
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
  accounts: new Map(),
  judgements: [],
  resources: [],
  aliasName: null,
  notes: {},
  eventId: null,
})

/** Versions that the answer depends on: they must still be current when its event is committed (R52). */
export function expectationOf(trail: Trail) {
  const accounts = new Map([...trail.accounts, [trail.identity.account, trail.identity.epoch]])
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

/** The decision column: gates with policy hashes and statement indexes, and who was judged; no prose (architecture §5). */
export function decisionOf(trail: Trail): object | null {
  if (trail.judgements.length === 0) return null
  return {
    decisions: trail.judgements.map(({ action, resource, given, decision, policy }) => ({
      action,
      resource,
      given,
      verdict: decision.verdict,
      reason: decision.reason,
      deciding: decision.deciding,
      ...(decision.grant && { grant: decision.grant }),
      gates: decision.gates,
      // Where it did not allow, no gate names it; an explanation quotes what it said then.
      ...(!decision.allowed && policy && { policy }),
    })),
    identity: recordedIdentity(trail.identity),
  }
}

/** The context column: every condition value that the evaluator read; null for one that was absent. */
export function contextOf(trail: Trail): object | null {
  const read = new Map<string, readonly string[] | null>()
  for (const { decision } of trail.judgements)
    for (const [name, values] of decision.read) read.set(name, values)
  return read.size === 0 ? null : Object.fromEntries(read)
}

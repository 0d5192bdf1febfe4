/** A change to a key that no caller asked for: due work. The same frame as the door's, without a decision. */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { Transaction } from '#lib/store/database.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { deleteKey, type KeyColumns, type KeyPlace, moveKey } from '#lib/store/keys.ts'
import { internalEvent } from './internal-event.ts'
import type { LoadedKey } from './keys.ts'
import { nextVersion } from './next-version.ts'
import type { Services } from './services.ts'
import { StaleDecision } from './stale.ts'

/** What becomes of one key. */
export type KeyPlan = {
  readonly key: LoadedKey
  /** Columns that change; 'delete' when the row goes, with all that hangs on it. */
  readonly set: Partial<KeyColumns> | 'delete'
  /** The event of this key; none for a member of a family that only moves along. */
  readonly event?: { readonly name: string; readonly details?: Readonly<Record<string, unknown>> }
}

export type Plan = {
  /** The key that was asked about, and others that change with it: members of its multi-Region family. */
  readonly keys: readonly KeyPlan[]
  readonly rows: (transaction: Transaction) => Promise<void>
}

type Parts = { readonly services: Services; readonly writer: AuditWriter }

function eventsOf(services: Services, plan: Plan) {
  return plan.keys.flatMap(({ key, event }) =>
    event
      ? internalEvent({
          name: event.name,
          at: services.clock.real(),
          account: key.row.account,
          region: key.row.region,
          key: { id: key.row.id, arn: key.arn },
          ...(event.details && { details: event.details }),
        })
      : [],
  )
}

/** Computed before the transaction begins; in one order for every engine, so that no two wait for each other. */
function movesOf(services: Services, plan: Plan) {
  return plan.keys
    .map(({ key, set }) => ({
      key,
      move: set === 'delete' ? undefined : nextVersion(services.rowMacKey, key.row, set),
    }))
    .sort((a, b) => (a.key.arn < b.key.arn ? -1 : 1))
}

/**
 * Reads the key anew, asks what is to be done now, and does it with its events in one transaction. Gives false when
 * nothing was to be done any more, or another process was faster.
 */
export async function changeAlone(
  { services, writer }: Parts,
  place: KeyPlace,
  plan: (key: LoadedKey) => Promise<Plan | undefined>,
): Promise<boolean> {
  services.keys.drop(place)
  const key = await services.keys.byId(place)
  const planned = key && (await plan(key))
  if (!planned) return false
  const events = eventsOf(services, planned)
  const moves = movesOf(services, planned)
  try {
    await services.database.transaction(async (transaction) => {
      await planned.rows(transaction)
      await writer.appendIn(transaction.sql, events)
      for (const {
        key: { row },
        move,
      } of moves) {
        const done = move
          ? await moveKey(transaction, move.from, move.to)
          : await deleteKey(transaction, row, row.rowVersion)
        if (!done) throw new StaleDecision()
      }
    })
    return true
  } catch (thrown) {
    // A unique key that is taken already says the same: somebody else did it.
    if (thrown instanceof StaleDecision || databaseFailure(thrown) === 'conflict') return false
    throw thrown
  } finally {
    for (const { key: changed } of planned.keys) services.keys.drop(changed.row)
  }
}

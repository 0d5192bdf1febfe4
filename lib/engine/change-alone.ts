/** A change to a key that no caller asked for: due work. The same frame as the door's, without a decision. */
import type { AuditWriter } from '#lib/audit/writer.ts'
import type { Transaction } from '#lib/store/database.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { type KeyColumns, type KeyPlace, moveKey } from '#lib/store/keys.ts'
import { internalEvent } from './internal-event.ts'
import type { LoadedKey } from './keys.ts'
import { nextVersion } from './next-version.ts'
import type { Services } from './services.ts'
import { StaleDecision } from './stale.ts'

export type Plan = {
  readonly eventName: string
  readonly set: Partial<KeyColumns>
  readonly rows: (transaction: Transaction) => Promise<void>
  readonly details?: Readonly<Record<string, unknown>>
}

type Parts = { readonly services: Services; readonly writer: AuditWriter }

/**
 * Reads the key anew, asks what is to be done now, and does it with its event in one transaction. Gives false when
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
  const { row } = key
  const { from, to } = nextVersion(services.rowMacKey, row, planned.set)
  const event = internalEvent({
    name: planned.eventName,
    at: services.clock.real(),
    account: row.account,
    region: row.region,
    key: { id: row.id, arn: key.arn },
    ...(planned.details && { details: planned.details }),
  })
  try {
    await services.database.transaction(async (transaction) => {
      await planned.rows(transaction)
      await writer.appendIn(transaction.sql, [event])
      if (!(await moveKey(transaction, from, to))) throw new StaleDecision()
    })
    return true
  } catch (thrown) {
    // A unique key that is taken already says the same: somebody else did it.
    if (thrown instanceof StaleDecision || databaseFailure(thrown) === 'conflict') return false
    throw thrown
  } finally {
    services.keys.drop(place)
  }
}

/**
 * A change and its event in one transaction (architecture §3):
 *
 *   claim of the retry → the caller's accounts are as they were → rows → event → keys move to their next version
 *   → epochs of accounts move
 *
 * A change of identities locks the accounts at the beginning as strongly as moving their epochs will: two that shared a
 * lock first would wait for each other in a ring. The last statement for a key is the one that takes its lock and fails
 * if another change was faster; nothing is computed after it.
 */

import type { BuiltEvent } from '#lib/audit/record/event.ts'
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import { moveEpoch } from '#lib/store/accounts.ts'
import type { Transaction } from '#lib/store/database.ts'
import { claimRetry, type Retry } from '#lib/store/idempotency.ts'
import { type KeyPlace, moveKey } from '#lib/store/keys.ts'
import type { Change } from './call.ts'
import { type Move, nextVersion } from './next-version.ts'
import type { Services } from './services.ts'
import { StaleDecision } from './stale.ts'
import { expectationOf, type Trail } from './trail.ts'

/** Members of a multi-Region key share their id. */
const nameOf = (key: KeyPlace) => `${key.account}/${key.region}/${key.id}`

/** The rows that keys become, ready with their MACs before the transaction begins; in one order for every engine. */
function movesOf(change: Change<unknown>, services: Services): Move[] {
  const moves = (change.keys ?? []).map(({ key, set }) => nextVersion(services.rowMacKey, key.row, set))
  return moves.sort((a, b) => (nameOf(a.to) < nameOf(b.to) ? -1 : 1))
}

const ACCOUNTS = `SELECT id, epoch::text AS epoch FROM keyhouse.account WHERE id = ANY($1::text[]) ORDER BY id`
/** References to an account do not wait for the second; whoever commits an answer about it does. */
const HOLD = { still: `${ACCOUNTS} FOR SHARE`, toMove: `${ACCOUNTS} FOR NO KEY UPDATE` } as const

/** Holds the accounts' epochs still until the commit; throws if one has moved since the decision. */
async function holdAccounts(
  transaction: Transaction,
  trail: Trail,
  moving: readonly string[],
): Promise<void> {
  const { accounts } = expectationOf(trail)
  const ids = new Set([...accounts.map((account) => account.id), ...moving])
  const rows = await transaction.sql<{ id: string; epoch: string }>(
    moving.length > 0 ? HOLD.toMove : HOLD.still,
    [[...ids]],
  )
  const current = new Map(rows.map((row) => [row.id, BigInt(row.epoch)]))
  if (accounts.some((account) => current.get(account.id) !== account.epoch))
    throw new StaleDecision(moving[0])
}

export type Commit = {
  readonly services: Services
  readonly writer: AuditWriter
  readonly change: Change<unknown>
  /** The call's own first. */
  readonly events: readonly [BuiltEvent, ...BuiltEvent[]]
  readonly retry: Retry | undefined
  readonly trail: Trail
}

/** @throws StaleDecision when anything the change was decided on has moved. */
export async function commitChange({
  services,
  writer,
  change,
  events,
  retry,
  trail,
}: Commit): Promise<void> {
  const moves = movesOf(change, services)
  const moved = new Set(moves.map((move) => nameOf(move.to)))
  const accounts = change.identitiesOf ?? []
  await services.database.transaction(async (transaction) => {
    if (change.makes !== undefined && retry) {
      if (!(await claimRetry(transaction, retry, change.makes))) throw new StaleDecision()
    }
    await holdAccounts(transaction, trail, accounts)
    await change.rows?.(transaction, events[0].id)
    await writer.appendIn(transaction.sql, events)
    await holdKeys(transaction, trail, moved)
    for (const move of moves) if (!(await moveKey(transaction, move.from, move.to))) throw new StaleDecision()
    for (const account of accounts) await moveEpoch(transaction, account)
  })
  for (const account of accounts) services.identities.drop(account)
  for (const { row } of trail.keys) services.keys.drop(row)
}

/** Keys that were judged but do not move themselves are held still, too. */
async function holdKeys(transaction: Transaction, trail: Trail, moved: ReadonlySet<string>): Promise<void> {
  for (const key of expectationOf(trail).keys.filter((held) => !moved.has(nameOf(held)))) {
    const rows = await transaction.sql<{ version: string }>(
      `SELECT row_version::text AS version FROM keyhouse.key
       WHERE account_id = $1 AND region = $2 AND id = $3 FOR SHARE`,
      [key.account, key.region, key.id],
    )
    if (rows[0]?.version !== String(key.version)) throw new StaleDecision()
  }
}

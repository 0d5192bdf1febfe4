/**
 * The frame of changes to identities that no caller asks for: one transaction that moves the accounts' epochs (R52).
 * Operations change identities with lib/iam/identity-change.ts.
 */
import type { Identities } from '#lib/engine/identities.ts'
import { moveEpoch } from '#lib/store/accounts.ts'
import type { Database, Transaction } from '#lib/store/database.ts'

type Parts = { readonly database: Database; readonly identities: Pick<Identities, 'drop'> }

/** Runs `work` and makes every engine decide anew about these accounts. Nothing slow belongs inside. */
export async function changeIdentities<T>(
  { database, identities }: Parts,
  accounts: readonly string[],
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const result = await database.transaction(async (transaction) => {
    // Accounts first and in one order, as everywhere, so that two changes cannot wait for each other.
    for (const account of [...accounts].sort()) await moveEpoch(transaction, account)
    return work(transaction)
  })
  for (const account of accounts) identities.drop(account)
  return result
}

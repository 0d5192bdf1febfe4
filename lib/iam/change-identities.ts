/** The frame of every change to identities: one transaction whose last statements move the accounts' epochs (R52). */
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
    const done = await work(transaction)
    // In one order everywhere, so that two such changes cannot wait for each other.
    for (const account of [...accounts].sort()) await moveEpoch(transaction, account)
    return done
  })
  for (const account of accounts) identities.drop(account)
  return result
}

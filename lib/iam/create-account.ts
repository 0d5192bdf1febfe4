/** Accounts: each comes with its root, which is what policies name and has no other power. */
import { addAccount, type NewAccount } from '#lib/store/accounts.ts'
import type { Transaction } from '#lib/store/database.ts'
import { addPrincipal } from '#lib/store/principals.ts'

/** Adds an account and its root principal, which cannot sign in. */
export async function createAccount(transaction: Transaction, account: NewAccount): Promise<void> {
  await addAccount(transaction, account)
  await addPrincipal(transaction, {
    id: account.id,
    account: account.id,
    kind: 'root',
    name: 'root',
    password: null,
  })
}

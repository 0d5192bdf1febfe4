/** Switching the sample account off: nobody of it signs in or calls again; its keys and events stay. */
import { noInput } from '#lib/domain/operations/members.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { operation } from '#lib/engine/operation.ts'
import type { Services } from '#lib/engine/services.ts'
import { type AccountRow, disableAccount, findSampleAccounts } from '#lib/store/accounts.ts'
import type { Transaction } from '#lib/store/database.ts'
import { revokeAccountSessions } from '#lib/store/sessions.ts'
import { changeIdentities } from './change-identities.ts'

async function disable(transaction: Transaction, accounts: readonly AccountRow[], now: Date): Promise<void> {
  for (const { id } of accounts) {
    await disableAccount(transaction, id, now)
    await revokeAccountSessions(transaction, id, now)
  }
}

/** The same without a caller, for sample data that could not be finished. */
export async function disableSample(services: Services): Promise<void> {
  const accounts = await findSampleAccounts(services.database)
  const ids = accounts.map(({ id }) => id)
  await changeIdentities(services, ids, (transaction) =>
    disable(transaction, accounts, services.clock.real()),
  )
}

export const RemoveSampleData = operation({
  name: 'RemoveSampleData',
  service: 'Keyhouse',
  action: 'keyhouse:RemoveSampleData',
  input: noInput(),
  class: 'admin',
  logged: {
    request: () => null,
    response: (output: { AccountIds: readonly string[] }) => ({ accountIds: output.AccountIds }),
  },
  async run(call): Promise<{ AccountIds: readonly string[] }> {
    // The sample account, and every account but the first, has no say in what is not its own.
    await permitInstallation(call, 'the sample data belongs')
    const { database, clock } = call.services
    const accounts = await findSampleAccounts(database)
    const ids = accounts.map(({ id }) => id).sort()
    return call.change({
      rows: (transaction) => disable(transaction, accounts, clock.real()),
      identitiesOf: ids,
      output: { AccountIds: ids },
    })
  },
})

import type { Metadata } from 'next'
import { Denied } from '#components/denied.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { count } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { requireSession } from '#lib/console/session.ts'
import { AccountTable } from './account-table.tsx'
import { NewAccount } from './new-account.tsx'

export const metadata: Metadata = { title: 'Accounts' }

export default async function AccountsPage() {
  const session = await requireSession()
  const { account } = session.principal
  const { output, refusal } = await tryAsk('ListAccounts', {})
  if (refusal) {
    return (
      <>
        <PageHeader title="Accounts" />
        {isDenied(refusal) ? (
          <Denied refusal={refusal} what="You can’t see the accounts of this installation." />
        ) : (
          <ErrorState what="The accounts couldn’t be read." refusal={refusal} />
        )}
      </>
    )
  }
  return (
    <>
      <PageHeader
        title="Accounts"
        fact={count(output.Accounts.length, 'account')}
        actions={<NewAccount regions={session.regions} />}
      />
      <AccountTable account={account} accounts={output.Accounts} />
    </>
  )
}

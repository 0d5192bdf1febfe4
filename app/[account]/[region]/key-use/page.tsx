import type { Metadata } from 'next'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { requireSession } from '#lib/console/session.ts'
import { Budgets } from './budgets.tsx'
import { AGE, unusedInput } from './unused-input.ts'
import { UnusedKeys } from './unused-keys.tsx'
import { Watches } from './watches.tsx'

type Props = {
  params: Promise<{ account: string; region: string }>
  searchParams: Promise<{ days?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Key use · ${(await params).region}` }
}

/** Keys that nobody uses, keys that are watched, and keys that are used more than they should be. */
export default async function KeyUsePage({ params, searchParams }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const days = Number(AGE.parseServerSide((await searchParams).days))
  const scope = { account, region }
  return (
    <Prefetch
      account={account}
      region={region}
      reads={[
        { name: 'ListUnusedKeys', input: unusedInput(days) },
        { name: 'ListKeyWatches', input: {} },
        { name: 'ListUseBudgets', input: {} },
      ]}
    >
      <PageHeader crumbs={[{ label: region }, { label: 'Key use' }]} title="Key use" />
      <UnusedKeys scope={scope} />
      <Watches scope={scope} />
      <Budgets scope={scope} />
    </Prefetch>
  )
}

import type { Metadata } from 'next'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { AllGrants } from '#components/grants/all-grants.tsx'
import { grantSearchInput, retirableInput } from '#components/grants/list-input.ts'
import { RetirableGrants } from '#components/grants/retirable-grants.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { retireGrant, revokeGrant } from './actions.ts'

type Props = {
  params: Promise<{ account: string; region: string }>
  searchParams: Promise<{ q?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Grants · ${(await params).region}` }
}

export default async function GrantsPage({ params, searchParams }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const { account: own, arn: self } = session.principal
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const { q } = await searchParams
  const all = grantSearchInput(typeof q === 'string' ? q : '')
  const retirable = retirableInput(self)
  const [found, named] = await Promise.all([
    tryAsk('SearchGrants', all, { region }),
    tryAsk('ListRetirableGrants', retirable, { region }),
  ])
  const shared = { scope: { account, region }, self, calls: { revoke: revokeGrant, retire: retireGrant } }
  return (
    <>
      <PageHeader crumbs={[{ label: region }, { label: 'Keys' }, { label: 'Grants' }]} title="Grants" />
      <AllGrants {...shared} first={{ ...found, input: all }} />
      <RetirableGrants {...shared} first={{ ...named, input: retirable }} />
    </>
  )
}

import type { Metadata } from 'next'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { aliasInput } from './alias-search.ts'
import { AliasesView } from './aliases-view.tsx'

type Props = {
  params: Promise<{ account: string; region: string }>
  searchParams: Promise<{ q?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Aliases · ${(await params).region}` }
}

export default async function AliasesPage({ params, searchParams }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const { q } = await searchParams
  const input = aliasInput(typeof q === 'string' ? q : '')
  const first = await tryAsk('SearchAliases', input, { region })
  return <AliasesView scope={{ account, region }} first={{ ...first, input }} />
}

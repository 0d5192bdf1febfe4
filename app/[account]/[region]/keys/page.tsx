import type { Metadata } from 'next'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { readOrder, searchInput } from './key-search.ts'
import { KeysView } from './keys-view.tsx'

type Props = {
  params: Promise<{ account: string; region: string }>
  searchParams: Promise<{ q?: string | string[]; sort?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Customer keys · ${(await params).region}` }
}

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')

export default async function KeysPage({ params, searchParams }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  // The frame lets keys of other accounts through (2.3); a list is of one's own account alone.
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const { q, sort } = await searchParams
  const input = searchInput(text(q), readOrder(text(sort)))
  const [first, about] = await Promise.all([
    tryAsk('SearchKeys', input, { region }),
    tryAsk('Capabilities', {}, { region }),
  ])
  return (
    <KeysView
      scope={{ account, region }}
      self={session.principal.arn}
      regions={session.regions}
      endpoint={about.output?.Endpoint ?? ''}
      first={{ ...first, input }}
    />
  )
}

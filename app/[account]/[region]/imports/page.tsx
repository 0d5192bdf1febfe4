import type { Metadata } from 'next'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { IMPORTS_INPUT } from './imports-input.ts'
import { ImportsView } from './imports-view.tsx'

type Props = { params: Promise<{ account: string; region: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Imports · ${(await params).region}` }
}

export default async function ImportsPage({ params }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const [first, about] = await Promise.all([
    tryAsk('SearchKeys', IMPORTS_INPUT, { region }),
    tryAsk('Capabilities', {}, { region }),
  ])
  return (
    <ImportsView
      scope={{ account, region }}
      endpoint={about.output?.Endpoint ?? ''}
      first={{ ...first, input: IMPORTS_INPUT }}
    />
  )
}

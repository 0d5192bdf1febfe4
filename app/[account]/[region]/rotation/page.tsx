import type { Metadata } from 'next'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { rotationInput } from './rotation-input.ts'
import { RotationView } from './rotation-view.tsx'

type Props = {
  params: Promise<{ account: string; region: string }>
  searchParams: Promise<{ q?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Rotation · ${(await params).region}` }
}

export default async function RotationPage({ params, searchParams }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const { q } = await searchParams
  const input = rotationInput(typeof q === 'string' ? q : '')
  const [first, about] = await Promise.all([
    tryAsk('SearchKeys', input, { region }),
    tryAsk('Capabilities', {}, { region }),
  ])
  return (
    <RotationView
      scope={{ account, region }}
      endpoint={about.output?.Endpoint ?? ''}
      first={{ ...first, input }}
    />
  )
}

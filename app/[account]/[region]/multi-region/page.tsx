import type { Metadata } from 'next'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { Families } from './families.tsx'
import { FIRST } from './family-input.ts'

type Props = { params: Promise<{ account: string; region: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Multi-Region keys · ${(await params).region}` }
}

export default async function MultiRegionPage({ params }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const about = await tryAsk('Capabilities', {}, { region })
  return (
    <Prefetch account={account} region={region} reads={[{ name: 'ListMultiRegionKeys', input: FIRST }]}>
      <Families
        scope={{ account, region }}
        endpoint={about.output?.Endpoint ?? ''}
        regions={session.regions}
      />
    </Prefetch>
  )
}

import type { Metadata } from 'next'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { FirstSteps } from '#components/overview/first-steps.tsx'
import { KeyUse } from '#components/overview/key-use.tsx'
import { DeniedLately, RecentChanges } from '#components/overview/lately.tsx'
import { NeedsAttention } from '#components/overview/needs-attention.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

type Props = { params: Promise<{ account: string; region: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Overview · ${(await params).region}` }
}

/** What needs a person today, and what happened lately. */
export default async function OverviewPage({ params }: Props) {
  const { sample } = await requireSession()
  const { account, region } = await params
  const scope = { account, region }
  const since = Math.floor(Date.now() / 1000)
  return (
    <>
      <PageHeader
        crumbs={[{ label: region }, { label: 'Overview' }]}
        title="Overview"
        actions={
          <LinkButton href={paths.newKey(scope)} variant="primary">
            Create key
          </LinkButton>
        }
      />
      <Prefetch account={account} region={region} reads={[{ name: 'Attention', input: {} }]}>
        {!sample && <FirstSteps scope={scope} />}
        <NeedsAttention scope={scope} />
        <div className="grid gap-x-10 lg:grid-cols-2">
          <KeyUse account={account} since={since} />
          <DeniedLately account={account} since={since} />
        </div>
        <RecentChanges account={account} />
      </Prefetch>
    </>
  )
}

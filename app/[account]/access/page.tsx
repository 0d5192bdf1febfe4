import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { scopeOf } from '#app/_frame/signed-frame.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { SCOPE_COOKIE } from '#lib/console/scope.ts'
import { requireSession } from '#lib/console/session.ts'
import { Explorer } from './explorer.tsx'

export const metadata: Metadata = { title: 'Access explorer' }

type Props = {
  params: Promise<{ account: string }>
  searchParams: Promise<{ region?: string | string[] }>
}

export default async function AccessPage({ params, searchParams }: Props) {
  const session = await requireSession()
  const { account } = await params
  const asked = (await searchParams).region
  const { region: last } = scopeOf(session, (await cookies()).get(SCOPE_COOKIE)?.value)
  const region = typeof asked === 'string' && session.regions.includes(asked) ? asked : last
  return (
    <>
      <PageHeader crumbs={[{ label: account }, { label: 'Access' }]} title="Access explorer" />
      <Prefetch account={account} region={region} reads={[{ name: 'SearchKeys', input: {} }]}>
        <Explorer account={account} regions={session.regions} region={last} self={session.principal.arn} />
      </Prefetch>
    </>
  )
}

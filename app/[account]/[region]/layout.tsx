import type { ReactNode } from 'react'
import { requireSession } from '#lib/console/session.ts'
import { UnknownRegion } from './unknown-region.tsx'

type Props = { params: Promise<{ account: string; region: string }>; children: ReactNode }

export default async function RegionLayout({ params, children }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  if (session.regions.includes(region)) return children
  return <UnknownRegion account={account} region={region} regions={session.regions} />
}

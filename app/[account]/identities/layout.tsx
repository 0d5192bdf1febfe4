import type { ReactNode } from 'react'
import { TabLinks } from '#components/ui/tabs.tsx'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'
import { IDENTITY_TABS } from './identity-tabs.ts'

/** The second level of Identities: its lists, above whatever is below them. */
export default async function IdentitiesLayout({ children }: { children: ReactNode }) {
  const { account } = (await requireSession()).principal
  const tabs = IDENTITY_TABS.map(({ list, label }) => ({ href: paths.identities(account, list), label }))
  return (
    <>
      <TabLinks label="Identities" tabs={tabs} className="mb-3" />
      {children}
    </>
  )
}

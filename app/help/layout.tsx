import type { ReactNode } from 'react'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

const TABS = [
  { label: 'Glossary', href: paths.help() },
  { label: 'Then and now', href: paths.help('then-and-now') },
  { label: 'AWS owned keys', href: paths.help('aws-owned-keys') },
]

/** Texts that explain: the same for everyone, from components/help. */
export default async function HelpLayout({ children }: { children: ReactNode }) {
  const session = await requireSession()
  return (
    <SignedFrame session={session}>
      <PageHeader title="Help" />
      <TabLinks label="Help" tabs={TABS} className="mb-5" />
      {children}
    </SignedFrame>
  )
}

import type { Metadata } from 'next'
import { GlossarySearch } from '#components/help/glossary-search.tsx'
import { requireSession } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'Glossary · Help' }

export default async function GlossaryPage() {
  await requireSession()
  return <GlossarySearch />
}

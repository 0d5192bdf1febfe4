import type { Metadata } from 'next'
import { KeyKindsText } from '#components/help/key-kinds-text.tsx'
import { requireSession } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'AWS owned keys · Help' }

export default async function KeyKindsPage() {
  await requireSession()
  return <KeyKindsText />
}

import type { Metadata } from 'next'
import { DifferenceList } from '#components/help/difference-list.tsx'
import { THEN_AND_NOW_INTRO } from '#components/help/then-and-now.ts'
import { requireSession } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'Then and now · Help' }

export default async function ThenAndNowPage() {
  await requireSession()
  return (
    <>
      <div className="mb-5 max-w-prose space-y-2">
        {THEN_AND_NOW_INTRO.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <DifferenceList />
    </>
  )
}

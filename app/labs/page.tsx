import type { Metadata } from 'next'
import Link from 'next/link'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { GOAL } from '#components/labs/separation.ts'
import { PageHeader } from '#components/page-header.tsx'
import { EmptyState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { findLab } from '#lib/console/lab.ts'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'Labs' }

export default async function LabsPage() {
  const session = await requireSession()
  const lab = await findLab()
  return (
    <SignedFrame session={session}>
      <PageHeader crumbs={[{ label: 'Try it' }, { label: 'Labs' }]} title="Labs" />
      {lab ? (
        <>
          <Hint>
            They run in the sample account {lab.account}, with real users, real calls and a real log.
          </Hint>
          <ul className="mt-4 max-w-[860px] border-t border-line">
            <li className="border-b border-line py-3">
              <h2 className="text-section">
                <Link href={paths.lab('separation')} className="link">
                  Separation of duties
                </Link>
              </h2>
              <p className="max-w-prose pt-1 text-table">{GOAL}</p>
              <p className="pt-1 text-label text-text2">10 steps, about 15 minutes</p>
            </li>
          </ul>
        </>
      ) : (
        <EmptyState>
          <p>Labs run in the sample account, and this installation has none.</p>
          <p>It is offered when Keyhouse is set up, and can’t be made afterwards.</p>
        </EmptyState>
      )}
    </SignedFrame>
  )
}

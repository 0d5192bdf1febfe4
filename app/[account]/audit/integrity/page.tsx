import type { Metadata } from 'next'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { FIRST_CHECKPOINTS } from './checkpoint-pages.ts'
import { Integrity } from './integrity.tsx'

export const metadata: Metadata = { title: 'Log integrity' }

/** Why the log can be believed, and what to do when it cannot. */
export default async function IntegrityPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params
  return (
    <Prefetch
      account={account}
      reads={[
        { name: 'GetLogState', input: {} },
        { name: 'ListCheckpoints', input: FIRST_CHECKPOINTS },
      ]}
    >
      <Integrity account={account} />
    </Prefetch>
  )
}

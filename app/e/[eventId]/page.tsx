import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { EVENT_ID } from '#components/audit/address.ts'
import { PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'Event' }

/** Finds an event by its id alone: its one right page, or what is missing. */
export default async function ResolveEventPage({ params }: { params: Promise<{ eventId: string }> }) {
  const session = await requireSession()
  const { account } = session.principal
  const id = decodeURIComponent((await params).eventId).toLowerCase()
  const asked = EVENT_ID.test(id) ? await tryAsk('GetEvent', { EventId: id }) : undefined
  if (asked?.output) redirect(paths.event(account, id))
  const missing = !asked?.refusal || asked.refusal.code === 'NotFoundException'
  return (
    <SignedFrame session={session}>
      <PageHeader title="Event" />
      {missing ? (
        <div className="max-w-prose space-y-3 text-body">
          <p>
            {asked ? 'The log of account ' : 'This is not the ID of an event. The log of account '}
            <code className="text-mono">{account}</code> has no event{' '}
            <code className="break-all text-mono">{id}</code>.
          </p>
          <p className="text-text2">
            Events are seen in the account of whoever made the call. Sign in to that account to see it.
          </p>
          <LinkButton href={paths.audit(account)}>Open the audit log</LinkButton>
        </div>
      ) : (
        asked?.refusal && <ErrorState what="You can’t look up this event." refusal={asked.refusal} />
      )}
    </SignedFrame>
  )
}

import { redirect } from 'next/navigation'
import { paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

/** An event by its id: the log with its drawer open. */
export default async function EventPage({
  params,
}: {
  params: Promise<{ account: string; eventId: string }>
}) {
  await requireSession()
  const { account, eventId } = await params
  redirect(paths.event(account, decodeURIComponent(eventId)))
}

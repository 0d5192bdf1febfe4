import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import {
  type AuditAddress,
  auditHref,
  EVENT_ID,
  readAuditAddress,
  timeOfEvent,
} from '#components/audit/address.ts'
import { AuditLog } from '#components/audit/audit-log.tsx'
import {
  type EventPage,
  eventsKey,
  FIRST,
  inputOf,
  placed,
  type Question,
  questionOf,
} from '#components/audit/events-query.ts'
import { namesWanted } from '#components/audit/names-wanted.ts'
import { boundsOf, presetCovering, rangeFault } from '#components/audit/range.ts'
import { ask, tryAsk } from '#lib/console/engine.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { readKey } from '#lib/console/queries.ts'
import { requireSession } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'Audit log' }

type Props = {
  params: Promise<{ account: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A link to an event alone says no range: the view is widened until the event is in it. */
function reach(account: string, address: AuditAddress, at: Date): void {
  const { event, last, from, to } = address
  if (event === null || last || from || to || !EVENT_ID.test(event)) return
  const happened = timeOfEvent(event)
  const { from: start } = boundsOf(address, at)
  if (start === null || start <= happened) return
  redirect(auditHref(account, { ...address, last: presetCovering(happened, at) }))
}

const plain = (thrown: unknown) => Promise.reject(refusalIn(thrown))

/** The first page and the names of its keys, asked for on the server; a refusal crosses as plain data. */
async function firstPage(question: Question) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const queryKey = eventsKey(question)
  const queryFn = (): Promise<EventPage> =>
    ask('SearchEvents', inputOf(question, FIRST)).then((output) => placed(output, FIRST), plain)
  await client.prefetchInfiniteQuery({ queryKey, queryFn, initialPageParam: FIRST })
  const pages = client.getQueryData<{ pages: readonly EventPage[] }>(queryKey)?.pages ?? []
  await Promise.all(
    pages.flatMap(namesWanted).map(({ region, input }) =>
      client.prefetchQuery({
        queryKey: readKey(question.account, region, 'SearchKeys', input),
        queryFn: () => ask('SearchKeys', input, { region }).catch(plain),
      }),
    ),
  )
  return dehydrate(client, {
    shouldDehydrateQuery: ({ state }) => state.status !== 'pending',
    shouldRedactErrors: () => false,
  })
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { principal } = await requireSession()
  const { account } = await params
  const address = readAuditAddress(await searchParams)
  const at = new Date()
  reach(account, address, at)
  const question = questionOf(account, address, at)
  const [state, capabilities] = await Promise.all([
    // What can have no answer is not asked.
    rangeFault(question, at) ? undefined : firstPage(question),
    tryAsk('Capabilities', {}),
  ])
  const log = (
    <AuditLog
      account={account}
      endpoint={capabilities.output?.Endpoint ?? ''}
      self={principal.arn}
      readAt={at.getTime()}
    />
  )
  return (
    <HydrationBoundary state={state}>
      {address.event ? (
        <Prefetch account={account} reads={[{ name: 'GetEvent', input: { EventId: address.event } }]}>
          {log}
        </Prefetch>
      ) : (
        log
      )}
    </HydrationBoundary>
  )
}

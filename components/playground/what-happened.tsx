'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { decisionsOf, verdictOf } from '#components/audit/decision.ts'
import { Section } from '#components/page-header.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatNumber, middle } from '#lib/console/format.ts'
import { isDenied, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import type { Played } from './played.ts'
import type { Ended } from './use-call.ts'

/** The event of a call as the log has it, for those who may read the log. */
function useRecorded(account: string, eventId: string | null) {
  return useQuery({
    ...read(account, undefined, 'GetEvent', { EventId: eventId ?? '' }),
    enabled: eventId !== null,
  })
}

function Trace({ account, eventId }: { account: string; eventId: string | null }) {
  const { data, error } = useRecorded(account, eventId)
  if (eventId === null) return 'The call did not reach the engine.'
  if (error)
    return isDenied(refusalIn(error))
      ? 'Whoever may read the audit log sees which policies were asked.'
      : 'The log couldn’t be read.'
  if (!data) return <Skeleton className="w-4/5" />
  const decision = decisionsOf(data.Decision).at(-1)
  return decision
    ? verdictOf(decision, data.Event.actorArn).text
    : 'The call ended before any policy was asked.'
}

/** Under the result: what the log has of the call. */
export function WhatHappened({
  account,
  ended,
}: {
  account: string
  ended: Pick<Ended<Played>, 'result' | 'milliseconds'>
}) {
  const { result, milliseconds } = ended
  const { requestId, eventId } = result.ok ? result : result.error
  return (
    <Section title="What happened">
      <p className="mb-3 max-w-prose text-table">
        <Trace account={account} eventId={eventId} />
      </p>
      <Facts
        columns={3}
        facts={[
          {
            term: 'Request ID',
            value: requestId ? (
              <Identifier value={requestId} short={middle(requestId)} name="request ID" />
            ) : (
              '–'
            ),
          },
          {
            term: 'Event',
            value: eventId ? (
              <Link href={paths.event(account, eventId)} className="link">
                View event
              </Link>
            ) : (
              '–'
            ),
          },
          {
            term: 'Duration',
            value: `${formatNumber(Math.round(milliseconds))} ms, from this browser and back`,
          },
        ]}
      />
    </Section>
  )
}

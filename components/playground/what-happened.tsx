'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Trace } from '#components/access/trace.tsx'
import { Section } from '#components/page-header.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatNumber, middle } from '#lib/console/format.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import type { Played } from './played.ts'
import type { Ended } from './use-call.ts'

type RecordedProps = { account: string; eventId: string | null }

/** What decided, in a sentence, and the whole trace when it is asked for: everyone may read that of their own calls. */
function Recorded({ account, eventId }: RecordedProps) {
  const answer = useQuery({
    ...read(account, undefined, 'ExplainEvent', { EventId: eventId ?? '' }),
    enabled: eventId !== null,
  })
  if (eventId === null) return <p className="text-table">The call did not reach the engine.</p>
  if (answer.error) return <p className="text-table">The decision couldn’t be read from the log.</p>
  if (!answer.data) return <Skeleton className="w-4/5" />
  return (
    <>
      <p className="max-w-prose break-words text-table">{answer.data.Sentence}</p>
      <details className="mt-1.5">
        <summary className="min-h-6 w-fit text-table text-ink">How it was decided</summary>
        <div className="pt-2">
          <Trace explanation={answer.data} account={account} />
        </div>
      </details>
    </>
  )
}

type CallFactsProps = {
  account: string
  result: ActionResult
  /** Milliseconds, and from where and back they were measured. */
  duration: number
  between: string
}

/** What the log has of a call, and how long it took. */
export function CallFacts({ account, result, duration, between }: CallFactsProps) {
  const { requestId, eventId } = result.ok ? result : result.error
  return (
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
        { term: 'Duration', value: `${formatNumber(Math.round(duration))} ms, from ${between} and back` },
      ]}
    />
  )
}

/** Under the result: what the log has of the call. */
export function WhatHappened({
  account,
  ended: { result, milliseconds },
}: {
  account: string
  ended: Pick<Ended<Played>, 'result' | 'milliseconds'>
}) {
  const { eventId } = result.ok ? result : result.error
  return (
    <Section title="What happened">
      <div className="mb-3">
        <Recorded account={account} eventId={eventId} />
      </div>
      <CallFacts account={account} result={result} duration={milliseconds} between="this browser" />
    </Section>
  )
}

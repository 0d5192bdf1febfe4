'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { ErrorState } from '#components/states.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { read } from '#lib/console/queries.ts'
import { Trace } from './trace.tsx'
import type { Explanation } from './trace-words.ts'

type Common = { account: string; level?: 3 | 4 }

/** A trace as soon as it is there; until then its lines, and instead of it why there is none. */
export function ExplainedAnswer({
  answer,
  account,
  level,
}: Common & { answer: UseQueryResult<Explanation> }) {
  const { data, error, refetch, isFetching } = answer
  if (data) return <Trace explanation={data} account={account} {...(level && { level })} />
  if (error)
    return (
      <ErrorState
        what="The decision couldn’t be explained."
        refusal={refusalIn(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  return (
    <div aria-busy="true" className="space-y-3 py-2">
      <Skeleton className="w-4/5" />
      <Skeleton className="w-3/5" />
      <Skeleton className="w-4/5" />
    </div>
  )
}

/** Why a call of the log was decided as it was. */
export function ExplainedEvent({ eventId, ...common }: Common & { eventId: string }) {
  const answer = useQuery(read(common.account, undefined, 'ExplainEvent', { EventId: eventId }))
  return <ExplainedAnswer answer={answer} {...common} />
}

type AccessProps = Common & {
  region: string | undefined
  /** Without an encryption context, whose values never stand in an address. */
  question: Omit<InputOf<'ExplainAccess'>, 'EncryptionContext' | 'Conditions' | 'Policy'>
}

/** Whether somebody may do something now, and why. */
export function ExplainedAccess({ region, question, ...common }: AccessProps) {
  const answer = useQuery(read(common.account, region, 'ExplainAccess', question))
  return <ExplainedAnswer answer={answer} {...common} />
}

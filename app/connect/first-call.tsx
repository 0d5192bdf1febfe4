'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { refusalWords } from './refusal-words.ts'

const EVERY_MS = 2000

type Watched = OutputOf<'WatchConnection'>

/** Waits for the first call of a program and shows it, refusals too. */
export function FirstCall({ account, region, since }: { account: string; region: string; since: number }) {
  const { data, error, refetch } = useQuery({
    ...read(account, region, 'WatchConnection', { Since: since }),
    staleTime: 0,
    // A call that came ends the waiting.
    refetchInterval: (query) => (query.state.data?.Calls.length ? false : EVERY_MS),
  })
  const call = data?.Calls[0]
  const announce = useAnnounce()
  const said = useRef(false)
  useEffect(() => {
    if (!call || said.current) return
    said.current = true
    announce(`First call: ${call.eventName}`)
  }, [call, announce])
  if (error)
    return (
      <ErrorState
        what="Calls couldn’t be watched."
        refusal={refusalIn(error)}
        onRetry={() => void refetch()}
      />
    )
  return (
    <div className="mb-7 space-y-2">
      {call ? <Call account={account} call={call} /> : <Waiting />}
      {data?.Refusals.map((refusal) => (
        <Refused key={`${refusal.reason} ${refusal.address} ${refusal.accessKeyId}`} refusal={refusal} />
      ))}
    </div>
  )
}

function Waiting() {
  return (
    <Note tone="ink" className="flex items-center gap-2.5">
      <svg aria-hidden="true" viewBox="0 0 12 12" className="mark size-3 shrink-0 text-ink">
        <g className="turning" fill="none" stroke="currentColor" strokeWidth="1.600">
          <path d="M6 1.300A4.700 4.700 0 0 1 10.700 6" />
          <circle cx="6" cy="6" r="4.700" opacity="0.28" />
        </g>
      </svg>
      Waiting for your first call…
    </Note>
  )
}

function Call({ account, call }: { account: string; call: Watched['Calls'][number] }) {
  const refused = call.outcome !== 'ok'
  return (
    <Note tone={refused ? 'brass' : 'verdigris'}>
      First call: <span className="font-semibold">{call.eventName}</span>
      {call.address && <> from {call.address}</>}
      {call.actorName && <> by {call.actorName}</>}, <Time at={call.ts} />
      {refused && <> It was answered with {call.errorCode ?? call.outcome}.</>}{' '}
      <Link href={paths.event(account, call.id)} className="link">
        View event
      </Link>
    </Note>
  )
}

function Refused({ refusal }: { refusal: Watched['Refusals'][number] }) {
  return (
    <Note tone="brass">
      <span className="font-semibold">{refusal.reason}</span>{' '}
      {refusal.operation && <>for {refusal.operation} </>}from {refusal.address}
      {refusal.count > 1 && <>, {refusal.count} times</>}: {refusalWords(refusal)} <Time at={refusal.at} />
    </Note>
  )
}

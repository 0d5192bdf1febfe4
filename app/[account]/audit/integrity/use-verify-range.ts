'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { count } from '#lib/console/format.ts'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

type Piece = OutputOf<'VerifyLog'>
export type Fault = Piece['Faults'][number]

/** Places from `first` on, without `end`. */
export type Span = { readonly first: number; readonly end: number }

export type Verification = Span & {
  /** Everything before it was looked at. */
  readonly at: number
  readonly faults: readonly Fault[]
  readonly state: 'running' | 'done' | 'cancelled' | 'refused'
  readonly refusal?: RefusalView
}

// What a person can work through, and a browser hold.
const MOST_FAULTS = 10_000

const piece = (first: number, end: number, signal: AbortSignal): Promise<Piece> =>
  // Typed by the operation that the path names.
  fetchJson(paths.engine('VerifyLog', undefined, { First: first, End: end }), { signal }) as Promise<Piece>

const ended = ({ state, faults }: Verification) =>
  state === 'done' ? `Verified. ${count(faults.length, 'fault')}.` : ''

/** Asks for one piece after the other: each is short, so that it shows how far it is and can be stopped. */
export function useVerifyRange() {
  const [verification, setVerification] = useState<Verification>()
  const running = useRef<AbortController>(undefined)
  const announce = useAnnounce()
  useEffect(() => () => running.current?.abort(), [])

  const run = useCallback(
    async (span: Span) => {
      running.current?.abort()
      const stop = new AbortController()
      running.current = stop
      let now: Verification = { ...span, at: span.first, faults: [], state: 'running' }
      setVerification(now)
      try {
        while (now.state === 'running') {
          const { Next, End, Faults } = await piece(now.at, span.end, stop.signal)
          const faults = [...now.faults, ...Faults].slice(0, MOST_FAULTS)
          now = { ...now, at: Next ?? End, faults, state: Next === null ? 'done' : 'running' }
          if (stop.signal.aborted) return
          setVerification(now)
        }
        announce(ended(now))
      } catch (thrown) {
        if (stop.signal.aborted) return
        setVerification({ ...now, state: 'refused', refusal: refusalIn(thrown) })
      }
    },
    [announce],
  )

  const cancel = useCallback(() => {
    running.current?.abort()
    setVerification((now) => now && { ...now, state: 'cancelled' })
  }, [])
  return { verification, run, cancel }
}

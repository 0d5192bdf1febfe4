'use client'

import { useRef, useState } from 'react'
import { useSessionEnded } from '#components/session-ended.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { type ActionResult, refusalIn } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import type { Played } from './played.ts'
import type { Calls } from './playing.tsx'
import { usePlaying } from './playing.tsx'

/** How a call ended, what it asked, and how long it took from this browser and back. */
export type Ended<N extends Played> = {
  readonly name: N
  readonly input: InputOf<N>
  readonly result: ActionResult<OutputOf<N>>
  readonly milliseconds: number
}

export type Call<N extends Played> = {
  readonly run: (input: InputOf<N>) => Promise<void>
  readonly pending: boolean
  readonly ended: Ended<N> | undefined
  readonly clear: () => void
}

/** Runs a call and gives how it ended; never throws. */
export async function timed<N extends Played>(
  calls: Calls,
  name: N,
  form: { readonly region: string; readonly input: InputOf<N> },
): Promise<Ended<N>> {
  const began = performance.now()
  let result: ActionResult<OutputOf<N>>
  try {
    result = await calls[name](form)
  } catch (thrown) {
    // The action gives refusals as values: this is the network between us and the console.
    result = { ok: false, error: refusalIn(thrown) }
  }
  return { name, input: form.input, result, milliseconds: performance.now() - began }
}

/** One call at a time, by a server action. Its answer lives in this component and nowhere else. */
export function useCall<N extends Played>(name: N): Call<N> {
  const { calls, scope } = usePlaying()
  const [pending, setPending] = useState(false)
  const [ended, setEnded] = useState<Ended<N>>()
  const latest = useRef(0)
  const sessionEnded = useSessionEnded()
  const announce = useAnnounce()

  async function run(input: InputOf<N>) {
    if (pending) return
    const turn = ++latest.current
    setPending(true)
    const now = await timed(calls, name, { region: scope.region, input })
    // Cleared in the meantime: an answer must not come back into a page that was cleared.
    if (turn === latest.current) setEnded(now)
    setPending(false)
    const { result } = now
    announce(result.ok ? `${name} succeeded.` : `${name} failed: ${result.error.code}`)
    if (!result.ok && result.error.code === 'SessionEnded') sessionEnded()
  }

  return {
    run,
    pending,
    ended,
    clear: () => {
      latest.current++
      setEnded(undefined)
    },
  }
}

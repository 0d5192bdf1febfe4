'use client'

import { useRef, useState } from 'react'
import { useSessionEnded } from '#components/session-ended.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { type ActionResult, refusalIn } from '#lib/console/messages.ts'

/** How a call ended, and how long it took from this browser and back. */
export type Ended<T> = { readonly result: ActionResult<T>; readonly milliseconds: number }

export type Call<F, T> = {
  readonly run: (form: F) => Promise<void>
  readonly pending: boolean
  readonly ended: Ended<T> | undefined
  readonly clear: () => void
}

/** One call at a time, by a server action. Its answer lives in this component and nowhere else. */
export function useCall<F, T>(name: string, action: (form: F) => Promise<ActionResult<T>>): Call<F, T> {
  const [pending, setPending] = useState(false)
  const [ended, setEnded] = useState<Ended<T>>()
  const latest = useRef(0)
  const sessionEnded = useSessionEnded()
  const announce = useAnnounce()

  async function run(form: F) {
    if (pending) return
    const turn = ++latest.current
    setPending(true)
    const began = performance.now()
    let result: ActionResult<T>
    try {
      result = await action(form)
    } catch (thrown) {
      // The action gives refusals as values: this is the network between us and the console.
      result = { ok: false, error: refusalIn(thrown) }
    }
    // Cleared in the meantime: an answer must not come back into a page that was cleared.
    if (turn === latest.current) setEnded({ result, milliseconds: performance.now() - began })
    setPending(false)
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

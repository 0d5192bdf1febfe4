'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { askQuestion } from '#lib/console/queries.ts'
import { type Replayed, withPage } from './replay.ts'

export type Replay = {
  readonly result: Replayed | undefined
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  readonly refusal: RefusalView | undefined
  readonly cancel: () => void
  readonly restart: () => void
}

type Asked = {
  readonly scope: Scope
  readonly reference: string
  readonly text: string
  readonly enabled: boolean
}

/** Recorded calls decided again with a draft, page by page until the last; stopping asks no further. */
export function useReplay({ scope, reference, text, enabled }: Asked): Replay {
  const [result, setResult] = useState<Replayed>()
  const [state, setState] = useState<Replay['state']>('running')
  const [refusal, setRefusal] = useState<RefusalView>()
  const [round, setRound] = useState(0)
  const running = useRef<AbortController>(undefined)
  const { region } = scope
  useEffect(() => {
    if (!enabled) return
    // Another round asks the same again.
    void round
    const stop = new AbortController()
    running.current = stop
    setResult(undefined)
    setRefusal(undefined)
    setState('running')
    async function run() {
      let marker: string | undefined
      do {
        const input = { KeyId: reference, Policy: text, ...(marker && { Marker: marker }) }
        const page = await askQuestion(region, 'ReplayPolicy', input, stop.signal)
        if (stop.signal.aborted) return
        setResult((before) => withPage(before, page))
        marker = page.NextMarker
      } while (marker)
      setState('done')
    }
    run().catch((thrown: unknown) => {
      if (stop.signal.aborted) return
      setRefusal(refusalIn(thrown))
      setState('failed')
    })
    return () => stop.abort()
  }, [region, reference, text, enabled, round])
  return {
    result,
    state,
    refusal,
    cancel: useCallback(() => {
      running.current?.abort()
      setState('cancelled')
    }, []),
    restart: useCallback(() => setRound((now) => now + 1), []),
  }
}

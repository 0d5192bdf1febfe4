'use client'

import { useEffect, useState } from 'react'
import type { Found } from '#lib/console/find.ts'
import { EngineRefusal, type RefusalView } from '#lib/console/messages.ts'
import { type Pasted, readPasted } from '#lib/console/pasted.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

const DEBOUNCE_MS = 120

export type Finding = {
  readonly pasted: Pasted
  readonly found: Found | undefined
  readonly searching: boolean
  readonly refusal: RefusalView | undefined
}

type Answer = { readonly typed: string; readonly found?: Found; readonly refusal?: RefusalView }

/** Asks the server for what is typed, a moment after the last key; the next key cancels what is under way. */
export function useFind(region: string, typed: string): Finding {
  const pasted = readPasted(typed)
  // A ciphertext is asked for when it is chosen, and what is unknown not at all.
  const asks = !['nothing', 'ciphertext', 'unknown'].includes(pasted.kind)
  const [answer, setAnswer] = useState<Answer>()
  useEffect(() => {
    if (!asks) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      fetchJson(paths.find(), { body: { region, text: typed }, signal: stop.signal }).then(
        // Typed by the route that the path names.
        (found) => setAnswer({ typed, found: found as Found }),
        (thrown) => {
          if (thrown instanceof EngineRefusal) setAnswer({ typed, refusal: thrown.refusal })
        },
      )
    }, DEBOUNCE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asks, region, typed])
  const current = asks && answer?.typed === typed ? answer : undefined
  return {
    pasted,
    found: current?.found,
    searching: asks && current === undefined,
    refusal: current?.refusal,
  }
}

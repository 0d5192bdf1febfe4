'use client'

import { useState } from 'react'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { type Outcome, outcomeOf, type ProofStep } from './proof-check.ts'
import { cryptography } from './tree-check.ts'

export const OUTCOMES: Record<Outcome, string> = {
  holds: 'Verified in this browser.',
  fails: 'Mismatch.',
  incomplete: 'Not everything could be checked here.',
}

export const NO_CRYPTOGRAPHY =
  'Not checked here: this page came over plain HTTP, where browsers offer no cryptography. Open the console over HTTPS, ' +
  'or check the proof on the command line.'

export type Check = {
  readonly steps: readonly ProofStep[] | undefined
  readonly outcome: Outcome | undefined
  readonly pending: boolean
  readonly unavailable: boolean
  readonly refusal: RefusalView | undefined
  readonly run: (check: (subtle: SubtleCrypto) => Promise<readonly ProofStep[]>) => Promise<void>
  readonly refuse: (refusal: RefusalView) => void
}

/** Runs checks in this browser, and says how they ended where it is seen and heard. */
export function useCheck(): Check {
  const [steps, setSteps] = useState<readonly ProofStep[]>()
  const [pending, setPending] = useState(false)
  const [unavailable, setUnavailable] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const announce = useAnnounce()
  const run: Check['run'] = async (check) => {
    const subtle = cryptography()
    if (!subtle) return setUnavailable(true)
    setPending(true)
    setRefusal(undefined)
    try {
      const found = await check(subtle)
      setSteps(found)
      announce(OUTCOMES[outcomeOf(found)])
    } catch (thrown) {
      // What was found before is not an answer to this question.
      setSteps(undefined)
      setRefusal(refusalIn(thrown))
    } finally {
      setPending(false)
    }
  }
  return {
    ...{ steps, pending, unavailable, refusal, run },
    outcome: steps && outcomeOf(steps),
    refuse: setRefusal,
  }
}

'use client'

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'

export type Announce = (text: string, urgency?: 'polite' | 'assertive') => void

const Announcing = createContext<Announce>(() => {})

// Several counts and saves within half a second are read as one sentence.
const BATCH_MS = 500

/** The two live regions of the console: everything that is announced goes through here. */
export function LiveRegions({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState('')
  const [assertive, setAssertive] = useState('')
  const waiting = useRef<string[]>([])
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    if (urgency === 'assertive') return setAssertive((last) => (last === text ? `${text}\u00a0` : text))
    waiting.current.push(text)
    if (waiting.current.length > 1) return
    setTimeout(() => {
      // The same words twice would be silent: the trailing space makes them new.
      setPolite((last) => {
        const next = [...new Set(waiting.current)].join(' ')
        waiting.current = []
        return last === next ? `${next}\u00a0` : next || last
      })
    }, BATCH_MS)
  }, [])
  return (
    <Announcing value={announce}>
      {children}
      <div className="sr-only" aria-live="polite" role="status">
        {polite}
      </div>
      <div className="sr-only" aria-live="assertive" role="alert">
        {assertive}
      </div>
    </Announcing>
  )
}

/** Says something to people who do not see it happen. */
export const useAnnounce = (): Announce => useContext(Announcing)

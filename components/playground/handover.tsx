'use client'

import { createContext, type ReactNode, useContext, useRef } from 'react'
import type { Pair } from './context-pairs.ts'

/** What one operation gives the next: in this tab's memory only, and once. */
export type Handover = { readonly ciphertext: string; readonly pairs: readonly Pair[] }

type Carrier = {
  readonly give: (what: Handover) => void
  readonly look: () => Handover | undefined
  readonly drop: () => void
}

const Carrying = createContext<Carrier>({ give: () => {}, look: () => undefined, drop: () => {} })

export function HandoverProvider({ children }: { children: ReactNode }) {
  const carried = useRef<Handover>(undefined)
  const carrier = useRef<Carrier>({
    give: (what) => {
      carried.current = what
    },
    look: () => carried.current,
    drop: () => {
      carried.current = undefined
    },
  })
  return <Carrying value={carrier.current}>{children}</Carrying>
}

export const useHandover = (): Carrier => useContext(Carrying)

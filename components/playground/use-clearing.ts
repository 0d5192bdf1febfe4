'use client'

import { useState } from 'react'
import { useIdle } from './use-idle.ts'

/** Empties a form and its result on demand and by itself, and remembers that it was by itself until something is typed. */
export function useClearing(empty: () => void): { readonly cleared: boolean; readonly clear: () => void } {
  const [cleared, setCleared] = useState(false)
  useIdle(() => {
    empty()
    setCleared(true)
  })
  return {
    cleared,
    clear: () => {
      empty()
      setCleared(false)
    },
  }
}

'use client'

import { useEffect, useState } from 'react'

// The server hears of a text when nobody has typed for so long.
const PAUSE_MS = 400

/** A value as it was when it last stood still. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

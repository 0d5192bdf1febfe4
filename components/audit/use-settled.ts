'use client'

import { useEffect, useState } from 'react'

const SETTLES_MS = 120

/** A value that is typed, once it has rested for a moment. */
export function useSettled<V>(value: V): V {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLES_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

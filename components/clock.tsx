'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const Now = createContext<Date>(new Date(0))

const EVERY_MS = 20_000

/** The moment that every "ago" on a page counts from: the server's at first, then one that moves for all at once. */
export function ClockProvider({ at, children }: { at: number; children: ReactNode }) {
  const [now, setNow] = useState(() => new Date(at))
  useEffect(() => {
    const tick = () => setNow(new Date())
    const timer = setInterval(tick, EVERY_MS)
    tick()
    return () => clearInterval(timer)
  }, [])
  return <Now value={now}>{children}</Now>
}

export const useNow = (): Date => useContext(Now)

'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

type Connection = { readonly connected: boolean; readonly lost: () => void }

const Context = createContext<Connection>({ connected: true, lost: () => {} })

const FIRST_MS = 1000
const LONGEST_MS = 15_000

/** Whether the engine answers. Once a read failed, it is asked with growing pauses until it does. */
export function ConnectionProvider({ children }: { children: ReactNode }) {
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    if (connected) return
    const stop = new AbortController()
    let pause = FIRST_MS
    let timer = setTimeout(ask, pause)
    function ask() {
      fetchJson(paths.live(), { signal: stop.signal }).then(
        () => setConnected(true),
        () => {
          pause = Math.min(pause * 2, LONGEST_MS)
          timer = setTimeout(ask, pause)
        },
      )
    }
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [connected])
  const lost = useCallback(() => setConnected(false), [])
  return <Context value={{ connected, lost }}>{children}</Context>
}

export const useConnectionLost = () => useContext(Context).lost

/** Why nothing can be changed at the moment, for a button's `reason`; undefined while all is well. */
export function useOfflineReason(): string | undefined {
  return useContext(Context).connected
    ? undefined
    : 'The engine is not answering. This can be done when it is back.'
}

/** Under the top bar, and only when the engine is silent. */
export function ConnectionBar() {
  const { connected } = useContext(Context)
  return (
    <div role="status">
      {!connected && (
        <p className="border-b border-brass-mark bg-brass-soft px-5 py-1 text-table text-brass">
          The engine is not answering; it may be restarting. This page tries again by itself. Changes wait
          until it is back.
        </p>
      )}
    </div>
  )
}

'use client'

import { useEffect, useRef } from 'react'

const IDLE_MS = 5 * 60_000
const SIGNS = ['pointerdown', 'keydown', 'scroll'] as const

/** Runs after five minutes in which nobody touched the page, and when the page is put away. */
export function useIdle(onIdle: () => void): void {
  const latest = useRef(onIdle)
  useEffect(() => {
    latest.current = onIdle
  })
  useEffect(() => {
    let timer = setTimeout(idle, IDLE_MS)
    function idle() {
      latest.current()
    }
    function active() {
      clearTimeout(timer)
      timer = setTimeout(idle, IDLE_MS)
    }
    for (const sign of SIGNS) addEventListener(sign, active, { passive: true })
    // A page in the browser's own history would come back with everything in it.
    addEventListener('pagehide', idle)
    return () => {
      clearTimeout(timer)
      for (const sign of SIGNS) removeEventListener(sign, active)
      removeEventListener('pagehide', idle)
    }
  }, [])
}

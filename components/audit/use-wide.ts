'use client'

import { useSyncExternalStore } from 'react'

/** Whether the window is at least so wide: for what is another element there, not only another style. */
export function useAtLeast(pixels: number): boolean {
  const query = `(min-width: ${pixels}px)`
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
    () => true,
  )
}

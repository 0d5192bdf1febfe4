'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'

let lastPath: string | undefined

/** The page's one h1. After a navigation inside the console it takes focus, so that reading begins there. */
export function FocusHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const pathname = usePathname()
  useEffect(() => {
    // Not on first load: there, reading begins at the top, with the skip links.
    const navigated = lastPath !== undefined && lastPath !== pathname
    lastPath = pathname
    // Nor where focus is in use: a tab link that was followed keeps it.
    const busy = document.activeElement?.closest('nav[data-keeps-focus]')
    if (navigated && !busy) heading.current?.focus({ preventScroll: true })
  }, [pathname])
  return (
    <h1 ref={heading} tabIndex={-1} className="min-w-0 break-words text-page">
      {children}
    </h1>
  )
}

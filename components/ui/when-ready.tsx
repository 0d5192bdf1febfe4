'use client'

import { type ReactNode, useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * Around the button that sends a form with secrets: it works only when the page's script does. Before, the browser itself
 * would send the form, and put what was typed into the address.
 */
export function WhenReady({ children }: { children: ReactNode }) {
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <fieldset disabled={!ready} className="contents">
      {children}
    </fieldset>
  )
}

'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'

const Nonce = createContext('')

declare global {
  var __webpack_nonce__: string | undefined
}

/** The page's nonce, for what makes style elements at run time: the code editor and scroll locks of dialogs. */
export function NonceProvider({ nonce, children }: { nonce: string; children: ReactNode }) {
  // The document's policy is that of the first answer: a later one, after a change, comes with another nonce.
  const [first] = useState(nonce)
  // Where scroll locks look for it.
  if (typeof window !== 'undefined') globalThis.__webpack_nonce__ = first
  return <Nonce value={first}>{children}</Nonce>
}

export const useNonce = () => useContext(Nonce)

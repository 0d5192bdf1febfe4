'use client'

import { createContext, type ReactNode, useContext } from 'react'

const Nonce = createContext('')

declare global {
  var __webpack_nonce__: string | undefined
}

/** The page's nonce, for what makes style elements at run time: the code editor and scroll locks of dialogs. */
export function NonceProvider({ nonce, children }: { nonce: string; children: ReactNode }) {
  // Where scroll locks look for it.
  if (typeof window !== 'undefined') globalThis.__webpack_nonce__ = nonce
  return <Nonce value={nonce}>{children}</Nonce>
}

export const useNonce = () => useContext(Nonce)

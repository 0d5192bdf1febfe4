'use client'

import { useState } from 'react'
import { fromBase64 } from '#lib/domain/constraints.ts'
import type { Picked } from './file-drop.tsx'
import { useFlow } from './flow-context.tsx'
import { tokenFault, wrappedFault } from './material-words.ts'

const encoded = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const same = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

/** The two files of an upload: those of this tab at first, others as they are chosen; each checked before it is sent. */
export function useUploads() {
  const { setting, stored, made } = useFlow()
  const { parameters } = stored
  const [wrapped, setWrapped] = useState<Picked | undefined>(
    made && { name: 'Made in this browser', bytes: Uint8Array.from(made) },
  )
  const [chosenToken, setToken] = useState<Picked>()
  const [tried, setTried] = useState(false)
  const own = parameters && fromBase64(parameters.token)
  const token = chosenToken ?? (own && { name: 'Import token of this tab', bytes: own })
  const ofThisTab = Boolean(own && token && same(own, token.bytes))
  const wrapping = ofThisTab ? parameters : undefined

  function faultOfWrapped(): string | undefined {
    if (!wrapped) return tried ? 'Choose the file with the wrapped material.' : undefined
    if (token && same(wrapped.bytes, token.bytes))
      return 'This is the import token. Choose the file with the wrapped material.'
    return wrappedFault(wrapped.bytes, { spec: setting.described.KeySpec, wrapping })
  }
  const wrappedWrong = faultOfWrapped()
  const missing = tried ? 'Choose the file with the import token.' : undefined
  const tokenWrong = token ? tokenFault(token.bytes) : missing
  return {
    wrapped: { picked: wrapped, fault: wrappedWrong, onPick: setWrapped },
    token: { picked: token, fault: tokenWrong, onPick: setToken, ofThisTab },
    /** Both in base64, or nothing: then the fields say what is wrong. */
    checked() {
      setTried(true)
      if (!wrapped || !token || wrappedWrong || tokenWrong) return undefined
      return { wrapped: encoded(wrapped.bytes), token: encoded(token.bytes) }
    },
  }
}

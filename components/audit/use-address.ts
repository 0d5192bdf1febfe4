'use client'

import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { AUDIT_ADDRESS, type AuditAddress } from './address.ts'

export type Address = {
  readonly address: AuditAddress
  /** Another filter, range or order: replaces the address, and the open event stays open. */
  readonly refine: (change: Partial<AuditAddress>) => void
  /** Opening is a step that Back undoes; moving on from one event to the next is not. */
  readonly open: (id: string) => void
  readonly close: () => void
}

/** The page's state, which is its address. */
export function useAddress(): Address {
  const [address, set] = useQueryStates(AUDIT_ADDRESS)
  const pushed = useRef(false)
  return {
    address,
    refine: (change) => {
      // What was there before the event was opened is not what one comes back to.
      pushed.current = false
      void set(change, { history: 'replace' })
    },
    open: (id) => {
      const moving = address.event !== null
      if (!moving) pushed.current = true
      void set({ event: id }, { history: moving ? 'replace' : 'push' })
    },
    close: () => {
      // What was opened here is undone; a shared link has nothing before it.
      if (pushed.current) window.history.back()
      else void set({ event: null }, { history: 'replace' })
      pushed.current = false
    },
  }
}

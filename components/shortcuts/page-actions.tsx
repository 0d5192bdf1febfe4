'use client'

import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from 'react'

/** What can be done with what the page shows, for the palette. With a reason it is listed and cannot be chosen. */
export type PageAction = {
  /** A part of the same object with a page of its own; without it, something that is done. */
  readonly kind?: 'page'
  readonly label: string
  readonly href?: string
  readonly run?: () => void
  readonly reason?: string | undefined
}

type Entry = RefObject<readonly PageAction[]>
type Registry = { readonly add: (entry: Entry) => () => void; readonly present: () => readonly PageAction[] }

const Context = createContext<Registry>({ add: () => () => {}, present: () => [] })

export const usePresentActions = () => useContext(Context).present

/** A part of a page says what can be done with its object, for as long as it is there. */
export function usePageActions(actions: readonly PageAction[]): void {
  const { add } = useContext(Context)
  const entry = useRef(actions)
  useEffect(() => {
    entry.current = actions
  })
  useEffect(() => add(entry), [add])
}

export function PageActionsProvider({ children }: { children: ReactNode }) {
  const entries = useRef(new Set<Entry>())
  const add = useCallback((entry: Entry) => {
    entries.current.add(entry)
    return () => void entries.current.delete(entry)
  }, [])
  const present = useCallback(() => [...entries.current].flatMap(({ current }) => current), [])
  return <Context value={useMemo(() => ({ add, present }), [add, present])}>{children}</Context>
}

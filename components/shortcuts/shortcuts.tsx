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
  useState,
} from 'react'
import { isOverPage, isSingleKey, isTypedIn, pressName } from './key-press.ts'

export type Shortcut = {
  /** Any of these: ['j', 'ArrowDown']. */
  readonly keys: readonly string[]
  readonly label: string
  readonly group: 'Everywhere' | 'Go to' | 'This page' | 'Lists'
  readonly run: (target: Element) => void
  /** Whether there is something to do it to where the key was pressed; without it, always. */
  readonly when?: (target: Element, keys: string) => boolean
  /** Whether the page has it at all, for the sheet; without it, always. */
  readonly offered?: () => boolean
  /** Also while text is typed. */
  readonly whileTyping?: boolean
  /** Also in a dialog over the page: `when` says in which. */
  readonly inDialog?: boolean
}

type Entry = RefObject<readonly Shortcut[]>

type Registry = {
  readonly add: (entry: Entry) => () => void
  /** What the page has at this moment, in the order in which its parts stand. */
  readonly present: () => readonly Shortcut[]
  readonly singleKeys: boolean
  readonly setSingleKeys: (on: boolean) => void
}

const NOTHING: Registry = {
  add: () => () => {},
  present: () => [],
  singleKeys: true,
  setSingleKeys: () => {},
}
const Context = createContext<Registry>(NOTHING)

export const useShortcutRegistry = () => useContext(Context)

/** A part of a page says which keys it answers to, for as long as it is there. The first of two for the same key wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = useContext(Context)
  const entry = useRef(shortcuts)
  useEffect(() => {
    entry.current = shortcuts
  })
  useEffect(() => add(entry), [add])
}

const STORED = 'keyhouse-single-keys'
const SEQUENCE_MS = 1500

function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(true)
  useEffect(() => setOn(localStorage.getItem(STORED) !== 'off'), [])
  return [
    on,
    useCallback((next: boolean) => {
      localStorage.setItem(STORED, next ? 'on' : 'off')
      setOn(next)
    }, []),
  ]
}

/** Whether a press may do something where it happened. */
function mayRun({ whileTyping, inDialog, when }: Shortcut, keys: string, target: Element): boolean {
  const elsewhere = isTypedIn(target) || (isOverPage(target) && !inDialog)
  if (!keys.startsWith('Mod+') && elsewhere && !whileTyping) return false
  return when?.(target, keys) ?? true
}

/** Listens once for the whole console. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const entries = useRef(new Set<Entry>())
  const begun = useRef<{ key: string; at: number }>(undefined)
  const [singleKeys, setSingleKeys] = useSingleKeys()
  const present = useCallback(() => [...entries.current].flatMap(({ current }) => current), [])
  const add = useCallback((entry: Entry) => {
    entries.current.add(entry)
    return () => void entries.current.delete(entry)
  }, [])
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const press = pressName(event)
      if (!press || event.defaultPrevented || event.isComposing || !(event.target instanceof Element)) return
      const { target } = event
      const first = begun.current
      begun.current = undefined
      const known = present().flatMap((shortcut) => shortcut.keys.map((keys) => ({ shortcut, keys })))
      const allowed = known.filter(
        ({ shortcut, keys }) => (singleKeys || !isSingleKey(keys)) && mayRun(shortcut, keys, target),
      )
      const after = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${press}` : undefined
      const found = allowed.find(({ keys }) => keys === after) ?? allowed.find(({ keys }) => keys === press)
      if (found) {
        event.preventDefault()
        found.shortcut.run(target)
      } else if (allowed.some(({ keys }) => keys.startsWith(`${press} `))) {
        begun.current = { key: press, at: event.timeStamp }
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [present, singleKeys])
  const value = useMemo(
    () => ({ add, present, singleKeys, setSingleKeys }),
    [add, present, singleKeys, setSingleKeys],
  )
  return <Context value={value}>{children}</Context>
}

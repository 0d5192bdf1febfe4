'use client'

import type { RefObject } from 'react'
import { type Shortcut, useShortcuts } from './shortcuts.tsx'

/** The link or button that stands for a row: what moves from row to row. */
const LINK = 'th[scope=row] :is(a, button)'
const ROW = 'tbody tr[aria-rowindex]'

/** Radix opens a menu on a key press, never on a click made by a program. */
export function openMenu(trigger: Element | null | undefined): void {
  if (!(trigger instanceof HTMLElement)) return
  trigger.focus()
  trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
}

type RowKeys = {
  scroll: RefObject<HTMLElement | null>
  /** Told the row's place in the whole list. */
  onToggle?: (index: number) => void
  onRange?: (index: number) => void
}

/** j k ↑ ↓ go from row to row of a table, Enter and o open, x and Shift+x select. */
export function useRowKeys({ scroll, onToggle, onRange }: RowKeys): void {
  const rows = () => [...(scroll.current?.querySelectorAll<HTMLElement>(ROW) ?? [])]
  const rowOf = (target: Element) =>
    scroll.current?.contains(target) ? target.closest<HTMLElement>(ROW) : null
  const inRow = (target: Element) => rowOf(target) !== null
  const placeOf = (row: HTMLElement | null) => Number(row?.getAttribute('aria-rowindex')) - 2
  function move(target: Element, by: 1 | -1) {
    const all = rows()
    const from = rowOf(target)
    const at = from ? all.indexOf(from) : -1
    const top = scroll.current?.getBoundingClientRect().top ?? 0
    const first = all.find((row) => row.getBoundingClientRect().bottom > top + row.offsetHeight * 1.5)
    const next = at === -1 ? first : all[at + by]
    next?.querySelector<HTMLElement>(LINK)?.focus()
  }
  const offered = () => rows().length > 0
  // Elsewhere the arrows scroll; and of two tables, that of the focused row answers.
  const when = (target: Element, keys: string) =>
    offered() && (inRow(target) || (!keys.startsWith('Arrow') && target.closest(ROW) === null))
  const list = { group: 'Lists', offered } as const
  const onRow = (label: string, keys: string, run: ((index: number) => void) | undefined): Shortcut[] =>
    run ? [{ ...list, keys: [keys], label, when: inRow, run: (target) => run(placeOf(rowOf(target))) }] : []
  useShortcuts([
    { ...list, keys: ['j', 'ArrowDown'], label: 'Next row', when, run: (target) => move(target, 1) },
    { ...list, keys: ['k', 'ArrowUp'], label: 'Row before', when, run: (target) => move(target, -1) },
    {
      ...list,
      keys: ['Enter', 'o'],
      label: 'Open the row',
      // What else in a row takes Enter keeps it.
      when: (target, keys) => inRow(target) && (keys !== 'Enter' || target.matches(LINK)),
      run: (target) => rowOf(target)?.querySelector<HTMLElement>(LINK)?.click(),
    },
    ...onRow('Select the row', 'x', onToggle),
    ...onRow('Select up to the row', 'Shift+x', onRange),
  ])
}

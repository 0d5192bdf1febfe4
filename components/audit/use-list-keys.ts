'use client'

import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'

type Keys = {
  readonly onUp: () => void
  readonly onDown: () => void
  readonly onEscape: (() => void) | undefined
}

/** Where arrows mean something else: code that scrolls, tabs. */
const ELSEWHERE = '[data-drawer] section[tabindex], [role=tablist]'
const elsewhere = (target: Element, keys: string) =>
  keys.startsWith('Arrow') && target.closest(ELSEWHERE) !== null

/** ↑ ↓ (and k j) go through the list, Escape closes the drawer. */
export function useListKeys({ onUp, onDown, onEscape }: Keys): void {
  const list = { group: 'Lists', when: (target: Element, keys: string) => !elsewhere(target, keys) } as const
  useShortcuts([
    { ...list, keys: ['j', 'ArrowDown'], label: 'Next event', run: onDown },
    { ...list, keys: ['k', 'ArrowUp'], label: 'Event before', run: onUp },
    ...(onEscape ? [{ ...list, keys: ['Escape'], label: 'Close the event', run: onEscape }] : []),
  ])
}

'use client'

import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'

type Keys = {
  /** The one that is open. */
  readonly event: string | null
  readonly onUp: () => void
  readonly onDown: () => void
  readonly onEscape: (() => void) | undefined
}

/** Where arrows mean something else: code that scrolls, tabs. */
const ELSEWHERE = '[data-drawer] section[tabindex], [role=tablist]'
const elsewhere = (target: Element, keys: string) =>
  keys.startsWith('Arrow') && target.closest(ELSEWHERE) !== null

/** ↑ ↓ (and k j) go through the list; of an open event, Shift+y copies the ID and Escape closes the drawer. */
export function useListKeys({ event, onUp, onDown, onEscape }: Keys): void {
  const { copy } = useCopy()
  const list = { group: 'Lists', when: (target: Element, keys: string) => !elsewhere(target, keys) } as const
  useShortcuts([
    { ...list, keys: ['j', 'ArrowDown'], label: 'Next event', run: onDown },
    { ...list, keys: ['k', 'ArrowUp'], label: 'Event before', run: onUp },
    {
      keys: ['Shift+y'],
      label: 'Copy the event ID',
      group: 'This page',
      when: () => event !== null,
      offered: () => event !== null,
      run: () => copy(event ?? ''),
    },
    ...(onEscape ? [{ ...list, keys: ['Escape'], label: 'Close the event', run: onEscape }] : []),
  ])
}

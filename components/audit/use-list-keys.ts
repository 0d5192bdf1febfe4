'use client'

import { useEffect } from 'react'

type Keys = {
  readonly onUp: () => void
  readonly onDown: () => void
  readonly onEscape: (() => void) | undefined
}

/** Where arrows mean something else: text, menus, dialogs, code that scrolls. */
const ELSEWHERE =
  'input, textarea, select, [role=menu], [role=dialog]:not(:has([data-drawer])), [role=listbox], [data-drawer] section[tabindex], [role=tablist]'

/** ↑ ↓ (and k j) go through the list, Escape closes the drawer. */
export function useListKeys({ onUp, onDown, onEscape }: Keys): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(ELSEWHERE)) return
      const act = { ArrowUp: onUp, k: onUp, ArrowDown: onDown, j: onDown, Escape: onEscape }[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [onUp, onDown, onEscape])
}

'use client'

import { openMenu } from '#components/shortcuts/row-keys.ts'
import { paths } from '#lib/console/paths.ts'

const MENU = 'header button[aria-haspopup=menu][aria-label$="identity menu"]'
const OVER = '[role=dialog], [role=alertdialog]'

/** Opens the identity menu of the frame; where there is none, or something lies over it, leads to signing in. */
export function SwitchIdentity() {
  function open(button: HTMLElement) {
    const menu = button.closest(OVER) ? null : document.querySelector(MENU)
    // A full load, so that nothing of the former identity stays in memory.
    if (!menu) return window.location.assign(paths.signIn())
    window.scrollTo({ top: 0 })
    openMenu(menu)
  }
  return (
    <button type="button" className="link min-h-6" onClick={(event) => open(event.currentTarget)}>
      Switch identity
    </button>
  )
}

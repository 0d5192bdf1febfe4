/** Key presses as the keyboard map writes them: `x`, `Shift+x`, `Mod+k` (Ctrl or ⌘), `ArrowDown`, and `g k` for one after the other. */

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The name of a press; undefined for what the map never uses. */
export function pressName({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string | undefined {
  if (altKey) return undefined
  const letter = /^[a-z]$/i.test(key)
  const name = letter ? key.toLowerCase() : key
  // A sign such as ? needs Shift on some keyboards and not on others: there the sign alone counts.
  const shifted = shiftKey && (letter || key.length > 1) ? `Shift+${name}` : name
  return ctrlKey || metaKey ? `Mod+${shifted}` : shifted
}

/** Single characters, which people who dictate or tremble must be able to switch off (WCAG 2.1.4). */
export const isSingleKey = (keys: string): boolean =>
  keys.split(' ').every((key) => /^(?:Shift\+)?.$/.test(key))

/** Text is typed here, so that letters are letters. */
const TYPED_IN =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]:not([contenteditable=false])'

/** What lies over the page and has keys of its own. A drawer lets the page's keys through. */
const OVER = '[role=menu], [role=listbox], [role=alertdialog], [role=dialog]:not(:has([data-drawer]))'

export const isTypedIn = (target: Element): boolean => target.closest(TYPED_IN) !== null
export const isOverPage = (target: Element): boolean => target.closest(OVER) !== null

/** The words on a key: Ctrl or ⌘ by the machine. */
export const keyCaps = (keys: string, apple: boolean): readonly string[] =>
  keys
    .split(/[ +]/)
    .map((key) => ({ Mod: apple ? '⌘' : 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' })[key] ?? key)

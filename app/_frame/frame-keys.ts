'use client'

import { useRouter } from 'next/navigation'
import { openMenu } from '#components/shortcuts/row-keys.ts'
import { type Shortcut, useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { navigation } from './navigation.ts'

/** The letter after g of each section that has one. */
const letters = (scope: Scope): Readonly<Record<string, string>> => ({
  k: paths.keys(scope),
  a: paths.aliases(scope),
  g: paths.grants(scope),
  r: paths.rotation(scope),
  i: paths.imports(scope),
  m: paths.multiRegion(scope),
  x: paths.access(scope.account),
  l: paths.audit(scope.account),
  p: paths.playground(scope),
})

function sections(scope: Scope, go: (href: string) => void): Shortcut[] {
  const items = navigation(scope).flatMap(({ items }) => items)
  return Object.entries(letters(scope)).flatMap(([letter, href]) => {
    const item = items.find((one) => one.href === href)
    return item ? [{ keys: [`g ${letter}`], label: item.label, group: 'Go to', run: () => go(href) }] : []
  })
}

const MENU = 'button[aria-haspopup=menu]'
/** The menu of the row that has focus, else of the page's object. */
const menuAt = (target: Element | null) =>
  target?.closest('tbody tr')?.querySelector(MENU) ?? document.querySelector(`main header ${MENU}`)

/** Keys that every page answers to: where to go, the menu of what has focus, the link to this view. */
export function useFrameKeys(scope: Scope, showShortcuts: () => void): void {
  const router = useRouter()
  const { copy } = useCopy()
  useShortcuts([
    ...sections(scope, (href) => router.push(href)),
    {
      keys: ['.'],
      label: 'Actions of the row or the page',
      group: 'This page',
      when: (target) => menuAt(target) !== null,
      offered: () => document.querySelector(`main :is(header, tbody) ${MENU}`) !== null,
      run: (target) => openMenu(menuAt(target)),
    },
    { keys: ['y'], label: 'Copy a link to this view', group: 'Everywhere', run: () => copy(location.href) },
    { keys: ['?'], label: 'This list', group: 'Everywhere', run: showShortcuts },
  ])
}

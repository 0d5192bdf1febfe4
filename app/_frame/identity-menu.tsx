'use client'

import { Button } from '#components/ui/button.tsx'
import { Menu, MenuItem, MenuRule, MenuText } from '#components/ui/menu.tsx'
import type { Theme } from '#lib/console/theme.ts'
import { signOut } from './sign-out.ts'
import { ThemeChoice } from './theme-choice.tsx'

export type Identity = {
  readonly name: string
  readonly kind: 'root' | 'user'
  readonly account: string
  readonly alias: string | null
  readonly expires: string
}

/** Who is signed in, until when, the theme, and the way out. */
export function IdentityMenu({
  identity,
  theme,
  showShortcuts,
}: {
  identity: Identity
  theme: Theme
  showShortcuts: () => void
}) {
  const name = identity.kind === 'root' ? 'account root' : identity.name
  return (
    <Menu
      trigger={
        <Button className="min-w-0 shrink" aria-label={`${name}, identity menu`}>
          <span className="truncate">{name}</span>
          <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 text-text3">
            <path
              d="m2.500 4.500 3.500 3.500 3.500-3.500"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.500"
            />
          </svg>
        </Button>
      }
    >
      <MenuText>
        <span className="block font-medium text-text">
          {identity.kind === 'root' ? 'Account root' : `user/${identity.name}`}
        </span>
        <span className="block font-mono text-mono">{identity.account}</span>
        {identity.alias && <span className="block">{identity.alias}</span>}
        <span className="block text-label text-text3" suppressHydrationWarning>
          Session until {identity.expires}
        </span>
      </MenuText>
      <MenuRule />
      <ThemeChoice theme={theme} />
      <MenuRule />
      <MenuItem onSelect={showShortcuts}>Keyboard shortcuts</MenuItem>
      <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
    </Menu>
  )
}

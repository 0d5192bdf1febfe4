'use client'

import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { Button } from '#components/ui/button.tsx'
import { useFlash } from '#components/ui/flash.tsx'
import { Menu, MenuItem, MenuLabel, MenuRule, MenuText } from '#components/ui/menu.tsx'
import { formatSpan, toDate } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import type { CurrentSession, SessionView } from '#lib/console/session.ts'
import type { Theme } from '#lib/console/theme.ts'
import { signOut, signOutAll, switchIdentity } from './identity-actions.ts'
import { SwitchRoleDialog } from './switch-role.tsx'
import { ThemeChoice } from './theme-choice.tsx'

const KINDS = { root: 'Account root', user: 'IAM user', role: 'Role' } as const

const nameOf = ({ principal }: SessionView) => (principal.kind === 'root' ? 'account root' : principal.name)

/** Whole new pages, so that nothing of a former identity stays in memory: at the same address, or to sign in. */
const reload = () => window.location.reload()
const leave = () => window.location.assign(paths.signIn())

function Who({ session }: { session: SessionView }) {
  const now = useNow()
  const { principal, accountAlias } = session
  const seconds = Math.max(0, (toDate(session.expiresAt).getTime() - now.getTime()) / 1000)
  return (
    <MenuText>
      <span className="block break-all font-medium text-text">{nameOf(session)}</span>
      <span className="block">
        {KINDS[principal.kind]}
        {session.secondFactor && ', with second factor'}
      </span>
      <span className="block font-mono text-mono">
        {principal.account}
        {accountAlias && <span className="font-sans text-table"> {accountAlias}</span>}
      </span>
      <span className="block text-label text-text3" suppressHydrationWarning>
        {formatSpan(seconds)} left
      </span>
    </MenuText>
  )
}

function useSwitch() {
  const flash = useFlash()
  return async (id: string) => {
    if (await switchIdentity(id)) return reload()
    flash({ tone: 'vermilion', text: 'That session has ended. Sign in again to add it.' })
  }
}

function Others({ session, others }: { session: SessionView; others: readonly SessionView[] }) {
  const choose = useSwitch()
  const origin = others.find(({ id }) => id === session.switchedFrom)
  const rest = others.filter((other) => other !== origin)
  return (
    <>
      {origin && <MenuItem onSelect={() => void choose(origin.id)}>Switch back to {nameOf(origin)}</MenuItem>}
      {rest.length > 0 && <MenuLabel>Switch to</MenuLabel>}
      {rest.map((other) => (
        <MenuItem key={other.id} onSelect={() => void choose(other.id)}>
          <span className="min-w-0 truncate">{nameOf(other)}</span>
          <span className="ms-auto ps-3 font-mono text-mono text-text3">
            {other.accountAlias ?? other.principal.account}
          </span>
        </MenuItem>
      ))}
    </>
  )
}

type IdentityMenuProps = {
  session: CurrentSession
  others: readonly SessionView[]
  theme: Theme
  showShortcuts: () => void
}

/** Who is signed in and for how long, who else is on this browser, roles, the theme, and the way out. */
export function IdentityMenu({ session, others, theme, showShortcuts }: IdentityMenuProps) {
  const [switching, setSwitching] = useState(false)
  const name = nameOf(session)
  return (
    <>
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
        <Who session={session} />
        <MenuRule />
        <Others session={session} others={others} />
        <MenuItem onSelect={() => setSwitching(true)}>Switch role…</MenuItem>
        <MenuItem href={paths.signIn()}>Add another identity</MenuItem>
        <MenuItem href={paths.security()}>Your sign-in and sessions</MenuItem>
        <MenuRule />
        <ThemeChoice theme={theme} />
        <MenuRule />
        <MenuItem onSelect={showShortcuts}>Keyboard shortcuts</MenuItem>
        <MenuItem onSelect={() => void signOut().then((left) => (left ? reload() : leave()))}>
          Sign out
        </MenuItem>
        {others.length > 0 && (
          <MenuItem onSelect={() => void signOutAll().then(leave)}>Sign out of all</MenuItem>
        )}
      </Menu>
      {switching && <SwitchRoleDialog onClose={() => setSwitching(false)} />}
    </>
  )
}

'use client'

import { useParams } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { ConnectionBar } from '#components/connection.tsx'
import { ReadOnlyBar } from '#components/integrity/read-only-bar.tsx'
import { LabBar } from '#components/labs/lab-bar.tsx'
import { useWhoIsHere } from '#components/session-ended.tsx'
import { ShortcutSheet } from '#components/shortcuts/shortcut-sheet.tsx'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Flashes } from '#components/ui/flash.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { CurrentSession, SessionView } from '#lib/console/session.ts'
import type { Theme } from '#lib/console/theme.ts'
import { useAttention, type Waiting } from './attention.ts'
import { Brand } from './brand.tsx'
import { useFrameKeys } from './frame-keys.ts'
import { IdentityLine } from './identity-line.tsx'
import { IdentityMenu } from './identity-menu.tsx'
import { PaletteButton } from './palette/palette.tsx'
import { ScopeSwitcher } from './scope-switcher.tsx'
import { Navigation } from './sidebar.tsx'
import { SkipLinks } from './skip-links.tsx'
import { useScope } from './use-scope.ts'

type FrameProps = {
  session: CurrentSession
  /** The other people signed in on this browser. */
  others: readonly SessionView[]
  regions: readonly string[]
  /** The scope this browser last looked at. */
  last: Scope
  theme: Theme
  children: ReactNode
}

const COLLAPSED = 'keyhouse-sidebar'

function useCollapsed(): [boolean, () => void] {
  const [collapsed, setCollapsed] = useState(false)
  useEffect(() => setCollapsed(localStorage.getItem(COLLAPSED) === 'collapsed'), [])
  return [
    collapsed,
    () => {
      localStorage.setItem(COLLAPSED, collapsed ? 'open' : 'collapsed')
      setCollapsed(!collapsed)
    },
  ]
}

type SectionsProps = { scope: Scope; waiting: Waiting }

function Sidebar(sections: SectionsProps) {
  const [collapsed, toggle] = useCollapsed()
  return (
    <div
      className={cn(
        'no-print sticky top-bar hidden h-[calc(100dvh-44px)] shrink-0 flex-col overflow-y-auto border-e border-line md:flex',
        collapsed ? 'w-rail' : 'w-nav max-lg:w-rail',
      )}
    >
      <div className={cn('flex min-h-0 grow flex-col', !collapsed && 'max-lg:hidden')}>
        <Navigation {...sections} collapsed={collapsed} />
      </div>
      {/* Between 768 and 1024 px there is room for signs only. */}
      {!collapsed && (
        <div className="hidden min-h-0 grow flex-col max-lg:flex">
          <Navigation {...sections} collapsed />
        </div>
      )}
      <Button
        variant="quiet"
        size="icon"
        aria-label={collapsed ? 'Expand the sidebar' : 'Collapse the sidebar'}
        aria-expanded={!collapsed}
        onClick={toggle}
        className="mx-2.5 mb-2 text-text3 max-lg:hidden"
      >
        <svg aria-hidden="true" viewBox="0 0 16 16" className={cn('size-4', collapsed && 'rotate-180')}>
          <path
            d="M9.500 4.500 6 8l3.500 3.500M2.500 3v10"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.500"
          />
        </svg>
      </Button>
    </div>
  )
}

function NavigationSheet(sections: SectionsProps) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet
      title="Sections"
      side="start"
      open={open}
      onOpenChange={setOpen}
      className="w-[min(280px,calc(100vw-40px))]"
      trigger={
        <Button variant="quiet" size="icon" aria-label="Sections" className="-ms-2 text-text2 md:hidden">
          <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4">
            <path d="M2 4.500h12M2 8h12M2 11.500h12" fill="none" stroke="currentColor" strokeWidth="1.500" />
          </svg>
        </Button>
      }
    >
      <Navigation {...sections} onNavigate={() => setOpen(false)} />
    </Sheet>
  )
}

/** What stands around every signed-in page: top bar, sections, flash lines, content. */
export function Frame({ session, others, regions, last, theme, children }: FrameProps) {
  const scope = useScope(last)
  const waiting = useAttention(scope, regions.includes(scope.region))
  const params = useParams<{ region?: string }>()
  const [shortcuts, setShortcuts] = useState(false)
  const showShortcuts = () => setShortcuts(true)
  useFrameKeys(scope, showShortcuts)
  const { account, name, kind } = session.principal
  useWhoIsHere(account, kind === 'user' ? name : undefined)
  return (
    <>
      <SkipLinks />
      <header className="no-print sticky top-0 z-30 flex h-bar items-center gap-2.5 border-b border-line bg-surface pe-3.5 ps-3.5">
        <NavigationSheet scope={scope} waiting={waiting} />
        <div className="md:w-[186px]">
          <Brand scope={scope} />
        </div>
        <ScopeSwitcher
          scope={scope}
          alias={session.accountAlias}
          regions={regions}
          onAccountPage={params.region === undefined}
        />
        <div className="ms-auto flex min-w-0 items-center gap-2.5">
          <PaletteButton scope={scope} regions={regions} showShortcuts={showShortcuts} />
          <IdentityMenu session={session} others={others} theme={theme} showShortcuts={showShortcuts} />
        </div>
      </header>
      {session.sample && <IdentityLine arn={session.principal.arn} />}
      <ShortcutSheet open={shortcuts} onOpenChange={setShortcuts} />
      <ConnectionBar />
      <ReadOnlyBar account={account} />
      {kind === 'root' && (
        <p className="border-b border-brass-mark bg-brass-soft px-5 py-1 text-table text-brass">
          You’re using the account root.
        </p>
      )}
      <div className="flex">
        <Sidebar scope={scope} waiting={waiting} />
        <main id="content" tabIndex={-1} className="min-w-0 grow px-5 pt-3 pb-10 outline-none max-sm:px-4">
          <Flashes />
          {children}
        </main>
      </div>
      {session.sample && <LabBar account={session.principal.account} self={session.principal.name} />}
    </>
  )
}

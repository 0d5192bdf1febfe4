'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Glyph } from '#components/glyphs/glyph.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Tooltip } from '#components/ui/tooltip.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { Attention, Waiting } from './attention.ts'
import { connectItem, helpItem, isUnder, type NavItem, navigation } from './navigation.ts'

type NavLinkProps = {
  item: NavItem
  attention: Attention | undefined
  collapsed: boolean
  onNavigate?: () => void
}

function NavLink({ item, attention, collapsed, onNavigate }: NavLinkProps) {
  const current = isUnder(usePathname(), item)
  const spoken = attention ? `${item.label}, ${attention.words}` : item.label
  const link = (
    <Link
      href={item.href}
      aria-current={current ? 'page' : undefined}
      // The number alone says nothing.
      aria-label={attention && spoken}
      onClick={onNavigate}
      className={cn(
        'flex h-7 items-center gap-2 rounded-control text-table -outline-offset-2 max-md:h-11',
        collapsed ? 'justify-center px-0' : 'px-2',
        current ? 'bg-selected font-medium text-text' : 'text-text2 hover:bg-hover hover:text-text',
      )}
    >
      {collapsed ? (
        <>
          <span className="relative">
            <Glyph name={item.glyph} />
            {attention && <span className="absolute -end-1 -top-1 size-1.5 rounded-full bg-brass-mark" />}
          </span>
          <span className="sr-only">{spoken}</span>
        </>
      ) : (
        <>
          {item.label}
          {attention && <span className="ms-auto text-label font-medium text-brass">{attention.mark}</span>}
        </>
      )}
    </Link>
  )
  return collapsed ? (
    <Tooltip side="right" trigger={link}>
      {spoken}
    </Tooltip>
  ) : (
    link
  )
}

/** The sections, in the sidebar and in the sheet of a phone. */
export function Navigation({
  scope,
  waiting,
  collapsed = false,
  onNavigate,
}: {
  scope: Scope
  waiting: Waiting
  collapsed?: boolean
  onNavigate?: () => void
}) {
  const link = (item: NavItem) => (
    <li key={item.href}>
      <NavLink
        item={item}
        attention={item.waits && waiting[item.waits]}
        collapsed={collapsed}
        onNavigate={onNavigate}
      />
    </li>
  )
  return (
    <nav aria-label="Sections" className="flex grow flex-col px-2 py-2.5">
      {navigation(scope).map((group) => (
        <section
          key={group.label}
          aria-label={group.label}
          className={cn('mb-2.5', collapsed && 'border-b border-line pb-2.5')}
        >
          {!collapsed && (
            <p aria-hidden="true" className="flex h-7 items-center px-2 text-label font-medium text-text2">
              {group.label}
            </p>
          )}
          <ul>{group.items.map(link)}</ul>
        </section>
      ))}
      <ul className="mt-auto border-t border-line pt-2">
        {link(connectItem())}
        {link(helpItem())}
      </ul>
    </nav>
  )
}

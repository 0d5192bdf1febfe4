'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cn } from './class-names.ts'

export type Tab = { readonly href: string; readonly label: string; readonly count?: number }

/** Tabs that are pages: each has an address, and the current one is a link too. */
export function TabLinks({
  label,
  tabs,
  className,
}: {
  label: string
  tabs: readonly Tab[]
  className?: string
}) {
  const pathname = usePathname()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the current tab may lie beyond the edge. Scrolls the list alone, never the page.
    const at = nav.current?.querySelector<HTMLElement>(`[href="${pathname}"]`)
    if (!at || !nav.current) return
    const start = at.offsetLeft - nav.current.offsetLeft
    if (start + at.offsetWidth > nav.current.clientWidth) nav.current.scrollLeft = start
  }, [pathname])
  return (
    <nav ref={nav} aria-label={label} className={cn('overflow-x-auto border-b border-line', className)}>
      <ul className="flex gap-4">
        {tabs.map((tab) => {
          const current = pathname === tab.href.split('?')[0]
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={current ? 'page' : undefined}
                scroll={false}
                className={tabStyle(current)}
              >
                {tab.label}
                {tab.count !== undefined && <span className="ms-1 font-normal text-text3">{tab.count}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

export const tabStyle = (current: boolean) =>
  cn(
    '-mb-px inline-flex h-8 items-center whitespace-nowrap border-b-2 text-table -outline-offset-2 max-md:h-11',
    current ? 'border-ink font-medium text-text' : 'border-transparent text-text2 hover:text-text',
  )

import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { FocusHeading } from './focus-heading.tsx'

export type Crumb = { readonly label: string; readonly href?: string }

/** Where this page stands. The last crumb is text, the others are links. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-label text-text2">
      <ol className="flex flex-wrap items-center">
        {crumbs.map((crumb, index) => (
          <Fragment key={crumb.label}>
            {index > 0 && (
              <li aria-hidden="true" className="px-1 text-text3">
                /
              </li>
            )}
            <li className="min-w-0 break-all">
              {crumb.href ? (
                <Link href={crumb.href} className="inline-block hover:text-ink hover:underline max-md:py-1">
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current={index === crumbs.length - 1 ? 'page' : undefined}>{crumb.label}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  )
}

type PageHeaderProps = {
  crumbs?: readonly Crumb[]
  title: ReactNode
  /** One status fact beside the title. */
  fact?: ReactNode
  /** The primary action last. */
  actions?: ReactNode
}

/** Breadcrumb, title with one fact, actions. The title takes focus after navigation. */
export function PageHeader({ crumbs, title, fact, actions }: PageHeaderProps) {
  return (
    <header className="mb-3">
      {crumbs && <Breadcrumbs crumbs={crumbs} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <FocusHeading>{title}</FocusHeading>
        {fact && <div className="text-table text-text2">{fact}</div>}
        {actions && (
          <div className="no-print ms-auto flex flex-wrap items-center gap-3 max-md:ms-0">{actions}</div>
        )}
      </div>
    </header>
  )
}

/** A part of a page: a heading and a rule, never a box. */
export function Section({
  title,
  fact,
  actions,
  children,
  level = 2,
}: {
  title: string
  fact?: ReactNode
  actions?: ReactNode
  children: ReactNode
  level?: 2 | 3
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className="mb-7">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3 border-b border-line pb-1">
        <Heading className="text-section">{title}</Heading>
        {fact && <div className="text-table text-text2">{fact}</div>}
        {actions && <div className="no-print ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

export type Fact = { readonly term: string; readonly value: ReactNode }

/** Facts as a definition list in columns: term above value, no box. */
export function Facts({
  facts,
  columns = 4,
  className,
}: {
  facts: readonly Fact[]
  columns?: 1 | 2 | 3 | 4
  className?: string
}) {
  const across = {
    1: '',
    2: 'sm:grid-cols-2',
    3: 'sm:grid-cols-2 lg:grid-cols-3',
    4: 'sm:grid-cols-2 xl:grid-cols-4',
  }[columns]
  return (
    <dl className={cn('grid gap-x-6 gap-y-3', across, className)}>
      {facts.map((fact) => (
        <div key={fact.term} className="min-w-0">
          <dt className="text-label font-medium text-text3">{fact.term}</dt>
          <dd className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-1.5 text-table text-text">
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Section } from '#components/page-header.tsx'
import { cn } from '#components/ui/class-names.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

/** Three things to begin with. Each completes itself by what the log or the list of keys has; all done, they are gone. */
export function FirstSteps({ scope }: { scope: Scope }) {
  const { account, region } = scope
  const first = (Filter: string) => read(account, undefined, 'SearchEvents', { Filter, Limit: 1 })
  const connected = useQuery(first('source:wire outcome:ok'))
  const lab = useQuery(first('event:UseLab outcome:ok'))
  const keys = useQuery(read(account, region, 'SearchKeys', { Limit: 1 }))
  const steps = [
    { label: 'Connect an app', href: paths.connect(), done: (connected.data?.Events.length ?? 0) > 0 },
    { label: 'Create a key', href: paths.newKey(scope), done: (keys.data?.Keys.length ?? 0) > 0 },
    {
      label: 'Run the separation lab',
      href: paths.lab('separation'),
      done: (lab.data?.Events.length ?? 0) > 0,
    },
  ]
  const known = connected.isSuccess && lab.isSuccess && keys.isSuccess
  if (!known || steps.every(({ done }) => done)) return null
  return (
    <Section title="First steps">
      <ol>
        {steps.map(({ label, href, done }) => (
          <li key={label} className="flex min-h-9 items-center gap-3 border-b border-line text-table">
            <Link href={href} className={cn('link', done && 'text-text2')}>
              {label}
            </Link>
            <span className={cn('ms-auto', done ? 'text-verdigris' : 'text-text3')}>
              {done ? 'Done' : 'To do'}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

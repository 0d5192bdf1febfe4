'use client'

import { Section } from '#components/page-header.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { EndGrantCalls } from './end-grant.tsx'
import { GrantTable } from './grant-table.tsx'
import { retirableInput } from './list-input.ts'
import { type FirstPage, useGrantPages } from './use-grant-pages.ts'

type RetirableGrantsProps = {
  scope: Scope
  self: string
  first: FirstPage<'ListRetirableGrants'>
  calls: EndGrantCalls
}

/** The grants of this Region, on anybody's keys, that name the person who is signed in as their retiring principal. */
export function RetirableGrants({ scope, self, first, calls }: RetirableGrantsProps) {
  const pages = useGrantPages('ListRetirableGrants', scope, { input: retirableInput(self), first })
  const { refusal, grants, loading } = pages
  return (
    <Section title="Grants you can retire">
      {refusal ? (
        <ErrorState what="Grants that name you couldn’t be listed." refusal={refusal} onRetry={pages.retry} />
      ) : grants.length === 0 && !loading ? (
        <EmptyState>
          <p>No grant in {scope.region} names you as its retiring principal.</p>
        </EmptyState>
      ) : (
        <GrantTable
          caption="Grants you can retire"
          scope={scope}
          self={self}
          pages={pages}
          calls={calls}
          withKey
          retire
        />
      )}
    </Section>
  )
}

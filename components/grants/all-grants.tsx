'use client'

import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { useEffect } from 'react'
import { Denied } from '#components/denied.tsx'
import { ExportMenu } from '#components/export-menu.tsx'
import { FilterBar } from '#components/filter-bar.tsx'
import { EmptyState, ErrorState, StaleLine } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { GRANT_FIELDS } from '#lib/domain/operations/insight.ts'
import type { EndGrantCalls } from './end-grant.tsx'
import { GrantNotes } from './grant-notes.tsx'
import { GrantTable } from './grant-table.tsx'
import { grantSearchInput } from './list-input.ts'
import { type FirstPage, useGrantPages } from './use-grant-pages.ts'

type AllGrantsProps = {
  scope: Scope
  self: string
  first: FirstPage<'SearchGrants'>
  calls: EndGrantCalls
}

/** The grants of every key of the account in this Region, newest first. */
export function AllGrants({ scope, self, first, calls }: AllGrantsProps) {
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''))
  const pages = useGrantPages('SearchGrants', scope, { input: grantSearchInput(q), first })
  const { refusal, grants, loading, refining, count } = pages
  const words =
    count &&
    `${formatNumber(count.Count)}${count.CountIsExact ? '' : '+'} ${count.Count === 1 ? 'grant' : 'grants'}`
  const announce = useAnnounce()
  useEffect(() => {
    if (words && !refining) announce(words)
  }, [words, refining, announce])
  const setFilter = (filter: string) => void setQ(filter === '' ? null : filter)
  const empty = !loading && !refining && grants.length === 0
  if (refusal && isDenied(refusal))
    return (
      <div className="mb-7">
        <Denied refusal={refusal} what="You can’t list the grants of this account." />
      </div>
    )
  return (
    <div className="mb-7">
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <GrantNotes />
        {words && !empty && !refusal && (
          <div className="mb-2">
            <ExportMenu list="grants" region={scope.region} query={{ q }} what={words} />
          </div>
        )}
      </div>
      {(q !== '' || !empty || refusal) && (
        <FilterBar
          label="Filter grants"
          fields={GRANT_FIELDS}
          value={q}
          onChange={setFilter}
          examples="grantee:user/bob op:Decrypt key:alias/payments constraint:none"
          count={words}
        />
      )}
      {refusal && grants.length > 0 && <StaleLine since={pages.since} onRetry={pages.retry} />}
      {refusal && grants.length === 0 && (
        <ErrorState what="Grants couldn’t be loaded." refusal={refusal} onRetry={pages.retry} />
      )}
      {!refusal && empty ? (
        q === '' ? (
          <EmptyState>
            <p>
              A grant gives one principal a few operations, often for a while, without editing the policy.
            </p>
            <p>
              No key in {scope.region} whose grants you may list has one. Choose a key from{' '}
              <Link className="link" href={paths.keys(scope)}>
                Customer keys
              </Link>{' '}
              and create a grant on its Grants tab.
            </p>
          </EmptyState>
        ) : (
          <EmptyState actions={<Button onClick={() => setFilter('')}>Clear filters</Button>}>
            <p>
              No grants match <code className="break-all text-mono">{q}</code>
            </p>
          </EmptyState>
        )
      ) : (
        (loading || grants.length > 0) && (
          <GrantTable caption="Grants" scope={scope} self={self} pages={pages} calls={calls} withKey />
        )
      )}
    </div>
  )
}

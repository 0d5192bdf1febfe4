'use client'

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { HeaderCell, Table, TableBody, TableFoot, TableHead } from '#components/ui/table.tsx'
import { count } from '#lib/console/format.ts'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { fetchJson, readKey } from '#lib/console/queries.ts'
import { activityFilter, activityInput } from './activity-input.ts'
import { EventRow } from './event-row.tsx'

type Page = OutputOf<'SearchEvents'>
type First = { input: InputOf<'SearchEvents'>; output?: Page; refusal?: RefusalView }

function useEvents({ account, region }: Scope, input: InputOf<'SearchEvents'>, first: First) {
  const atFirst = JSON.stringify(input) === JSON.stringify(first.input)
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page, string>, readonly unknown[], string>({
    queryKey: [...readKey(account, region, 'SearchEvents', input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const path = paths.engine('SearchEvents', region, {
        ...input,
        ...(pageParam !== '' && { Cursor: pageParam }),
      })
      // Typed by the operation that the path names.
      return fetchJson(path, { signal }) as Promise<Page>
    },
    initialPageParam: '',
    getNextPageParam: ({ NextCursor }) => NextCursor,
    placeholderData: keepPreviousData,
    ...(atFirst && first.output && { initialData: { pages: [first.output], pageParams: [''] } }),
  })
  const refusal = query.error
    ? refusalIn(query.error)
    : query.isPending && atFirst
      ? first.refusal
      : undefined
  return { ...query, refusal }
}

const COLUMNS = ['Time', 'Event', 'Outcome', 'By', 'Source address', 'Detail'] as const

/** What happened to and with a key, of the last 30 days or of all time. Rows open the event in the audit log. */
export function Activity({
  scope,
  keyId,
  from,
  first,
}: {
  scope: Scope
  keyId: string
  /** Seconds; none where its whole history is told. */
  from: number | undefined
  first: First
}) {
  const [reads, setReads] = useQueryState('reads', parseAsStringLiteral(['shown']))
  const input = activityInput({ keyId, from, reads: reads === 'shown' })
  const events = useEvents(scope, input, first)
  const { data, refusal } = events
  const rows = data?.pages.flatMap((page) => page.Events) ?? []
  const latest = data?.pages.at(-1)
  const q = activityFilter(keyId, reads === 'shown')
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-5 gap-y-1">
        <Checkbox
          label="Show what this console read to draw its pages"
          checked={reads === 'shown'}
          onChange={(event) => void setReads(event.target.checked ? 'shown' : null)}
        />
        <Link
          className="link ms-auto text-table max-md:ms-0"
          href={paths.audit(scope.account, { q, last: from === undefined ? 'all' : '30d' })}
        >
          Open in audit log
        </Link>
      </div>
      {refusal && rows.length === 0 ? (
        <ErrorState
          what="You can’t see this key’s events."
          refusal={refusal}
          onRetry={() => void events.refetch()}
        />
      ) : rows.length === 0 && !events.isPending ? (
        <EmptyState>
          <p>Nothing happened to or with this key{from === undefined ? '' : ' in the last 30 days'}.</p>
        </EmptyState>
      ) : (
        <>
          <Table caption="Events of this key" busy={events.isPlaceholderData}>
            <TableHead>
              {COLUMNS.map((label) => (
                <HeaderCell
                  key={label}
                  from={label === 'Detail' ? 'xl' : label === 'Source address' ? 'lg' : undefined}
                >
                  {label === 'Time' ? 'Time (UTC)' : label}
                </HeaderCell>
              ))}
            </TableHead>
            <TableBody>
              {events.isPending && <SkeletonRows columns={COLUMNS.length} />}
              {rows.map((event) => (
                <EventRow key={event.id} account={scope.account} event={event} />
              ))}
            </TableBody>
          </Table>
          <TableFoot>
            <span>
              {rows.length} of {latest && count(latest.Count, 'event')}
              {latest && !latest.CountIsExact && ' or more'}
            </span>
            {events.hasNextPage && (
              <Button
                pending={events.isFetchingNextPage}
                pendingLabel="Loading…"
                onClick={() => void events.fetchNextPage()}
              >
                Load older events
              </Button>
            )}
          </TableFoot>
        </>
      )}
    </>
  )
}

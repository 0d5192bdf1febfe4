'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { count, shortId } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { fetchJson, readKey } from '#lib/console/queries.ts'
import { MarkLegend } from './access-mark.tsx'
import { Matrix } from './matrix.tsx'
import type { Column } from './matrix-words.ts'
import { TraceDrawer, type Traced } from './trace-drawer.tsx'
import { principalName } from './trace-words.ts'

type Page = OutputOf<'KeysOf'>

/** The columns of all pages together, by part. */
function columnsOf(pages: readonly Page[]): readonly Column[] {
  const all = new Map(pages.flatMap(({ Columns }) => Columns).map((column) => [column.Action, column]))
  return (['use', 'manage', 'control'] as const).flatMap((part) =>
    [...all.values()].filter(({ Part }) => Part === part),
  )
}

function useKeysOf({ account, region }: Scope, principal: string) {
  const input = { PrincipalArn: principal, Limit: 50 }
  return useInfiniteQuery({
    queryKey: [...readKey(account, region, 'KeysOf', input), 'pages'],
    initialPageParam: undefined as string | undefined, // the first page has no marker
    // Typed by the operation that the path names.
    queryFn: ({ pageParam, signal }) =>
      fetchJson(paths.engine('KeysOf', region, { ...input, ...(pageParam && { Marker: pageParam }) }), {
        signal,
      }) as Promise<Page>,
    getNextPageParam: ({ NextMarker }) => NextMarker,
  })
}

/** Which keys of a Region a principal can do what with. */
export function PrincipalKeys({ scope, principal }: { scope: Scope; principal: string }) {
  const [traced, setTraced] = useState<Traced>()
  const asked = useKeysOf(scope, principal)
  const who = principalName(principal, scope.account)
  if (asked.error)
    return (
      <ErrorState
        what={`You can’t see which keys ${who} can use.`}
        refusal={refusalIn(asked.error)}
        onRetry={() => void asked.refetch()}
        retrying={asked.isFetching}
      />
    )
  if (!asked.data) return <Skeleton className="late w-4/5" />
  const { pages } = asked.data
  const keys = pages.flatMap(({ Rows }) => Rows)
  const rows = keys.map(({ KeyId, Alias, Cells, Steps }) => ({
    id: KeyId,
    label: Alias ?? `key ${shortId(KeyId)}`,
    header: (
      <KeyName
        keyId={KeyId}
        alias={Alias ?? undefined}
        href={paths.keyRoot(scope, KeyId)}
        className="align-middle"
      />
    ),
    cells: Cells,
    steps: Steps,
  }))
  if (rows.length === 0)
    return (
      <EmptyState>
        <p>
          No keys in {scope.region} of which you may say what {who} can do with them.
        </p>
      </EmptyState>
    )
  return (
    <>
      <Matrix
        caption={`What ${who} can do with the keys of ${scope.region}`}
        corner="Key"
        columns={columnsOf(pages)}
        groups={[{ title: `Keys in ${scope.region}`, help: 'in the order of their ids', rows }]}
        showUse={false}
        onOpen={({ id, label }, action, opener) =>
          setTraced({ principal, action, keyId: id, keyName: label, opener })
        }
      />
      <MarkLegend />
      <p className="mt-2 flex items-center gap-3 text-table text-text2">
        {count(rows.length, 'key')}
        {asked.hasNextPage && (
          <Button
            pending={asked.isFetchingNextPage}
            pendingLabel="Loading…"
            onClick={() => void asked.fetchNextPage()}
          >
            More keys
          </Button>
        )}
      </p>
      <TraceDrawer scope={scope} traced={traced} onClose={() => setTraced(undefined)} />
    </>
  )
}

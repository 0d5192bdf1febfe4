'use client'

import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Denied } from '#components/denied.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { TableFoot } from '#components/ui/table.tsx'
import { count } from '#lib/console/format.ts'
import { isDenied, refusalIn } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { FIRST } from './family-input.ts'
import { FamilyMatrix } from './family-matrix.tsx'

type FamiliesProps = { scope: Scope; endpoint: string; regions: readonly string[] }

/** Pages in memory, by cursor: the first, and each that was asked for. */
function usePages({ account, region }: Scope) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const pages = useQueries({
    queries: cursors.map((cursor) =>
      read(account, region, 'ListMultiRegionKeys', cursor ? { ...FIRST, Cursor: cursor } : FIRST),
    ),
  })
  const next = pages.at(-1)?.data?.NextCursor
  return {
    pages,
    families: pages.flatMap(({ data }) => data?.Keys ?? []),
    more: next ? () => setCursors((before) => [...before, next]) : undefined,
  }
}

/** Multi-Region keys: a row a key, a column a Region. */
export function Families({ scope, endpoint, regions }: FamiliesProps) {
  const { pages, families, more } = usePages(scope)
  const failed = pages.find(({ error }) => error)
  const refusal = failed?.error ? refusalIn(failed.error) : undefined
  const listed = pages[0]?.data?.ListedRegions ?? []
  const fetching = pages.at(-1)?.isFetching
  const create = (size?: 'form') => (
    <LinkButton
      variant="primary"
      {...(size && { size })}
      href={paths.newKey(scope, 'configure', { preset: 'multi-region' })}
    >
      Create multi-Region key
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        crumbs={[{ label: scope.region }, { label: 'Multi-Region' }]}
        title="Multi-Region keys"
        fact={families.length > 0 && !more && count(families.length, 'key')}
        actions={families.length > 0 && create()}
      />
      {refusal && isDenied(refusal) ? (
        <Denied size="page" refusal={refusal} what="You can’t list keys in any Region of this account." />
      ) : refusal ? (
        <ErrorState
          what="Multi-Region keys couldn’t be loaded."
          refusal={refusal}
          onRetry={() => void failed?.refetch()}
        />
      ) : families.length === 0 ? (
        !fetching && (
          <EmptyState
            actions={
              <>
                {create('form')}
                <ShowAsCode
                  size="form"
                  snippets={snippetsFor([{ name: 'CreateKey', input: { MultiRegion: true } }], {
                    endpoint,
                    region: scope.region,
                  })}
                />
              </>
            }
          >
            <p>A multi-Region key has the same material and key ID in several Regions.</p>
            <p>What is encrypted in one of them is decrypted in another without a call between them.</p>
          </EmptyState>
        )
      ) : (
        <>
          <FamilyMatrix scope={scope} regions={regions} listed={listed} families={families} />
          <TableFoot>
            <span>P primary · R replica · – no key there</span>
            {more && (
              <Button pending={fetching} pendingLabel="Loading…" onClick={more}>
                Show more
              </Button>
            )}
          </TableFoot>
        </>
      )}
    </>
  )
}

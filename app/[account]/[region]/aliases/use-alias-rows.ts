'use client'

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { fetchJson, readKey } from '#lib/console/queries.ts'
import type { ListedAlias } from './alias-search.ts'

type Page = OutputOf<'SearchAliases'>

/** The first page as the server asked for it, refusals included. */
export type FirstPage = {
  readonly input: InputOf<'SearchAliases'>
  readonly output?: Page | undefined
  readonly refusal?: RefusalView | undefined
}

export type AliasRows = {
  readonly aliases: readonly ListedAlias[]
  readonly latest: Page | undefined
  readonly refusal: RefusalView | undefined
  /** Rows of an earlier filter are shown until those of this one come. */
  readonly refining: boolean
  readonly more: { readonly fetch: () => void; readonly fetching: boolean } | undefined
  readonly retry: () => void
}

/** Pages of 100 aliases, by name. */
export function useAliasRows(
  { account, region }: Scope,
  input: InputOf<'SearchAliases'>,
  first: FirstPage,
): AliasRows {
  const atFirst = JSON.stringify(first.input) === JSON.stringify(input)
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [...readKey(account, region, 'SearchAliases', input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const path = paths.engine('SearchAliases', region, {
        ...input,
        ...(pageParam && { Cursor: pageParam }),
      })
      // Typed by the operation that the path names.
      return fetchJson(path, { signal }) as Promise<Page>
    },
    initialPageParam: undefined,
    getNextPageParam: ({ NextCursor }) => NextCursor,
    placeholderData: keepPreviousData,
    ...(atFirst && first.output && { initialData: { pages: [first.output], pageParams: [undefined] } }),
  })
  const { data, error } = query
  return {
    aliases: data?.pages.flatMap((page) => page.Aliases) ?? [],
    latest: data?.pages.at(-1),
    refusal: error ? refusalIn(error) : query.isPending && atFirst ? first.refusal : undefined,
    refining: query.isPlaceholderData,
    more: query.hasNextPage
      ? { fetch: () => void query.fetchNextPage(), fetching: query.isFetchingNextPage }
      : undefined,
    retry: () => void query.refetch(),
  }
}

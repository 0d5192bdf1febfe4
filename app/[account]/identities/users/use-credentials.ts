'use client'

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson, readKey } from '#lib/console/queries.ts'
import { credentialsInput } from './credentials-input.ts'

type Page = OutputOf<'ListCredentials'>
export type ListedUser = Page['Users'][number]

/** The first page as the server asked for it. */
export type FirstPage = { readonly input: InputOf<'ListCredentials'>; readonly output: Page }

export type Credentials = {
  readonly users: readonly ListedUser[]
  readonly root: Page['Root']
  readonly count: number
  readonly refusal: RefusalView | undefined
  readonly refining: boolean
  readonly more: {
    readonly count: number
    readonly fetch: (() => void) | undefined
    readonly fetching: boolean
  }
  readonly retry: () => void
}

/** Users with their credentials, in pages of 100 by name. */
export function useCredentials(account: string, words: string, first: FirstPage): Credentials {
  const input = credentialsInput(words)
  const atFirst = JSON.stringify(first.input) === JSON.stringify(input)
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | undefined>({
    queryKey: [...readKey(account, undefined, 'ListCredentials', input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const path = paths.engine('ListCredentials', undefined, {
        ...input,
        ...(pageParam && { Marker: pageParam }),
      })
      // Typed by the operation that the path names.
      return fetchJson(path, { signal }) as Promise<Page>
    },
    initialPageParam: undefined,
    getNextPageParam: ({ Marker }) => Marker,
    placeholderData: keepPreviousData,
    ...(atFirst && { initialData: { pages: [first.output], pageParams: [undefined] } }),
  })
  const pages = query.data?.pages ?? []
  const count = pages.at(-1)?.Count ?? 0
  return {
    users: pages.flatMap(({ Users }) => Users),
    root: pages[0]?.Root ?? [],
    count,
    refusal: query.error ? refusalIn(query.error) : undefined,
    refining: query.isPlaceholderData,
    more: {
      count,
      fetch: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
      fetching: query.isFetchingNextPage,
    },
    retry: () => void query.refetch(),
  }
}

'use client'

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { fetchJson, readKey } from '#lib/console/queries.ts'
import { type ListedKey, PAGE } from './key-search.ts'

type Page = OutputOf<'SearchKeys'>

/** Cursors of all pages up to one: its length is the page's number, its last the page's own cursor. */
type Trail = readonly (string | undefined)[]

const MOST_PAGES = 20

/** The first page as the server asked for it, refusals included. */
export type FirstPage = {
  readonly input: InputOf<'SearchKeys'>
  readonly output?: Page | undefined
  readonly refusal?: RefusalView | undefined
}

export type KeyRows = {
  /** Keys in memory, and how many come before them. */
  readonly keys: readonly ListedKey[]
  readonly before: number
  readonly latest: Page | undefined
  readonly refusal: RefusalView | undefined
  readonly loading: boolean
  /** Rows of an earlier filter are shown until those of this one come. */
  readonly refining: boolean
  readonly since: number
  /** Rows of an earlier filter are shown because those of this one could not be had. */
  readonly former: boolean
  readonly retry: () => void
  readonly reach: (index: number) => void
}

/** Pages of 100 keys by cursor, at most 20 in memory: those further up are asked for again when one scrolls back. */
export function useKeyRows(
  { account, region }: Scope,
  input: InputOf<'SearchKeys'>,
  first: FirstPage,
): KeyRows {
  const atFirst = JSON.stringify(first.input) === JSON.stringify(input)
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page, Trail>, readonly unknown[], Trail>({
    queryKey: [...readKey(account, region, 'SearchKeys', input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam.at(-1)
      const path = paths.engine('SearchKeys', region, { ...input, ...(cursor && { Cursor: cursor }) })
      // Typed by the operation that the path names.
      return fetchJson(path, { signal }) as Promise<Page>
    },
    initialPageParam: [undefined],
    getNextPageParam: ({ NextCursor }, _, trail) => (NextCursor ? [...trail, NextCursor] : undefined),
    getPreviousPageParam: (_, __, trail) => (trail.length > 1 ? trail.slice(0, -1) : undefined),
    maxPages: MOST_PAGES,
    placeholderData: keepPreviousData,
    ...(atFirst && first.output && { initialData: { pages: [first.output], pageParams: [[undefined]] } }),
  })
  const { error, isPlaceholderData, isFetching, hasNextPage, hasPreviousPage } = query
  const good = useRef({ data: query.data, since: query.dataUpdatedAt })
  if (query.data) good.current = { data: query.data, since: query.dataUpdatedAt }
  const former = error !== null && query.data === undefined && good.current.data !== undefined
  const data = former ? good.current.data : query.data
  const before = ((data?.pageParams[0]?.length ?? 1) - 1) * PAGE
  const keys = data?.pages.flatMap((page) => page.Keys) ?? []
  const refusal = error ? refusalIn(error) : query.isPending && atFirst ? first.refusal : undefined
  return {
    keys,
    before,
    latest: data?.pages.at(-1),
    refusal,
    loading: query.isPending && !refusal,
    refining: isPlaceholderData,
    since: good.current.since,
    former,
    retry: () => void query.refetch(),
    reach: (index) => {
      if (isFetching || error) return
      if (index < before && hasPreviousPage) void query.fetchPreviousPage()
      else if (index >= before + keys.length - PAGE / 4 && hasNextPage) void query.fetchNextPage()
    },
  }
}

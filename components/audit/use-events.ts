'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import {
  type EventPage,
  type EventRow,
  eventsKey,
  FIRST,
  inputOf,
  nextPlace,
  type PagePlace,
  placed,
  previousPlace,
  type Question,
} from './events-query.ts'

// 20 pages of 100 rows are kept; what was scrolled past is asked for again.
const PAGES_KEPT = 20

async function fetchPage(question: Question, place: PagePlace, signal: AbortSignal): Promise<EventPage> {
  const answer = await fetchJson(paths.engine('SearchEvents', undefined, inputOf(question, place)), {
    signal,
  })
  // Typed by the operation that the path names.
  return placed(answer as OutputOf<'SearchEvents'>, place)
}

export type Events = {
  readonly rows: readonly EventRow[]
  readonly pages: readonly EventPage[]
  /** Rows of the whole list before the first one here; null when unknown. */
  readonly start: number | null
  readonly count: number
  readonly countIsExact: boolean
  readonly loading: boolean
  /** Another question is on its way; these rows are still those of the last one. */
  readonly refining: boolean
  readonly refusal: RefusalView | undefined
  /** Up to when was looked for events, where that took too long to look at all of them; `continue` looks further. */
  readonly searchedTo: number | undefined
  readonly continue: () => void
  readonly searching: boolean
  readonly loadMore: { readonly after: (() => void) | undefined; readonly before: (() => void) | undefined }
  readonly retry: () => void
}

const NO_PAGES: readonly EventPage[] = []

/** The events of a question. What was read last stays while another question is asked, and when it is refused. */
export function useEvents(question: Question, enabled = true): Events {
  const query = useInfiniteQuery({
    queryKey: eventsKey(question),
    queryFn: ({ pageParam, signal }) => fetchPage(question, pageParam, signal),
    initialPageParam: FIRST,
    getNextPageParam: nextPlace,
    getPreviousPageParam: previousPlace,
    maxPages: PAGES_KEPT,
    placeholderData: keepPreviousData,
    enabled,
  })
  const [good, setGood] = useState(query.data)
  if (query.data && query.data !== good) setGood(query.data)
  const pages = query.data?.pages ?? good?.pages ?? NO_PAGES
  const rows = useMemo(() => pages.flatMap((page) => page.Events), [pages])
  const [first] = pages
  const last = pages.at(-1)
  const idle = !query.isFetching && !query.isError
  const searchedTo = query.hasNextPage ? last?.SearchedTo : undefined
  return {
    pages,
    rows,
    start: first?.start ?? null,
    count: last?.Count ?? 0,
    countIsExact: last?.CountIsExact ?? true,
    loading: query.isPending && enabled,
    refining:
      query.isPlaceholderData ||
      (query.isFetching && !query.isFetchingNextPage && !query.isFetchingPreviousPage),
    refusal: query.error ? refusalIn(query.error) : undefined,
    searchedTo,
    continue: () => void query.fetchNextPage(),
    searching: query.isFetchingNextPage,
    loadMore: {
      // What takes long is not done unasked.
      after:
        idle && query.hasNextPage && searchedTo === undefined ? () => void query.fetchNextPage() : undefined,
      before: idle && query.hasPreviousPage ? () => void query.fetchPreviousPage() : undefined,
    },
    retry: () => void query.refetch(),
  }
}

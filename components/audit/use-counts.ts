'use client'

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { read } from '#lib/console/queries.ts'
import type { FacetName } from '#lib/domain/evidence.ts'
import type { Question } from './events-query.ts'

const MOST_BUCKETS = 120

/** The filter and the range of a question. */
export const rangeInput = ({ filter, from, to }: Pick<Question, 'filter' | 'from' | 'to'>) => ({
  Filter: filter,
  ...(from && { From: from.getTime() / 1000 }),
  ...(to && { To: to.getTime() / 1000 }),
})

export type Counted<T> = {
  /** The last good answer: it stays while another question is asked, and when it is refused. */
  readonly data: T | undefined
  readonly refining: boolean
  /** The first answer is on its way. */
  readonly waiting: boolean
  readonly refusal: RefusalView | undefined
  readonly retry: () => void
}

function useLastGood<T>(query: UseQueryResult<T>, enabled: boolean): Counted<T> {
  const { data, error, isFetching, isPlaceholderData, refetch } = query
  const [good, setGood] = useState(data)
  if (data !== undefined && data !== good) setGood(() => data)
  return {
    data: data ?? good,
    refining: isPlaceholderData || isFetching,
    waiting: enabled && data === undefined && good === undefined && !error,
    refusal: error ? refusalIn(error) : undefined,
    retry: () => void refetch(),
  }
}

/** How often what happened, in bars. */
export function useHistogram(question: Question, enabled: boolean) {
  const input: InputOf<'EventHistogram'> = { ...rangeInput(question), MostBuckets: MOST_BUCKETS }
  return useLastGood(
    useQuery({
      ...read(question.account, undefined, 'EventHistogram', input),
      placeholderData: keepPreviousData,
      enabled,
    }),
    enabled,
  )
}

/** The most frequent values of all facets. */
export function useFacets(question: Question, enabled: boolean) {
  return useLastGood(
    useQuery({
      ...read(question.account, undefined, 'EventFacets', rangeInput(question)),
      placeholderData: keepPreviousData,
      enabled,
    }),
    enabled,
  )
}

/** Values of one facet that hold some words. */
export function useFacetValues(question: Question, facet: FacetName | undefined, words: string) {
  const input: InputOf<'EventFacets'> = {
    ...rangeInput(question),
    ...(facet && { Facet: facet }),
    ...(words !== '' && { Words: words }),
  }
  return useLastGood(
    useQuery({
      ...read(question.account, undefined, 'EventFacets', input),
      placeholderData: keepPreviousData,
      enabled: facet !== undefined,
    }),
    facet !== undefined,
  )
}

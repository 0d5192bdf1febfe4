'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import type { ShownGrant } from './grant-words.ts'
import { PAGE } from './list-input.ts'

type ListName = 'ListGrants' | 'ListRetirableGrants' | 'SearchGrants'

/** The first page, as the server read it. */
export type FirstPage<N extends ListName> = {
  readonly input: InputOf<N>
  readonly output?: OutputOf<N>
  readonly refusal?: RefusalView
}

export type GrantPages = {
  readonly grants: readonly ShownGrant[]
  /** The place of the first row in the whole list. */
  readonly before: number
  /** How many there are in all, where the list counts. */
  readonly count: { readonly Count: number; readonly CountIsExact: boolean } | undefined
  readonly refusal: RefusalView | undefined
  readonly loading: boolean
  /** Rows of another page or filter are shown until those asked for come. */
  readonly refining: boolean
  readonly since: number
  readonly retry: () => void
  readonly next: (() => void) | undefined
  readonly previous: (() => void) | undefined
}

const nextOf = (page: OutputOf<ListName>) =>
  ('NextMarker' in page ? page.NextMarker : undefined) ?? ('NextCursor' in page ? page.NextCursor : undefined)

/** One page at a time, by marker or cursor; going back asks again for the page before. */
export function useGrantPages<N extends ListName>(
  name: N,
  { account, region }: Scope,
  { input, first }: { input: InputOf<N>; first: FirstPage<N> },
): GrantPages {
  const question = JSON.stringify([account, region, input])
  const [{ of, trail }, setTrail] = useState<{ of: string; trail: readonly string[] }>({
    of: question,
    trail: [],
  })
  // Another filter begins at its first page.
  const walked = of === question ? trail : []
  const at = walked.at(-1)
  const asked = { ...input, ...(at !== undefined && { [name === 'SearchGrants' ? 'Cursor' : 'Marker']: at }) }
  const atFirst = at === undefined && JSON.stringify(first.input) === JSON.stringify(input)
  const query = useQuery({
    ...read(account, region, name, asked),
    placeholderData: keepPreviousData,
    ...(atFirst && first.output && { initialData: first.output }),
  })
  // Each of the three answers is a list of grants with, perhaps, where the next page begins.
  const page = query.data as OutputOf<ListName> | undefined
  const next = page && !query.isPlaceholderData ? nextOf(page) : undefined
  const walk = (to: readonly string[]) => setTrail({ of: question, trail: to })
  const refusal = query.error
    ? refusalIn(query.error)
    : query.isPending && atFirst
      ? first.refusal
      : undefined
  return {
    grants: page?.Grants ?? [],
    before: walked.length * PAGE,
    count: page && 'Count' in page ? page : undefined,
    refusal,
    loading: query.isPending && !refusal,
    refining: query.isPlaceholderData,
    since: query.dataUpdatedAt,
    retry: () => void query.refetch(),
    next: next === undefined ? undefined : () => walk([...walked, next]),
    previous: walked.length === 0 ? undefined : () => walk(walked.slice(0, -1)),
  }
}

'use client'

import { useQueries } from '@tanstack/react-query'
import { read } from '#lib/console/queries.ts'
import type { EventPage, EventRow } from './events-query.ts'

// As many ids as a filter of 2,000 characters holds.
const AT_ONCE = 50

type Wanted = { readonly region: string; readonly ids: readonly string[] }

/** Keys that were called by id or ARN: their events do not say what people call them. */
function unnamed(page: EventPage): Wanted[] {
  const byRegion = Map.groupBy(
    page.Events.filter((event) => event.keyId !== null && event.aliasName === null),
    (event) => event.region,
  )
  return [...byRegion].flatMap(([region, events]) => {
    const ids = [...new Set(events.flatMap((event) => event.keyId ?? []))].sort()
    return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) => ({ region, ids: ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE) }))
  })
}

export type NameOf = (event: Pick<EventRow, 'keyId' | 'aliasName'>) => string | undefined

/** How keys are called: by the alias that the request used, else by the first that the key has today. */
export function useKeyNames(account: string, pages: readonly EventPage[]): NameOf {
  const wanted = pages.flatMap(unnamed)
  const names = useQueries({
    queries: wanted.map(({ region, ids }) => read(account, region, 'SearchKeys', { Filter: `id:${ids.join(',')}`, Limit: 200 })),
    combine: (answers) => new Map(answers.flatMap(({ data }) => data?.Keys.map((key) => [key.id, key.aliases[0]] as const) ?? [])),
  })
  return ({ keyId, aliasName }) => aliasName ?? (keyId === null ? undefined : names.get(keyId))
}

'use client'

import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { read } from '#lib/console/queries.ts'
import type { EventRow } from './events-query.ts'
import { type KeysNamed, namesWanted } from './names-wanted.ts'

export type NameOf = (event: Pick<EventRow, 'keyId' | 'aliasName'>) => string | undefined

/** How keys are called: by the alias that the request used, else by the first that the key has today. */
export function useKeyNames(account: string, pages: readonly KeysNamed[]): NameOf {
  const names = useQueries({
    queries: pages
      .flatMap(namesWanted)
      .map(({ region, input }) => read(account, region, 'SearchKeys', input)),
    combine: (answers) =>
      new Map(
        answers.flatMap(({ data }) => data?.Keys.map((key) => [key.id, key.aliases[0]] as const) ?? []),
      ),
  })
  const used = useMemo(
    () =>
      new Map(
        pages.flatMap(({ Events }) => Events.map(({ keyId, aliasName }) => [keyId, aliasName ?? undefined])),
      ),
    [pages],
  )
  return ({ keyId, aliasName }) =>
    aliasName ?? (keyId === null ? undefined : (names.get(keyId) ?? used.get(keyId)))
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { read } from '#lib/console/queries.ts'

/** How old an answer may be that says "40 s ago". Hidden tabs do not ask. */
const AGAIN_MS = 15_000

/** How the log stands, asked again while somebody looks. Who may not know is not asked again. */
export function useLogState(account: string, every = AGAIN_MS) {
  return useQuery({
    ...read(account, undefined, 'GetLogState', {}),
    staleTime: every,
    refetchInterval: ({ state }) => (state.error ? false : every),
  })
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLogState } from '#components/integrity/use-log-state.ts'
import { read } from '#lib/console/queries.ts'
import type { Chain } from './rail.ts'

const NEWEST = 200

/** How the log stands at the rows of a list. Who may not know sees the places alone. */
export function useChain(account: string, enabled: boolean): Chain {
  const log = useLogState(account).data
  const { data } = useQuery({
    ...read(account, undefined, 'ListCheckpoints', { Limit: NEWEST }),
    // Asked for once; what is signed for later is told by the log's state.
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })
  const size = log?.Checkpoint?.Size
  const sizes = useMemo(
    () => [...(size === undefined ? [] : [size]), ...(data?.Checkpoints.map(({ Size }) => Size) ?? [])],
    [size, data],
  )
  return { log, sizes }
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useNow } from '#components/clock.tsx'
import { toDate } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

/** What waits for somebody in a section: the number beside its sidebar item, and the same in words. */
export type Attention = { readonly mark: string; readonly words: string }

/** By section: only where somebody must act. */
export type Waiting = { readonly rotation?: Attention; readonly imports?: Attention }

const SOON_MS = 14 * 86_400_000
// A key that is about to be deleted needs no rotation.
const OVERDUE = 'rotation:overdue -state:PendingDeletion,PendingReplicaDeletion'
// Past nine it is a list to work through, whatever its length.
const MOST = 10

function attention(number: number, word: string): Attention | undefined {
  if (number === 0) return undefined
  return number < MOST
    ? { mark: String(number), words: `${number} ${word}` }
    : { mark: `${MOST - 1}+`, words: `more than ${MOST - 1} ${word}` }
}

/**
 * Rotations that are overdue, and imported material in its last 14 days. Asked in the browser, after the page is there;
 * who may not list keys gets no number. `known` is false in a Region that the account does not have.
 */
export function useAttention({ account, region }: Scope, known: boolean): Waiting {
  const now = useNow()
  const overdue = useQuery({
    ...read(account, region, 'SearchKeys', { Filter: OVERDUE, Limit: 1 }),
    enabled: known,
  })
  const imported = useQuery({
    ...read(account, region, 'SearchKeys', {
      Filter: 'origin:EXTERNAL',
      Sort: 'materialExpires',
      Limit: MOST,
    }),
    // Both ask for the same permission: what was refused once is not asked again.
    enabled: known && overdue.isSuccess,
  })
  const expiring = (imported.data?.Keys ?? []).filter(
    ({ imported: material }) =>
      material?.expires && toDate(material.expires).getTime() - now.getTime() <= SOON_MS,
  )
  const rotation = attention(overdue.data?.Count ?? 0, 'overdue')
  const imports = attention(expiring.length, 'expiring')
  return { ...(rotation && { rotation }), ...(imports && { imports }) }
}

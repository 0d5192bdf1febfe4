'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useNow } from '#components/clock.tsx'
import { accessChanges, losingRecentUse } from '#components/policy/access-changes.ts'
import { useReplay } from '#components/policy/use-replay.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { question, read } from '#lib/console/queries.ts'
import type { PolicyPlace } from '../policy-place.ts'

/** What a draft would change for people: by the policies as they are, and by the calls of the last 30 days. */
export function useConsequences({ scope, reference }: PolicyPlace, text: string, enabled: boolean) {
  const { account, region } = scope
  const now = useNow()
  const compared = useQuery({
    ...question(account, region, 'CompareAccess', { KeyId: reference, Policy: text }),
    enabled,
  })
  const who = useQuery({ ...read(account, region, 'WhoCan', { KeyId: reference }), enabled })
  const replay = useReplay({ scope, reference, text, enabled })
  const differences = compared.data?.Differences
  const error = compared.error ?? who.error
  return {
    changes: useMemo(
      () => (differences && who.data ? accessChanges(differences, who.data) : undefined),
      [differences, who.data],
    ),
    refusal: error ? refusalIn(error) : undefined,
    retry: () => void Promise.all([compared.refetch(), who.refetch()]),
    replay,
    losing: losingRecentUse(differences ?? [], who.data, replay.result?.lost ?? [], now.getTime() / 1000),
    /** Until then nobody knows who loses what. */
    known: Boolean(error) || (differences !== undefined && who.data !== undefined),
  }
}

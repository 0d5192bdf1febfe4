'use client'

import { useQueries } from '@tanstack/react-query'
import type { EventRow } from '#components/audit/events-query.ts'
import { read } from '#lib/console/queries.ts'

/** A key's newest versions are those of its latest changes. */
const NEWEST = 20

/** Which version of its key policy an event made; undefined for other events, and for who may not read the policy. */
export function usePolicyVersions(account: string, events: readonly EventRow[]) {
  const keys = new Map(
    events
      .filter(({ eventName }) => eventName === 'PutKeyPolicy')
      .flatMap(({ keyId, region }) =>
        keyId === null ? [] : [[`${region} ${keyId}`, { keyId, region }] as const],
      ),
  )
  const versions = useQueries({
    queries: [...keys.values()].map(({ keyId, region }) =>
      read(account, region, 'ListPolicyVersions', { KeyId: keyId, Limit: NEWEST }),
    ),
    combine: (answers) =>
      new Map(
        answers.flatMap(
          ({ data }) =>
            data?.Versions.flatMap(({ EventId, Version }) =>
              EventId === null ? [] : [[EventId, Version] as const],
            ) ?? [],
        ),
      ),
  })
  return ({ id }: Pick<EventRow, 'id'>): number | undefined => versions.get(id)
}

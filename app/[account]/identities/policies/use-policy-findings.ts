'use client'

import { useQuery } from '@tanstack/react-query'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson, readKey } from '#lib/console/queries.ts'

type Page = OutputOf<'ListPolicyFindings'>
export type PolicyFindings = Page['Policies'][number]

/** IAM has 1,500 policies in an account at most. */
const LIMIT = 100
const MOST_PAGES = 15

async function allPages(signal: AbortSignal): Promise<ReadonlyMap<string, PolicyFindings>> {
  const found = new Map<string, PolicyFindings>()
  let marker: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input = { Limit: LIMIT, ...(marker !== undefined && { Marker: marker }) }
    // Typed by the operation that the path names.
    const answer = (await fetchJson(paths.engine('ListPolicyFindings', undefined, input), { signal })) as Page
    for (const policy of answer.Policies) found.set(policy.PolicyName, policy)
    marker = answer.NextMarker
    if (marker === undefined) break
  }
  return found
}

/** What is found in the policies of the account, by name: after the list itself, which does not wait for it. */
export function usePolicyFindings(account: string) {
  const { data, isPending } = useQuery({
    queryKey: readKey(account, undefined, 'ListPolicyFindings', {}),
    queryFn: ({ signal }) => allPages(signal),
    staleTime: 60_000,
  })
  return { found: data, pending: isPending }
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

export type Principal = {
  readonly arn: string
  readonly name: string
  readonly kind: 'root' | 'user' | 'role'
  /** Epoch seconds. */
  readonly lastActive?: number
}

export type Principals = {
  /** Undefined while they are read, and when they may not be. */
  readonly list: readonly Principal[] | undefined
  readonly known: ReadonlySet<string> | undefined
  readonly refusal: RefusalView | undefined
  readonly retry: () => void
}

/** The people of the account. Someone who may not list them can still paste ARNs. */
export function usePrincipals(account: string): Principals {
  const query = useQuery({
    queryKey: [account, '', 'principals'],
    // The desk's answer is ours: { principals }.
    queryFn: async ({ signal }) =>
      ((await fetchJson(paths.principals(), { signal })) as { principals: readonly Principal[] }).principals,
    select: (principals) => ({ list: principals, known: new Set(principals.map(({ arn }) => arn)) }),
  })
  return {
    list: query.data?.list,
    known: query.data?.known,
    refusal: query.error ? refusalIn(query.error) : undefined,
    retry: () => void query.refetch(),
  }
}

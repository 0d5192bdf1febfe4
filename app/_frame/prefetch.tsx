import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ask } from '#lib/console/engine.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { InputOf, ReadName } from '#lib/console/operations.ts'
import { readKey } from '#lib/console/queries.ts'
import { requireSession } from '#lib/console/session.ts'

export type PrefetchRead = { [N in ReadName]: { readonly name: N; readonly input: InputOf<N> } }[ReadName]

type PrefetchProps = { account: string; region?: string; reads: readonly PrefetchRead[]; children: ReactNode }

/**
 * Asks on the server and hands the answers, refusals included, to the page's `useQuery(read(…))`: the first page is
 * in the first response, and nothing is asked twice.
 */
export async function Prefetch({ account, region, reads, children }: PrefetchProps) {
  await requireSession()
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  await Promise.all(
    reads.map(({ name, input }) =>
      client.prefetchQuery({
        queryKey: readKey(account, region, name, input),
        // A refusal crosses to the browser as plain data; an Error would lose its words.
        queryFn: () =>
          ask(name, input as never, region ? { region } : {}).catch((thrown) =>
            Promise.reject(refusalIn(thrown)),
          ),
      }),
    ),
  )
  const state = dehydrate(client, {
    shouldDehydrateQuery: ({ state: { status } }) => status !== 'pending',
    shouldRedactErrors: () => false,
  })
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>
}

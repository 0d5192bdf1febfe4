'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { refusalIn } from '#lib/console/messages.ts'
import { useConnectionLost } from './connection.tsx'
import { useSessionEnded } from './session-ended.tsx'

const TRIES = 2
// What was read for a page is good while it is looked at; changes invalidate it.
const FRESH_MS = 30_000

/** react-query for one page tree. Nothing is kept beyond the tab. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const ended = useSessionEnded()
  const lost = useConnectionLost()
  const [client] = useState(() => {
    const onError = (thrown: unknown) => {
      const { code } = refusalIn(thrown)
      if (code === 'SessionEnded') ended()
      if (code === 'EngineUnreachable') lost()
    }
    return new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      defaultOptions: {
        queries: {
          staleTime: FRESH_MS,
          refetchOnWindowFocus: false,
          // A refusal is an answer: only a silent engine is asked again.
          retry: (failures, thrown) => failures < TRIES && refusalIn(thrown).code === 'EngineUnreachable',
          retryOnMount: false,
        },
      },
    })
  })
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

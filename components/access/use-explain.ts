'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useCopy } from '#components/ui/copy-button.tsx'
import type { RefusalView } from '#lib/console/messages.ts'
import { read } from '#lib/console/queries.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { accountOf, plainStatement, refusedOf } from './refused-question.ts'
import { askFor, type Explanation } from './trace-words.ts'

export const regionOf = (resource: string): string | undefined => parseArn(resource)?.region || undefined

/** Copies a message that asks for the permission, with the smallest change that the engine knows. */
export function useAskForAccess(refusal: RefusalView): { ask: () => void; asking: boolean; copied: boolean } {
  const queries = useQueryClient()
  const { copy, copied } = useCopy()
  const [asking, setAsking] = useState(false)
  const refused = refusedOf(refusal)
  const { principal, action, resource } = refused
  const account = accountOf(refused)
  function explain(): Promise<Explanation> {
    if (refusal.eventId)
      return queries.fetchQuery(read(account, undefined, 'ExplainEvent', { EventId: refusal.eventId }))
    const question = { PrincipalArn: principal, Action: action, Resource: resource || '*' }
    return queries.fetchQuery(read(account, regionOf(resource), 'ExplainAccess', question))
  }
  async function ask() {
    if (asking) return
    setAsking(true)
    const asked = { PrincipalArn: principal, Action: action, Resource: resource || '*' }
    try {
      copy(askFor(asked, (await explain()).Remedy))
    } catch {
      const Sentence = 'Add this statement.'
      copy(askFor(asked, { Sentence, Where: 'key-policy', Statement: plainStatement(refused) }))
    } finally {
      setAsking(false)
    }
  }
  return { ask: () => void ask(), asking, copied }
}

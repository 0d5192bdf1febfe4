'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import type { ReplicaRequest } from '#components/keys/replication.ts'
import { useSessionEnded } from '#components/session-ended.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { type ActionResult, type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { createAlias } from '../../../aliases/actions.ts'
import { replicateKey } from './actions.ts'

/** How one call went. */
export type Went =
  | { readonly done: false; readonly refusal?: never; readonly eventId?: never }
  | { readonly done: true; readonly eventId: string | null; readonly refusal?: RefusalView }

export type Line = {
  readonly request: ReplicaRequest
  readonly replica: Went
  readonly alias: Went | undefined
}

const WAITING: Went = { done: false }

async function went(call: () => Promise<ActionResult>): Promise<Went> {
  try {
    const result = await call()
    return result.ok
      ? { done: true, eventId: result.eventId }
      : { done: true, eventId: result.error.eventId, refusal: result.error }
  } catch (thrown) {
    return { done: true, eventId: null, refusal: refusalIn(thrown) }
  }
}

/** One ReplicateKey a Region, then its alias; what one Region refuses does not stop the next. */
export function useReplication({ account, region }: Scope, keyId: string) {
  const [lines, setLines] = useState<readonly Line[]>([])
  const [running, setRunning] = useState(false)
  const busy = useRef(false)
  const ended = useSessionEnded()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const router = useRouter()

  const put = (at: number, change: Partial<Line>) =>
    setLines((before) => before.map((line, index) => (index === at ? { ...line, ...change } : line)))

  async function one({ to, alias, policy, tags, description }: ReplicaRequest, at: number): Promise<boolean> {
    const form = {
      region,
      key: keyId,
      to,
      tags,
      ...(policy !== undefined && { policy }),
      ...(description && { description }),
    }
    const replica = await went(() => replicateKey(form))
    put(at, { replica })
    if (replica.refusal?.code === 'SessionEnded') ended()
    if (replica.refusal) return false
    if (!alias) return true
    const named = await went(() => createAlias({ region: to, alias, key: keyId }))
    put(at, { alias: named })
    return !named.refusal
  }

  async function run(requests: readonly ReplicaRequest[]) {
    if (busy.current) return
    busy.current = true
    setRunning(true)
    setLines(
      requests.map((request) => ({ request, replica: WAITING, alias: request.alias ? WAITING : undefined })),
    )
    let good = 0
    for (const [at, request] of requests.entries()) if (await one(request, at)) good++
    announce(`${good} of ${requests.length} Regions done.`)
    await queries.invalidateQueries({ queryKey: [account] })
    router.refresh()
    busy.current = false
    setRunning(false)
  }

  return { lines, running, run }
}

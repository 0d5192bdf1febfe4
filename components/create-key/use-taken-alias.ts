'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { shortId } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { aliasFault } from './alias-fault.ts'

const PAUSE_MS = 300

/** A text once it has rested. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

export type AliasCheck = {
  readonly taken: string | undefined
  readonly state: 'idle' | 'checking' | 'free' | 'taken' | 'unknown'
}

/** Whether an alias is free, asked once typing has paused. Creation decides again. */
export function useAliasCheck(scope: Scope, alias: string): AliasCheck {
  const rested = useRested(alias)
  const sound = aliasFault(rested) === undefined
  const query = useQuery({
    ...read(scope.account, scope.region, 'SearchKeys', { Filter: `alias:"alias/${rested}"`, Limit: 2 }),
    enabled: sound,
    staleTime: 0,
  })
  if (aliasFault(alias) !== undefined) return { state: 'idle', taken: undefined }
  if (alias !== rested || query.isPending) return { state: 'checking', taken: undefined }
  if (query.error) return { state: 'unknown', taken: undefined }
  const holder = query.data?.Keys.find((key) => key.aliases.includes(`alias/${alias}`))
  if (!holder) return { state: 'free', taken: undefined }
  return { state: 'taken', taken: `alias/${alias} already points to ${shortId(holder.id)}. Choose another.` }
}

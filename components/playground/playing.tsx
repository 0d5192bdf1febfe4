'use client'

import { createContext, type ReactNode, use, useMemo, useState } from 'react'
import type { ActionResult } from '#lib/console/messages.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { SessionView } from '#lib/console/session.ts'
import type { KeyNature, Played } from './played.ts'

export type RunForm<N extends Played> = { readonly region: string; readonly input: InputOf<N> }
/** The server action of every call. */
export type Calls = { readonly [N in Played]: (form: RunForm<N>) => Promise<ActionResult<OutputOf<N>>> }

/** The key that the page is about, as far as it is known. */
export type CurrentKey = {
  readonly reference: string
  readonly name: string
  readonly nature: KeyNature | undefined
}

type Playing = {
  readonly scope: Scope
  readonly endpoint: string
  readonly calls: Calls
  /** Everyone signed in on this browser, and which of them the page is looked at as. */
  readonly sessions: readonly SessionView[]
  readonly self: string
  readonly key: CurrentKey | undefined
  readonly setKey: (key: CurrentKey | undefined) => void
}

const PlayingContext = createContext<Playing | undefined>(undefined)

type Props = Pick<Playing, 'scope' | 'endpoint' | 'calls' | 'sessions' | 'self'> & { children: ReactNode }

/** Stays while one goes from operation to operation, and with it the key that was picked. */
export function PlayingProvider({ scope, endpoint, calls, sessions, self, children }: Props) {
  const [key, setKey] = useState<CurrentKey>()
  const { account, region } = scope
  const value = useMemo(
    () => ({ scope: { account, region }, endpoint, calls, sessions, self, key, setKey }),
    [account, region, endpoint, calls, sessions, self, key],
  )
  return <PlayingContext value={value}>{children}</PlayingContext>
}

export function usePlaying(): Playing {
  const playing = use(PlayingContext)
  if (!playing) throw new Error('outside of the playground')
  return playing
}

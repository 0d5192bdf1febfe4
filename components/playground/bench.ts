'use client'

import type { InputOf } from '#lib/console/operations.ts'
import type { Played } from './played.ts'
import { type Call, useCall } from './use-call.ts'
import { useClearing } from './use-clearing.ts'

/** A call and its page: what every operation of the playground has. */
export type Bench<N extends Played> = {
  readonly name: N
  readonly call: Call<N>
  readonly cleared: boolean
  readonly clear: () => void
}

/** `empty` puts the fields back as they were at first. */
export function useBench<N extends Played>(name: N, empty: () => void): Bench<N> {
  const call = useCall(name)
  const { cleared, clear } = useClearing(() => {
    empty()
    call.clear()
  })
  return { name, call, cleared, clear }
}

/** The request, or why it cannot be sent yet. */
export type Ready<N extends Played> =
  | { readonly input: InputOf<N>; readonly reason?: never }
  | { readonly input?: never; readonly reason: string }

/** The first thing that is wrong, if anything is. */
export const firstOf = (...faults: readonly (string | false | undefined)[]): string | undefined =>
  faults.find((fault): fault is string => typeof fault === 'string' && fault !== '')

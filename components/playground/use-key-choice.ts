'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PlaygroundOperation } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { type KeyNature, keysOf, type PickedKey, pickedBy, usualKey } from './played.ts'
import { usePlaying } from './playing.tsx'

export type KeyChoice = {
  /** An id, ARN or alias; empty for none. */
  readonly reference: string
  readonly set: (reference: string) => void
  readonly keys: readonly PickedKey[] | undefined
  readonly failed: boolean
  /** The key as the list has it. */
  readonly listed: PickedKey | undefined
  /** What kind of key it is, where that is known. */
  readonly nature: KeyNature | undefined
}

const TYPING_MS = 400

/** A value once it rested for a moment. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

type Start = {
  readonly operation: PlaygroundOperation
  /** The key that the address or another operation names. */
  readonly named?: string | undefined
  /** For ciphertexts, which name their key: none is chosen unless one is named. */
  readonly optional?: boolean
}

/** Which key an operation is tried with: the one named, else the one picked before, else the one used last. */
export function useKeyChoice({ operation, named, optional = false }: Start): KeyChoice {
  const { scope, key: current, setKey: setCurrent } = usePlaying()
  const { data, error } = useQuery(read(scope.account, scope.region, 'SearchKeys', keysOf(operation)))
  const keys = data?.Keys
  const [carried] = useState(current?.reference ?? '')
  const [chosen, set] = useState(named || undefined)
  const usual = optional ? '' : (pickedBy(keys ?? [], carried)?.id ?? usualKey(keys ?? []))
  const reference = chosen ?? usual
  const listed = pickedBy(keys ?? [], reference)
  const rested = useRested(reference)
  const asked = useQuery({
    ...read(scope.account, scope.region, 'DescribeKey', { KeyId: rested }),
    enabled: !listed && keys !== undefined && rested.length > 8 && rested === reference,
  })
  const described = rested === reference ? asked.data?.KeyMetadata : undefined
  const spec = listed?.spec ?? described?.KeySpec
  const usage = listed?.usage ?? described?.KeyUsage
  const name = listed?.aliases[0] ?? reference
  useEffect(() => {
    if (reference !== '') setCurrent({ reference, name, nature: spec && usage ? { spec, usage } : undefined })
  }, [reference, name, spec, usage, setCurrent])
  return {
    reference,
    set,
    keys,
    failed: error !== null,
    listed,
    nature: spec && usage ? { spec, usage } : undefined,
  }
}

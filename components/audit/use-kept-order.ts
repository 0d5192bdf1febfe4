'use client'

import { useState } from 'react'
import type { Facet } from '#lib/domain/evidence.ts'
import { inKeptOrder } from './facet-words.ts'

/** Facets whose values stand where they stood before, until something else (`of`: a range) is looked at. */
export function useKeptOrder(facets: readonly Facet[] | undefined, of: string): readonly Facet[] {
  const [kept, setKept] = useState<{
    of: string
    from: readonly Facet[] | undefined
    facets: readonly Facet[]
  }>({
    of,
    from: facets,
    facets: facets ?? [],
  })
  if (kept.from === facets) return kept.facets
  const before = kept.of === of ? kept.facets : []
  const ordered = (facets ?? []).map((facet) => {
    const last = before.find(({ Name }) => Name === facet.Name)?.Values.map(({ Value }) => Value) ?? []
    return { ...facet, Values: inKeptOrder(last, facet.Values) }
  })
  setKept({ of, from: facets, facets: ordered })
  return ordered
}

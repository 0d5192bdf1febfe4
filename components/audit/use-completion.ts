'use client'

import { useState } from 'react'
import { typing } from '#components/filter-suggestions.tsx'
import type { OutputOf } from '#lib/console/operations.ts'
import { FACETS, type FacetName } from '#lib/domain/evidence.ts'
import type { Question } from './events-query.ts'
import { actorValue, fieldOf } from './facet-terms.ts'
import { facetWords } from './facet-words.ts'
import { useFacetValues } from './use-counts.ts'
import { useSettled } from './use-settled.ts'

const facetOf = (field: string): FacetName | undefined =>
  FACETS.find((name) => name === field && name !== 'ctx')

type Given = {
  question: Question
  facets: OutputOf<'EventFacets'> | undefined
  keyName: (id: string) => string | undefined
}

/** What the filter bar offers beyond its fields: names of encryption contexts, and values that are in the range. */
export function useCompletion({ question, facets, keyName }: Given) {
  const [draft, setDraft] = useState('')
  const { field, typed } = typing(useSettled(draft))
  const words = typed?.split(',').at(-1) ?? ''
  const asked = typed === undefined || words === '' ? undefined : facetOf(field)
  const found = useFacetValues(question, asked, words).data
  const valuesIn = (name: FacetName | undefined, from: OutputOf<'EventFacets'> | undefined) =>
    from?.Facets.find(({ Name }) => Name === name)?.Values ?? []
  return {
    names: valuesIn('ctx', facets).map(({ Value }) => fieldOf('ctx', Value)),
    valuesOf(name: string) {
      const facet = facetOf(name)
      if (!facet) return []
      const values = [...valuesIn(facet, facets), ...valuesIn(facet, found)]
      return [...new Map(values.map((one) => [one.Value, one])).values()].map(({ Value, Count }) => ({
        value: facet === 'actor' ? actorValue(Value, question.account) : Value,
        label: facetWords(facet, Value, keyName),
        count: Count,
      }))
    },
    onDraft: setDraft,
  }
}

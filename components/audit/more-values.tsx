'use client'

import { useState } from 'react'
import { ErrorState } from '#components/states.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { FacetName } from '#lib/domain/evidence.ts'
import type { Question } from './events-query.ts'
import { type Standing, standingIn, termOfFacet, withStanding } from './facet-terms.ts'
import { FacetValue } from './facet-value.tsx'
import { FACET_LABELS, facetWords } from './facet-words.ts'
import { useFacetValues } from './use-counts.ts'
import { useSettled } from './use-settled.ts'

type Props = {
  question: Question
  facet: FacetName
  keyName: (id: string) => string | undefined
  onFilter: (filter: string) => void
  onClose: () => void
}

/** All values of a facet, searched. */
export function MoreValues({ question, facet, keyName, onFilter, onClose }: Props) {
  const [words, setWords] = useState('')
  const { data, refusal, retry, refining } = useFacetValues(question, facet, useSettled(words.trim()))
  const label = FACET_LABELS[facet]
  const found = data?.Facets.find(({ Name }) => Name === facet)
  const stand = (value: string, standing: Standing) =>
    onFilter(withStanding(question.filter, termOfFacet(facet, value, question.account), standing))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={label}
      description="In the range and the filter in force."
    >
      <Field label="Search" optional>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      {refusal && (
        <ErrorState
          what="The values couldn’t be read."
          refusal={refusal}
          onRetry={retry}
          retrying={refining}
        />
      )}
      <ul
        aria-label={label}
        aria-busy={refining || undefined}
        className="mt-3 max-h-[40vh] overflow-y-auto pe-2"
      >
        {found?.Values.map(({ Value, Count }) => (
          <FacetValue
            key={Value}
            facet={label}
            words={facetWords(facet, Value, keyName)}
            count={Count}
            exact={found.Exact}
            standing={standingIn(question.filter, termOfFacet(facet, Value, question.account))}
            onStanding={(standing) => stand(Value, standing)}
          />
        ))}
      </ul>
      {found?.Values.length === 0 && <p className="text-table text-text2">None has these words.</p>}
      {found?.More && <p className="pt-2 text-table text-text2">There are more: search for them.</p>}
    </Dialog>
  )
}

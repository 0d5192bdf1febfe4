'use client'

import { useState } from 'react'
import { RefusalCode } from '#components/states.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { OutputOf } from '#lib/console/operations.ts'
import type { Facet, FacetName } from '#lib/domain/evidence.ts'
import type { Question } from './events-query.ts'
import { standingIn, termOfFacet, withStanding } from './facet-terms.ts'
import { FacetValue } from './facet-value.tsx'
import { FACET_LABELS, facetWords } from './facet-words.ts'
import { MoreValues } from './more-values.tsx'
import type { Counted } from './use-counts.ts'
import { useKeptOrder } from './use-kept-order.ts'

export type FacetsProps = {
  counted: Counted<OutputOf<'EventFacets'>>
  question: Question
  keyName: (id: string) => string | undefined
  onFilter: (filter: string) => void
}

const SHOWN = 8

/** What there is in the range, by outcome, class, event, and so on; each value filters. */
export function EventFacets(props: FacetsProps) {
  const { data, refusal, refining, waiting, retry } = props.counted
  const { from, to } = props.question
  const facets = useKeptOrder(data?.Facets, `${from?.getTime()} ${to?.getTime()}`)
  const [more, setMore] = useState<FacetName>()
  return (
    <section aria-label="Facets" aria-busy={refining || undefined}>
      {refusal && (
        <div className="border-t border-line py-2 text-table text-brass">
          The facets couldn’t be read. <RefusalCode refusal={refusal} />
          <button type="button" className="link min-h-6" onClick={retry}>
            Retry
          </button>
        </div>
      )}
      {waiting && <Waiting />}
      {facets.map((facet) => (
        <Values key={facet.Name} facet={facet} {...props} onMore={() => setMore(facet.Name)} />
      ))}
      {more && (
        <MoreValues
          question={props.question}
          facet={more}
          keyName={props.keyName}
          onFilter={props.onFilter}
          onClose={() => setMore(undefined)}
        />
      )}
    </section>
  )
}

const Waiting = () =>
  ['w-3/5', 'w-2/5', 'w-1/2', 'w-4/5', 'w-1/3'].map((width) => (
    <div key={width} className="border-t border-line py-3">
      <Skeleton className={width} />
    </div>
  ))

type ValuesProps = FacetsProps & { facet: Facet; onMore: () => void }

function Values({ facet, question, keyName, onFilter, onMore }: ValuesProps) {
  const { Name: name, Values: values, Exact: exact, More } = facet
  if (values.length === 0) return null
  const label = FACET_LABELS[name]
  return (
    <section className="border-t border-line py-1.5">
      <h2 className="min-h-6 content-center text-label font-medium text-text2">{label}</h2>
      <ul aria-label={label}>
        {values.slice(0, SHOWN).map(({ Value: value, Count: count }) => {
          const term = termOfFacet(name, value, question.account)
          return (
            <FacetValue
              key={value}
              facet={label}
              words={facetWords(name, value, keyName)}
              count={count}
              exact={exact}
              standing={standingIn(question.filter, term)}
              onStanding={(standing) => onFilter(withStanding(question.filter, term, standing))}
            />
          )
        })}
      </ul>
      {(More || values.length > SHOWN) && (
        <button
          type="button"
          aria-label={`More: ${label}`}
          className="link min-h-6 text-table max-md:min-h-11"
          onClick={onMore}
        >
          More
        </button>
      )}
    </section>
  )
}

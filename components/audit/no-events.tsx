'use client'

import { useQueries, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { EmptyState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { count, formatMoment } from '#lib/console/format.ts'
import { read } from '#lib/console/queries.ts'
import { type FilterTerm, parseFilter, printFilter, printTerm } from '#lib/domain/filter.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import { type AuditAddress, auditHref, DEFAULT_FILTER } from './address.ts'
import { type Bounds, presetCovering } from './range.ts'
import { rangeInput } from './use-counts.ts'

type Props = {
  account: string
  address: AuditAddress
  bounds: Bounds
  at: Date
  endpoint: string
  onFilter: (filter: string) => void
}

const EVERY_MS = 3000

function between({ from, to }: Bounds, at: Date): string {
  if (from === null && to === null) return ''
  if (from === null) return ` before ${formatMoment(to ?? at)}`
  return ` between ${formatMoment(from)} and ${formatMoment(to ?? at)}`
}

/** A range or filter without events: what matched last, wherever it is; and for an empty log, how to make the first. */
export function NoEvents({ account, address, bounds, at, endpoint, onFilter }: Props) {
  const everything = address.q === '' || address.q === DEFAULT_FILTER
  const { data } = useQuery({
    ...read(account, undefined, 'SearchEvents', { Filter: address.q, Limit: 1 }),
    // An empty log is looked at until it is not.
    refetchInterval: (query) => (everything && query.state.data?.Count === 0 ? EVERY_MS : false),
  })
  const best = useBestRemoval(account, address.q, bounds)
  const last = data?.Events[0]
  if (everything && data?.Count === 0) return <FirstEvent endpoint={endpoint} />
  return (
    <EmptyState
      actions={
        !everything && (
          <>
            <Button onClick={() => onFilter('')}>Clear filters</Button>
            {best && (
              <Button onClick={() => onFilter(best.rest)}>
                Remove {printTerm(best.term)} ({count(best.matches, 'match', 'matches')})
              </Button>
            )}
          </>
        )
      }
    >
      <p>
        No events{between(bounds, at)} match
        {address.q !== '' && (
          <>
            {' '}
            <code className="break-all text-mono">{address.q}</code>
          </>
        )}
        .
      </p>
      {last && (
        <p>
          The last match was <Time at={last.ts} />.{' '}
          <Link
            href={auditHref(account, {
              q: address.q,
              last: presetCovering(new Date(last.ts * 1000), at),
              event: last.id,
            })}
            className="link"
          >
            Go there
          </Link>
        </p>
      )}
      {data?.Count === 0 && <p>No event in this account’s log matches, at any time.</p>}
    </EmptyState>
  )
}

const MOST_TERMS = 6

/** The one term of a filter whose removal brings most back, in the same range. */
function useBestRemoval(account: string, filter: string, bounds: Bounds) {
  const { terms, faults } = parseFilter(filter, AUDIT_FIELDS)
  const few = faults.length === 0 && terms.length > 1 && terms.length <= MOST_TERMS
  const without = few
    ? terms.map((term) => ({ term, rest: printFilter(terms.filter((other) => other !== term)) }))
    : []
  const counts = useQueries({
    queries: without.map(({ rest }) =>
      read(account, undefined, 'CountEvents', rangeInput({ ...bounds, filter: rest })),
    ),
  })
  return without
    .map((one, index) => ({ ...one, matches: counts[index]?.data?.Count ?? 0 }))
    .reduce<{ term: FilterTerm; rest: string; matches: number } | undefined>(
      (most, one) => (one.matches > (most?.matches ?? 0) ? one : most),
      undefined,
    )
}

function FirstEvent({ endpoint }: { endpoint: string }) {
  return (
    <EmptyState>
      <p>Every call to this server lands here, allowed or not, including encrypt and decrypt. Make one:</p>
      <CodeBlock label="Command" code={`aws kms list-keys --endpoint-url ${endpoint}`} />
      <p role="status">Waiting for the first event…</p>
    </EmptyState>
  )
}

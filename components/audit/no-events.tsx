'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { EmptyState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { formatMoment } from '#lib/console/format.ts'
import { read } from '#lib/console/queries.ts'
import { type AuditAddress, auditHref, DEFAULT_FILTER } from './address.ts'
import { type Bounds, presetCovering } from './range.ts'

type Props = {
  account: string
  address: AuditAddress
  bounds: Bounds
  at: Date
  endpoint: string
  onClear: () => void
}

const EVERY_MS = 3000

function between({ from, to }: Bounds, at: Date): string {
  if (from === null && to === null) return ''
  if (from === null) return ` before ${formatMoment(to ?? at)}`
  return ` between ${formatMoment(from)} and ${formatMoment(to ?? at)}`
}

/** A range or filter without events: what matched last, wherever it is; and for an empty log, how to make the first. */
export function NoEvents({ account, address, bounds, at, endpoint, onClear }: Props) {
  const everything = address.q === '' || address.q === DEFAULT_FILTER
  const { data } = useQuery({
    ...read(account, undefined, 'SearchEvents', { Filter: address.q, Limit: 1 }),
    // An empty log is looked at until it is not.
    refetchInterval: (query) => (everything && query.state.data?.Count === 0 ? EVERY_MS : false),
  })
  const last = data?.Events[0]
  if (everything && data?.Count === 0) return <FirstEvent endpoint={endpoint} />
  return (
    <EmptyState
      actions={
        address.q !== DEFAULT_FILTER && address.q !== '' && <Button onClick={onClear}>Clear filters</Button>
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

function FirstEvent({ endpoint }: { endpoint: string }) {
  return (
    <EmptyState>
      <p>Every call to this server lands here, allowed or not, including encrypt and decrypt. Make one:</p>
      <CodeBlock label="Command" code={`aws kms list-keys --endpoint-url ${endpoint}`} />
      <p role="status">Waiting for the first event…</p>
    </EmptyState>
  )
}

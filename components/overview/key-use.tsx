'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { ErrorState, PartialLine } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { KeyUseChart } from './key-use-chart.tsx'
import { type Bucket, type Histogram, stepTime, sumOf, totalOf } from './key-use-shape.ts'

const USE = 'class:crypto'
const DAY_SECONDS = 86_400
/** Quarters of an hour, of which the first and the last are cut by the range. */
const MOST_STEPS = 97

/** Cryptographic calls of a day: allowed, refused, failed. */
export function KeyUse({ account, since }: { account: string; since: number }) {
  const { data, error, refetch, isFetching } = useQuery(
    read(account, undefined, 'EventHistogram', {
      ...{ Filter: USE, From: since - DAY_SECONDS, To: since, MostBuckets: MOST_STEPS },
    }),
  )
  return (
    <Section
      title="Key use, last 24 hours"
      actions={
        <Link href={paths.audit(account, { q: USE, last: '24h' })} className="link text-table">
          All use of keys
        </Link>
      }
    >
      {error && (
        <ErrorState
          what="The use of keys couldn’t be read."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !error && <Skeleton className="late w-4/5" />}
      {data && <Use histogram={data} />}
    </Section>
  )
}

function Use({ histogram }: { histogram: Histogram }) {
  const [asTable, setAsTable] = useState(false)
  const { Buckets: buckets } = histogram
  const used = buckets.filter((bucket) => sumOf(bucket) > 0)
  if (used.length === 0)
    return <p className="py-2 text-table text-text2">No key has been used in the last 24 hours.</p>
  const label = `Use of keys over 24 hours: ${(['Ok', 'Error', 'Denied'] as const)
    .map(
      (series) =>
        `${formatNumber(totalOf(buckets, series))} ${series === 'Ok' ? 'OK' : series.toLowerCase()}`,
    )
    .join(', ')}.`
  return (
    <>
      {!histogram.Exact && histogram.SearchedFrom !== null && (
        <PartialLine>
          Counted from <Time at={histogram.SearchedFrom} as="moment" /> on.
        </PartialLine>
      )}
      {asTable ? (
        <UseTable buckets={used} step={histogram.StepSeconds} />
      ) : (
        <KeyUseChart buckets={buckets} label={label} />
      )}
      <button
        type="button"
        aria-pressed={asTable}
        className="link mt-1 min-h-6 text-table"
        onClick={() => setAsTable(!asTable)}
      >
        View as table
      </button>
    </>
  )
}

/** Steps in which something happened, newest first. */
function UseTable({ buckets, step }: { buckets: readonly Bucket[]; step: number }) {
  return (
    <Table caption="Use of keys over 24 hours" density="compact" scrollClassName="max-h-72 overflow-y-auto">
      <TableHead sticky>
        <HeaderCell>From (UTC), {count(step / 60, 'minute')} each</HeaderCell>
        <HeaderCell className="text-end">OK</HeaderCell>
        <HeaderCell className="text-end">Error</HeaderCell>
        <HeaderCell className="text-end">Denied</HeaderCell>
      </TableHead>
      <TableBody>
        {[...buckets].reverse().map((bucket) => (
          <TableRow key={bucket.At}>
            <RowHeader className="font-normal">{stepTime(bucket)}</RowHeader>
            <Count of={bucket.Ok} name="OK" />
            <Count of={bucket.Error} name="error" />
            <Count of={bucket.Denied} name="denied" />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

const Count = ({ of, name }: { of: number; name: string }) => (
  <Cell narrow="whole" className="text-end max-md:text-start max-md:text-label max-md:text-text2">
    {formatNumber(of)}
    <span className="md:sr-only"> {name}</span>
  </Cell>
)

'use client'

import Link from 'next/link'
import { isOutcome, OutcomeMark } from '#components/outcome-mark.tsx'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { formatClock, formatDate, principalLabel, toDate } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'

type ListedEvent = OutputOf<'SearchEvents'>['Events'][number]

/** One event of a key: the time to the millisecond, and a link to its drawer in the audit log. */
export function EventRow({ account, event }: { account: string; event: ListedEvent }) {
  const date = toDate(event.ts)
  return (
    <TableRow>
      <Cell narrow="fact">
        <time dateTime={date.toISOString()} className="font-mono text-mono">
          <span className="text-text3">{formatDate(date).replace(/ (\w{3})\w*/, ' $1')}</span>{' '}
          {formatClock(date)}
        </time>
      </Cell>
      <RowHeader>
        <Link href={paths.event(account, event.id)} className="text-ink hover:text-ink-hover hover:underline">
          {event.eventName}
        </Link>
      </RowHeader>
      <Cell narrow="end">
        {isOutcome(event.outcome) ? <OutcomeMark outcome={event.outcome} /> : event.outcome}
      </Cell>
      <Cell narrow="fact" className="max-w-48 truncate text-text2">
        {event.actorArn === '' ? (event.actorName ?? '—') : principalLabel(event.actorArn)}
      </Cell>
      <Cell from="lg" className="font-mono text-mono text-text2">
        {event.address ?? '—'}
      </Cell>
      <Cell from="xl" className="max-w-72 truncate text-text2" title={event.detail}>
        {event.detail}
      </Cell>
    </TableRow>
  )
}

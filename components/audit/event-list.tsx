'use client'

import { useCallback, useState } from 'react'
import type { ListViewState } from '#components/columns/use-list-view.ts'
import { Button } from '#components/ui/button.tsx'
import { TableFoot } from '#components/ui/table.tsx'
import { count, formatMoment, formatNumber, toDate, type Zone } from '#lib/console/format.ts'
import type { AuditAddress } from './address.ts'
import type { EventColumn } from './event-columns.tsx'
import { EventTable } from './event-table.tsx'
import type { Question } from './events-query.ts'
import { NoEvents } from './no-events.tsx'
import { useChain } from './use-chain.ts'
import type { Events } from './use-events.ts'
import type { NameOf } from './use-key-names.ts'

const DAY_MS = 86_400_000

type Props = {
  account: string
  address: AuditAddress
  question: Question
  at: Date
  events: Events
  view: ListViewState<EventColumn>
  nameOf: NameOf
  zone: Zone
  endpoint: string
  hrefOf: (id: string) => string
  onOpen: (id: string) => void
  /** Whether the newest row is in sight. */
  onTop: (atTop: boolean) => void
  onChange: (part: Partial<AuditAddress>) => void
}

/** 301–340 of 12,408; of a list that was opened in its middle, only what is known. */
function footOf(events: Events, [first, last]: readonly [number, number]): string {
  const total = `${formatNumber(events.count)}${events.countIsExact ? '' : '+'}`
  if (events.rows.length === 0) return ''
  if (events.start === null) return `${count(last - first + 1, 'event')} in sight of ${total}`
  return `${formatNumber(events.start + first + 1)}–${formatNumber(events.start + last + 1)} of ${total}`
}

/** The events of the question, or why there are none. */
export function EventList(props: Props) {
  const { account, address, question, at, events, view, nameOf, zone, endpoint, onTop, onChange } = props
  const [sight, setSight] = useState<readonly [number, number]>([0, 0])
  const onSight = useCallback(
    (first: number, last: number) => {
      setSight((was) => (was[0] === first && was[1] === last ? was : [first, last]))
      onTop(first === 0)
    },
    [onTop],
  )
  const { live } = address
  const nothing = !events.loading && events.rows.length === 0
  const chain = useChain(account, !nothing)
  if (nothing && live) return <p className="py-5 text-body text-text2">Events appear here as they happen.</p>
  if (nothing && events.refusal) return null
  if (nothing && events.searchedTo !== undefined)
    return <SearchedSoFar events={events} order={question.order} at={events.searchedTo} zone={zone} />
  if (nothing) {
    return (
      <NoEvents
        account={account}
        address={address}
        bounds={question}
        at={at}
        endpoint={endpoint}
        onFilter={(q) => onChange({ q })}
      />
    )
  }
  const order = live ? 'newest' : question.order
  const dated =
    !live && (question.from === null || (question.to ?? at).getTime() - question.from.getTime() > DAY_MS)
  return (
    <>
      <EventTable
        // Another question begins at its own top.
        key={live ? 'live' : `${question.filter} ${question.order} ${question.from} ${question.to}`}
        events={events}
        columns={view.columns}
        density={view.density}
        chain={chain}
        nameOf={nameOf}
        zone={zone}
        dated={dated}
        order={order}
        onOrder={live ? undefined : () => onChange({ sort: order === 'newest' ? 'time' : '-time' })}
        open={address.event}
        centre={!live && question.around !== null}
        live={live}
        hrefOf={props.hrefOf}
        onOpen={props.onOpen}
        onSight={onSight}
      />
      <TableFoot>{footOf(events, sight)}</TableFoot>
      {events.searchedTo !== undefined && (
        <SearchedSoFar events={events} order={order} at={events.searchedTo} zone={zone} />
      )}
    </>
  )
}

type SearchedProps = { events: Events; order: Question['order']; at: number; zone: Zone }

/** No index serves the filter: how far was looked, and the way further. */
function SearchedSoFar({ events, order, at, zone }: SearchedProps) {
  return (
    <p className="flex min-h-9 flex-wrap items-center gap-x-3 text-table text-brass" role="status">
      Searched {order === 'newest' ? 'back to' : 'up to'} {formatMoment(toDate(at), zone)} so far.
      <Button onClick={events.continue} pending={events.searching} pendingLabel="Searching…">
        Continue
      </Button>
    </p>
  )
}

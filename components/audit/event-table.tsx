'use client'

import { useEffect, useMemo, useRef } from 'react'
import { cn } from '#components/ui/class-names.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { HeaderCell, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { useVirtualRows } from '#components/ui/virtual-rows.ts'
import type { Zone } from '#lib/console/format.ts'
import { EventTableRow } from './event-row.tsx'
import type { Events } from './use-events.ts'
import { useKeptPlace } from './use-kept-place.ts'
import type { NameOf } from './use-key-names.ts'
import { useAtLeast } from './use-wide.ts'

const WIDE_ROW = 34
const NARROW_ROW = 53
/** How near to an end of what is loaded more is asked for. */
const NEAR = 12

type Props = {
  events: Events
  nameOf: NameOf
  zone: Zone
  dated: boolean
  order: 'newest' | 'oldest'
  onOrder: () => void
  /** The open event; `centre` when the list was asked for around it. */
  open: string | null
  centre: boolean
  hrefOf: (id: string) => string
  onOpen: (id: string) => void
  /** Told which rows are in sight, as places among those loaded. */
  onSight: (first: number, last: number) => void
}

function EventHead({
  zone,
  dated,
  narrow,
  order,
  onOrder,
}: Pick<Props, 'zone' | 'dated' | 'order' | 'onOrder'> & { narrow: boolean }) {
  return (
    <TableHead sticky>
      <HeaderCell
        className={dated ? 'w-[158px]' : 'w-[116px]'}
        sort={{ direction: order === 'newest' ? 'descending' : 'ascending', onSort: onOrder }}
      >
        Time ({zone === 'UTC' ? 'UTC' : 'local'})
      </HeaderCell>
      <HeaderCell className="w-[88px]">Outcome</HeaderCell>
      <HeaderCell className="w-[168px]">Event</HeaderCell>
      <HeaderCell {...(narrow && { from: 'xl' })} className="w-[140px]">
        Principal
      </HeaderCell>
      <HeaderCell {...(narrow && { from: 'xl' })} className={narrow ? undefined : 'w-[190px]'}>
        Key
      </HeaderCell>
      <HeaderCell from="xl" className={cn('w-[128px]', narrow && 'hidden')}>
        Source
      </HeaderCell>
      <HeaderCell from="xl" className={cn(narrow && 'hidden')}>
        Detail
      </HeaderCell>
    </TableHead>
  )
}

/** Scrolls as little as needed. The head stands over the first rows, so that it counts at the bottom only. */
function reveal(element: HTMLElement, at: number, rowHeight: number): void {
  const top = at * rowHeight
  const bottom = top + rowHeight + WIDE_ROW
  if (top < element.scrollTop) element.scrollTop = top
  else if (bottom > element.scrollTop + element.clientHeight)
    element.scrollTop = bottom - element.clientHeight
}

const Spacer = ({ height }: { height: number }) =>
  height > 0 && (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without anything in it cannot be focused
    <tr aria-hidden="true" className="max-md:block">
      {/* One cell: a span over more columns than are shown would make some. */}
      <td style={{ height }} className="max-md:block" />
    </tr>
  )

/** The list: rows of sight only, more loaded at both of its ends. */
export function EventTable(props: Props) {
  const { events, nameOf, zone, dated, order, onOrder, open, centre, hrefOf, onOpen, onSight } = props
  const scroll = useRef<HTMLDivElement>(null)
  const rowHeight = useAtLeast(768) ? WIDE_ROW : NARROW_ROW
  const { rows, start, loadMore } = events
  const at = open === null ? -1 : rows.findIndex((row) => row.id === open)
  const virtual = useVirtualRows({ count: rows.length, scroll, rowHeight })
  useKeptPlace({ scroll, ids: useMemo(() => rows.map((row) => row.id), [rows]), rowHeight })

  // Once, for a list that was asked for around an event: before this the top is in sight, and would load more.
  const settled = useRef(!centre)
  useEffect(() => {
    if (settled.current || at < 0) return
    // After the virtual list has put the scroll position where it wants it to begin.
    const frame = requestAnimationFrame(() => {
      settled.current = true
      const element = scroll.current
      if (element) element.scrollTop = Math.max(0, at * rowHeight - element.clientHeight / 2)
    })
    return () => cancelAnimationFrame(frame)
  }, [at, rowHeight])

  // An event that is moved to stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another event is a reason to scroll
  useEffect(() => {
    if (settled.current && at >= 0 && scroll.current) reveal(scroll.current, at, rowHeight)
  }, [open])

  const first = virtual.items[0]?.index ?? 0
  const last = virtual.items.at(-1)?.index ?? 0
  const { after, before } = loadMore
  useEffect(() => {
    if (!settled.current || rows.length === 0) return
    if (after && last >= rows.length - NEAR) after()
    else if (before && first <= NEAR && (scroll.current?.scrollTop ?? 0) < NEAR * rowHeight) before()
  }, [first, last, rows.length, after, before, rowHeight])

  // What is in sight is less than what is rendered: the container says.
  useEffect(() => {
    const element = scroll.current
    if (!element) return
    const tell = () => {
      const first = Math.floor(element.scrollTop / rowHeight)
      // Rows that are whole; the head takes the room of one.
      const past = Math.floor((element.scrollTop + element.clientHeight - WIDE_ROW + 1) / rowHeight)
      onSight(first, Math.max(first, Math.min(rows.length, past) - 1))
    }
    tell()
    element.addEventListener('scroll', tell, { passive: true })
    return () => element.removeEventListener('scroll', tell)
  }, [rows.length, rowHeight, onSight])

  const known = start !== null && events.countIsExact
  const narrow = open !== null
  return (
    <Table
      caption="Events"
      rowCount={known ? events.count + 1 : -1}
      busy={events.refining}
      scrollRef={scroll}
      scrollClassName="max-h-[max(288px,calc(100dvh-226px))] overflow-y-auto"
      className="md:table-fixed"
    >
      <EventHead zone={zone} dated={dated} narrow={narrow} order={order} onOrder={onOrder} />
      <TableBody>
        {events.loading && <SkeletonRows columns={narrow ? 5 : 7} rows={12} />}
        <Spacer height={virtual.before} />
        {virtual.items.map(({ index }) => {
          const event = rows[index]
          if (!event) return null
          return (
            <EventTableRow
              key={event.id}
              event={event}
              keyName={nameOf(event)}
              zone={zone}
              dated={dated}
              narrow={narrow}
              selected={event.id === open}
              index={start === null ? undefined : start + index}
              at={index}
              href={hrefOf(event.id)}
              measure={virtual.measure}
              onOpen={onOpen}
            />
          )
        })}
        <Spacer height={virtual.after} />
      </TableBody>
    </Table>
  )
}

'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { cn } from '#components/ui/class-names.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { type Density, HeaderCell, Table, TableBody, TableHead } from '#components/ui/table.tsx'
import { useVirtualRows } from '#components/ui/virtual-rows.ts'
import type { Zone } from '#lib/console/format.ts'
import type { EventColumn } from './event-columns.tsx'
import { EventTableRow, placeOf } from './event-row.tsx'
import type { EventRow } from './events-query.ts'
import { type Chain, type Rail, railOf } from './rail.ts'
import type { Events } from './use-events.ts'
import { useKeptPlace } from './use-kept-place.ts'
import type { NameOf } from './use-key-names.ts'
import { useAtLeast } from './use-wide.ts'

const ROW = { comfortable: 34, compact: 28 } as const
const NARROW_ROW = 53
/** How near to an end of what is loaded more is asked for. */
const NEAR = 12

type Props = {
  events: Events
  columns: readonly EventColumn[]
  density: Density
  nameOf: NameOf
  chain: Chain
  zone: Zone
  dated: boolean
  order: 'newest' | 'oldest'
  /** Without it the order is fixed. */
  onOrder: (() => void) | undefined
  /** The open event; `centre` when the list was asked for around it. */
  open: string | null
  centre: boolean
  /** Rows come by themselves. */
  live: boolean
  hrefOf: (id: string) => string
  onOpen: (id: string) => void
  /** Told which rows are in sight, as places among those loaded. */
  onSight: (first: number, last: number) => void
}

type HeadProps = Pick<Props, 'columns' | 'zone' | 'dated' | 'order' | 'onOrder'> & { narrow: boolean }

function EventHead({ columns, zone, dated, narrow, order, onOrder }: HeadProps) {
  const direction = order === 'newest' ? 'descending' : 'ascending'
  return (
    <TableHead sticky>
      <HeaderCell className="w-[30px] px-0">
        <span className="sr-only">Chain</span>
      </HeaderCell>
      {columns.map((column) => {
        const { id, label, width, widthBeside = width } = column
        const place = placeOf(column, narrow)
        return (
          <HeaderCell
            key={id}
            {...(place.from && { from: place.from })}
            {...(id === 'time' && onOrder && { sort: { direction, onSort: onOrder } })}
            className={cn(
              id === 'time' ? (dated ? 'w-[158px]' : 'w-[116px]') : narrow ? widthBeside : width,
              id === 'duration' && 'text-end',
              place.className,
            )}
          >
            {label}
            {id === 'time' && ` (${zone === 'UTC' ? 'UTC' : 'local'})`}
          </HeaderCell>
        )
      })}
    </TableHead>
  )
}

/** Scrolls as little as needed. The head stands over the first rows, so that it counts at the bottom only. */
function reveal(element: HTMLElement, at: number, { row, head }: { row: number; head: number }): void {
  const top = at * row
  const bottom = top + row + head
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

/** The rail of each row that is drawn, by the rows beside it. */
function railAt(
  rows: readonly EventRow[],
  index: number,
  { order, chain }: Pick<Props, 'order' | 'chain'>,
): Rail {
  const [newer, older] =
    order === 'newest' ? [rows[index - 1], rows[index + 1]] : [rows[index + 1], rows[index - 1]]
  return railOf(rows[index] ?? { index: null }, { older, newer }, chain)
}

/** The list: rows of sight only, more loaded at both of its ends. Rows of another height are measured anew. */
export function EventTable(props: Props) {
  const wide = useAtLeast(768)
  const rowHeight = wide ? ROW[props.density] : NARROW_ROW
  return <Rows key={rowHeight} {...props} rowHeight={rowHeight} />
}

function Rows(props: Props & { rowHeight: number }) {
  const {
    events,
    columns,
    density,
    nameOf,
    zone,
    dated,
    open,
    centre,
    live,
    hrefOf,
    onOpen,
    onSight,
    rowHeight,
  } = props
  const scroll = useRef<HTMLDivElement>(null)
  const { rows, start, loadMore } = events
  const head = ROW[density]
  const at = open === null ? -1 : rows.findIndex((row) => row.id === open)
  const virtual = useVirtualRows({ count: rows.length, scroll, rowHeight })
  useKeptPlace({ scroll, ids: useMemo(() => rows.map((row) => row.id), [rows]), rowHeight })
  const arrived = useArrived(rows, live)

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
    if (settled.current && at >= 0 && scroll.current) reveal(scroll.current, at, { row: rowHeight, head })
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
      const past = Math.floor((element.scrollTop + element.clientHeight - head + 1) / rowHeight)
      onSight(first, Math.max(first, Math.min(rows.length, past) - 1))
    }
    tell()
    element.addEventListener('scroll', tell, { passive: true })
    return () => element.removeEventListener('scroll', tell)
  }, [rows.length, rowHeight, head, onSight])

  const known = start !== null && events.countIsExact
  const narrow = open !== null
  const whole = start === 0 && !before
  return (
    <Table
      caption="Events"
      density={density}
      rowCount={known ? events.count + 1 : -1}
      busy={events.refining}
      scrollRef={scroll}
      scrollClassName="max-h-[max(288px,calc(100dvh-304px))] overflow-y-auto"
      className="md:table-fixed"
    >
      <EventHead {...props} narrow={narrow} />
      <TableBody>
        {events.loading && <SkeletonRows columns={narrow ? 6 : columns.length + 1} rows={12} />}
        <Spacer height={virtual.before} />
        {virtual.items.map(({ index }) => {
          const event = rows[index]
          if (!event) return null
          return (
            <EventTableRow
              key={event.id}
              event={event}
              columns={columns}
              keyName={nameOf(event)}
              zone={zone}
              dated={dated}
              narrow={narrow}
              rail={railAt(rows, index, props)}
              height={rowHeight}
              ends={{ first: whole && index === 0, last: !after && index === rows.length - 1 }}
              selected={event.id === open}
              fresh={arrived.has(event.id)}
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

const NONE: ReadonlySet<string> = new Set()

/** Ids of the rows that came last by themselves. */
function useArrived(rows: readonly EventRow[], live: boolean): ReadonlySet<string> {
  const [seen, setSeen] = useState({ rows, arrived: NONE })
  if (live && seen.rows !== rows) {
    const known = new Set(seen.rows.map(({ id }) => id))
    setSeen({ rows, arrived: new Set(rows.flatMap(({ id }) => (known.has(id) ? [] : [id]))) })
  }
  return live ? seen.arrived : NONE
}

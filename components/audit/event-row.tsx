import Link from 'next/link'
import { cn } from '#components/ui/class-names.ts'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import type { EventColumn, Told } from './event-columns.tsx'
import type { EventRow } from './events-query.ts'
import type { Rail } from './rail.ts'
import { RailMark } from './rail-mark.tsx'

type Props = Told & {
  event: EventRow
  columns: readonly EventColumn[]
  rail: Rail
  /** Pixels of a row; of the rail, where there is one. */
  height: number
  ends: { readonly first: boolean; readonly last: boolean }
  /** The drawer is open: what it says too is left out here. */
  narrow: boolean
  selected: boolean
  /** It has just come by itself. */
  fresh: boolean
  /** The row's place in the whole list, when it is known. */
  index: number | undefined
  /** The row's place among those that are loaded. */
  at: number
  href: string
  measure: (row: Element | null) => void
  onOpen: (id: string) => void
}

/** Whether a column is there at all, and from which width. */
export function placeOf({ id, beside }: EventColumn, narrow: boolean) {
  if (narrow && beside === 'never') return { className: 'hidden' }
  if (narrow && beside === 'wide') return { from: 'xl' } as const
  return beside === 'never' && (id === 'source' || id === 'detail') ? ({ from: 'xl' } as const) : {}
}

/** One event: how it stands in the log, when, how it ended, what, by whom, with which key, and what matters of it. */
export function EventTableRow(props: Props) {
  const { event, columns, rail, height, ends, narrow, selected, fresh, index, at, measure, onOpen } = props
  return (
    <TableRow
      ref={measure}
      data-index={at}
      {...(index !== undefined && { index })}
      selected={selected}
      className={cn('cursor-default', fresh && 'fresh-row')}
      onClick={(click) => {
        if (click.target instanceof Element && click.target.closest('a')) return
        if (window.getSelection()?.isCollapsed !== false) onOpen(event.id)
      }}
    >
      <Cell className="p-0">
        <RailMark rail={rail} height={height} {...ends} />
      </Cell>
      {columns.map((column) => {
        if (column.id === 'event') return <EventName key={column.id} {...props} />
        const place = placeOf(column, narrow)
        return (
          <Cell
            key={column.id}
            {...(column.narrow && { narrow: column.narrow })}
            {...(place.from && { from: place.from })}
            className={cn(column.className, place.className)}
          >
            {column.cell(event, props)}
          </Cell>
        )
      })}
    </TableRow>
  )
}

function EventName({ event, rail, selected, href, onOpen }: Props) {
  return (
    <RowHeader className="font-normal">
      <span className="flex items-center gap-2">
        <Link
          href={href}
          data-event={event.id}
          aria-current={selected ? 'true' : undefined}
          className="inline-flex min-h-6 min-w-0 items-center text-ink hover:text-ink-hover hover:underline"
          onClick={(click) => {
            if (click.metaKey || click.ctrlKey || click.shiftKey) return
            click.preventDefault()
            onOpen(event.id)
          }}
        >
          <span className="truncate" title={event.eventName}>
            {event.eventName}
          </span>
        </Link>
        {rail.fault && <span className="shrink-0 font-medium text-vermilion">{rail.fault}</span>}
      </span>
    </RowHeader>
  )
}

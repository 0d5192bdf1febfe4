import Link from 'next/link'
import { KeyName } from '#components/key-name.tsx'
import { isOutcome, OutcomeMark } from '#components/outcome-mark.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { formatClock, formatDate, toDate, type Zone } from '#lib/console/format.ts'
import type { EventRow } from './events-query.ts'
import { principalOf } from './sentence.ts'

/** "22 Dec" before the time, where a list goes over more than one day. */
const shortDate = (date: Date, zone: Zone) => formatDate(date, zone).replace(/^(\d+ \w{3})\w* .*$/, '$1')

export function EventTime({ at, zone, dated }: { at: number; zone: Zone; dated: boolean }) {
  const date = toDate(at)
  return (
    <time dateTime={date.toISOString()} className="font-mono text-mono" suppressHydrationWarning>
      {dated && <span className="text-text2">{shortDate(date, zone)} </span>}
      {formatClock(date, zone)}
    </time>
  )
}

type Props = {
  event: EventRow
  keyName: string | undefined
  zone: Zone
  dated: boolean
  /** The drawer is open: what it says too is left out here. */
  narrow: boolean
  selected: boolean
  /** The row's place in the whole list, when it is known. */
  index: number | undefined
  /** The row's place among those that are loaded. */
  at: number
  href: string
  measure: (row: Element | null) => void
  onOpen: (id: string) => void
}

/** One event: when, how it ended, what, by whom, with which key, and the one thing of it that matters. */
export function EventTableRow({
  event,
  keyName,
  zone,
  dated,
  narrow,
  selected,
  index,
  at,
  href,
  measure,
  onOpen,
}: Props) {
  const principal = principalOf(event)
  return (
    <TableRow
      ref={measure}
      data-index={at}
      {...(index !== undefined && { index })}
      selected={selected}
      className="cursor-default"
      onClick={(click) => {
        if (click.target instanceof Element && click.target.closest('a')) return
        if (window.getSelection()?.isCollapsed !== false) onOpen(event.id)
      }}
    >
      <Cell narrow="fact">
        <EventTime at={event.ts} zone={zone} dated={dated} />
      </Cell>
      <Cell narrow="end">
        {isOutcome(event.outcome) ? (
          <OutcomeMark outcome={event.outcome} className="flex max-md:justify-end" />
        ) : (
          event.outcome
        )}
      </Cell>
      <RowHeader className="font-normal">
        <Link
          href={href}
          data-event={event.id}
          aria-current={selected ? 'true' : undefined}
          className="inline-flex min-h-6 max-w-full items-center text-ink hover:text-ink-hover hover:underline"
          onClick={(click) => {
            if (click.metaKey || click.ctrlKey || click.shiftKey) return
            click.preventDefault()
            onOpen(event.id)
          }}
        >
          <span className="truncate">{event.eventName}</span>
        </Link>
      </RowHeader>
      <Cell
        narrow="fact"
        {...(narrow && { from: 'xl' })}
        className="truncate text-text2 max-md:max-w-48 max-md:text-end"
      >
        {principal}
        {keyName && <span className="md:hidden"> · {keyName}</span>}
      </Cell>
      <Cell {...(narrow && { from: 'xl' })} className="truncate">
        {event.keyId !== null && <KeyName keyId={event.keyId} alias={keyName} className="flex" />}
      </Cell>
      <Cell from="xl" className={cn('truncate font-mono text-mono text-text2', narrow && 'hidden')}>
        {event.address}
      </Cell>
      <Cell from="xl" title={event.detail} className={cn('truncate text-text2', narrow && 'hidden')}>
        {/* Of a denial, the outcome says the code already. */}
        {[event.outcome === 'denied' ? null : event.errorCode, event.detail].filter(Boolean).join(': ')}
      </Cell>
    </TableRow>
  )
}

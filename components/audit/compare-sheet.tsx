'use client'

import { useQueries } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Switch } from '#components/ui/checkbox.tsx'
import { cn } from '#components/ui/class-names.ts'
import { CloseIcon } from '#components/ui/close-icon.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatClock, toDate, type Zone } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { read } from '#lib/console/queries.ts'
import { type ComparedField, compared } from './comparison.ts'
import type { EventDetail } from './events-query.ts'
import { actorOf } from './sentence.ts'

type Props = {
  account: string
  ids: readonly string[]
  zone: Zone
  onRemove: (id: string) => void
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Events beside each other, field by field. */
export function CompareSheet({ open, onOpenChange, ...props }: Props) {
  return (
    <Sheet
      title="Compare events"
      open={open}
      onOpenChange={onOpenChange}
      className="w-[min(1240px,calc(100vw-40px))]"
    >
      {open && <Comparison {...props} />}
    </Sheet>
  )
}

function Comparison({ account, ids, zone, onRemove }: Omit<Props, 'open' | 'onOpenChange'>) {
  const [differing, setDiffering] = useState(true)
  const answers = useQueries({
    queries: ids.map((id) => read(account, undefined, 'GetEvent', { EventId: id })),
  })
  const failed = answers.find(({ error }) => error)
  const events = answers.flatMap(({ data }) => data ?? [])
  return (
    <div className="px-4 pb-6">
      <Switch label="Only what differs" checked={differing} onChange={setDiffering} />
      {failed && (
        <ErrorState
          what="An event couldn’t be read."
          refusal={refusalIn(failed.error)}
          onRetry={() => void failed.refetch()}
        />
      )}
      {!failed && events.length < ids.length && <Skeleton className="my-4 w-3/5" />}
      {events.length > 1 && (
        <section
          aria-label="Compared events"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="mt-2 overflow-x-auto -outline-offset-2"
        >
          <ComparedTable events={events} zone={zone} differing={differing} onRemove={onRemove} />
        </section>
      )}
    </div>
  )
}

type TableProps = {
  events: readonly EventDetail[]
  zone: Zone
  differing: boolean
  onRemove: (id: string) => void
}

function ComparedTable({ events, zone, differing, onRemove }: TableProps) {
  return (
    <table className="w-full border-collapse text-start text-table">
      <caption className="sr-only">Fields of the compared events</caption>
      <thead>
        <tr className="border-b border-line-strong align-bottom">
          <th scope="col" className="py-1 pe-3 text-start text-label font-medium text-text2">
            Field
          </th>
          {events.map(({ Event: event }) => (
            <th key={event.id} scope="col" className="min-w-40 px-2 py-1 text-start font-medium">
              <span className="flex items-start justify-between gap-1">
                <span>
                  <span className="block font-mono text-mono font-normal text-text2">
                    {formatClock(toDate(event.ts), zone)}
                  </span>
                  {actorOf(event)}, {event.eventName}
                </span>
                <Button
                  variant="quiet"
                  size="icon"
                  aria-label={`Leave out ${event.eventName} at ${formatClock(toDate(event.ts), zone)}`}
                  className="size-6 text-text3"
                  onClick={() => onRemove(event.id)}
                >
                  <CloseIcon />
                </Button>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {compared(events).map(({ title, fields }) => {
          const shown = differing ? fields.filter(({ differs }) => differs) : fields
          if (shown.length === 0) return null
          return (
            <Fragment key={title}>
              <tr>
                <th
                  scope="colgroup"
                  colSpan={events.length + 1}
                  className="pt-3 pb-1 text-start text-label font-medium text-text2"
                >
                  {title}
                </th>
              </tr>
              {shown.map((field) => (
                <FieldRow key={field.label} field={field} />
              ))}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

function FieldRow({ field: { label, values, differs } }: { field: ComparedField }) {
  return (
    <tr className={cn('border-b border-line align-top', differs && 'bg-brass-soft')}>
      <th scope="row" className="max-w-40 break-words py-1.5 ps-2 pe-3 text-start font-normal text-text2">
        {label}
        {differs && <span className="sr-only">, differs</span>}
      </th>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one column for each event
        <td key={index} className="max-w-64 break-words px-2 py-1.5 font-mono text-mono">
          {value ?? <span className="font-sans text-text3">None</span>}
        </td>
      ))}
    </tr>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { isOutcome, OutcomeMark } from '#components/outcome-mark.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { cn } from '#components/ui/class-names.ts'
import { Hint } from '#components/ui/hint.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatNumber, principalLabel, type Zone } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { read } from '#lib/console/queries.ts'
import { auditHref } from './address.ts'
import { EventTime } from './event-columns.tsx'
import type { EventDetail } from './events-query.ts'
import { type Relation, relationsOf } from './related.ts'
import { principalOf } from './sentence.ts'
import { rangeInput } from './use-counts.ts'

type Props = {
  account: string
  detail: EventDetail
  zone: Zone
  onOpen: (id: string) => void
}

const heading = 'border-b border-line pb-1 text-label font-medium text-text2'

/** The events that belong to this one, and the change that made the difference to the last success. */
export function RelatedTab({ account, detail, zone, onOpen }: Props) {
  const { Event: event } = detail
  return (
    <div className="space-y-4">
      {event.outcome !== 'ok' && <Turning account={account} id={event.id} onOpen={onOpen} />}
      {relationsOf(event).map((relation) => (
        <RelatedEvents
          key={relation.title}
          relation={relation}
          account={account}
          self={event.id}
          zone={zone}
          onOpen={onOpen}
        />
      ))}
    </div>
  )
}

type TurningProps = Pick<Props, 'account' | 'onOpen'> & { id: string }

function Turning({ account, id, onOpen }: TurningProps) {
  const { data, error } = useQuery(read(account, undefined, 'ExplainEvent', { EventId: id }))
  if (error) return null
  const change = data?.Turning
  return (
    <section>
      <h3 className={heading}>The change that made the difference</h3>
      {!data && <Skeleton className="mt-2 w-4/5" />}
      {data && !change && (
        <Hint className="pt-1">
          None is known: there was no success before, or nothing that decides it changed in between.
        </Hint>
      )}
      {change && (
        <p className="pt-1 text-table">
          It worked before {principalLabel(change.By)} called{' '}
          <OpenLink account={account} id={change.EventId} onOpen={onOpen}>
            {change.EventName}
          </OpenLink>
          , <Time at={change.At} />.
        </p>
      )}
    </section>
  )
}

type OpenLinkProps = Pick<Props, 'account' | 'onOpen'> & { id: string; children: string; className?: string }

function OpenLink({ account, id, onOpen, children, className }: OpenLinkProps) {
  return (
    <Link
      href={auditHref(account, { event: id })}
      prefetch={false}
      className={cn('link inline-flex min-h-6 items-center', className)}
      onClick={(click) => {
        if (click.metaKey || click.ctrlKey || click.shiftKey) return
        click.preventDefault()
        onOpen(id)
      }}
    >
      {children}
    </Link>
  )
}

// The event itself and a few on either side.
const SHOWN = 7

type RelatedProps = Pick<Props, 'account' | 'zone' | 'onOpen'> & { relation: Relation; self: string }

function RelatedEvents({ relation, account, self, zone, onOpen }: RelatedProps) {
  const { title, filter, from, to } = relation
  const input = { ...rangeInput(relation), Limit: SHOWN, EventId: self }
  const { data, error, refetch, isFetching } = useQuery(read(account, undefined, 'SearchEvents', input))
  const total = data && `${formatNumber(data.Count)}${data.CountIsExact ? '' : '+'}`
  return (
    <section>
      <h3 className={cn(heading, 'flex flex-wrap items-baseline justify-between gap-x-3')}>
        {title}
        {data && data.Count > data.Events.length && (
          <Link href={auditHref(account, { q: filter, from, to, event: self })} className="link font-normal">
            All {total}
          </Link>
        )}
      </h3>
      {error && (
        <ErrorState
          what="These events couldn’t be read."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !error && <Skeleton className="my-2 w-3/5" />}
      {data?.Count === 1 && <p className="pt-1 text-table text-text2">Only this event.</p>}
      {data && data.Count > 1 && (
        <ol>
          {data.Events.map((event) => (
            <li
              key={event.id}
              aria-current={event.id === self ? 'true' : undefined}
              className={cn(
                'grid min-h-7 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 border-b border-line text-table',
                event.id === self && 'bg-selected',
              )}
            >
              <EventTime at={event.ts} zone={zone} dated={false} />
              <span className="flex min-w-0 items-center gap-1.5">
                {event.id === self ? (
                  <span className="truncate">{event.eventName}</span>
                ) : (
                  <OpenLink account={account} id={event.id} onOpen={onOpen} className="min-w-0 truncate">
                    {event.eventName}
                  </OpenLink>
                )}
                <span className="truncate text-text2">{principalOf(event)}</span>
              </span>
              {isOutcome(event.outcome) && <OutcomeMark outcome={event.outcome} />}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ProofTab } from '#components/integrity/proof-tab.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { PanelTabs } from '#components/ui/panel-tabs.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatClock, formatDate, formatNumber, toDate, type Zone } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { MOST_COMPARED } from './comparison.ts'
import { simulationHref } from './decision.ts'
import { DecisionTab } from './decision-tab.tsx'
import { recordOf } from './event-fields.ts'
import type { EventDetail } from './events-query.ts'
import type { Standing } from './facet-terms.ts'
import { FieldsTab } from './fields-tab.tsx'
import { JsonTab } from './json-tab.tsx'
import { lookupSnippets } from './lookup-snippets.ts'
import { RelatedTab } from './related-tab.tsx'
import { sentenceOf } from './sentence.ts'
import type { NameOf } from './use-key-names.ts'
import { useAtLeast } from './use-wide.ts'

export type DrawerProps = {
  account: string
  id: string
  zone: Zone
  nameOf: NameOf
  /** "Event 1 of 2,318", as far as it is known. */
  place: {
    readonly number: number | undefined
    readonly count: number
    readonly exact: boolean
    readonly listed: boolean
  }
  onNewer: (() => void) | undefined
  onOlder: (() => void) | undefined
  onClose: () => void
  onFilter: (term: string, standing: Standing) => void
  /** Another event in this one's place. */
  onOpen: (id: string) => void
  compared: readonly string[]
  onCompare: (ids: readonly string[]) => void
  /** Where programs call this installation. */
  endpoint: string
}

function placeText({ number, count, exact, listed }: DrawerProps['place']): string {
  if (!listed) return 'Not among these results'
  return number === undefined
    ? `Of ${formatNumber(count)}${exact ? '' : '+'} events`
    : `Event ${formatNumber(number)} of ${formatNumber(count)}${exact ? '' : '+'}`
}

function DrawerBar({ place, onNewer, onOlder, onClose, closable }: DrawerProps & { closable: boolean }) {
  const reason = place.listed
    ? 'There is no further event in these results.'
    : 'This event is not among these results: change the filter or the range.'
  return (
    <div className="flex min-h-9 items-center gap-1 text-table text-text2">
      <span className="me-auto">{placeText(place)}</span>
      <Button
        variant="quiet"
        size="icon"
        aria-label="Event above"
        reason={onNewer ? undefined : reason}
        onClick={onNewer}
        className="text-text"
      >
        ↑
      </Button>
      <Button
        variant="quiet"
        size="icon"
        aria-label="Event below"
        reason={onOlder ? undefined : reason}
        onClick={onOlder}
        className="text-text"
      >
        ↓
      </Button>
      {closable && (
        <Button variant="quiet" aria-label="Close (Esc)" onClick={onClose} className="text-text">
          Esc
        </Button>
      )}
    </div>
  )
}

/** Time, address and agent: the line under the headline. */
function metaOf({ Event: event, Record: record }: EventDetail, zone: Zone): string {
  const date = toDate(event.ts)
  const { userAgent } = recordOf(record)
  const time = `${formatDate(date, zone)}, ${formatClock(date, zone)} ${zone === 'UTC' ? 'UTC' : 'local'}`
  return [time, event.address, typeof userAgent === 'string' ? userAgent.slice(0, 60) : '']
    .filter(Boolean)
    .join(', ')
}

function Content(props: DrawerProps) {
  const { account, id, zone, nameOf, onFilter, onOpen } = props
  const { data, error, refetch, isFetching } = useQuery(read(account, undefined, 'GetEvent', { EventId: id }))
  // Moving on to the next event stays on the tab.
  const [tab, setTab] = useState('decision')
  const heading = useRef<HTMLHeadingElement>(null)
  const loaded = data?.Event.id
  // On opening, reading begins at the headline; moving on keeps focus where it is, on the arrows or in the list.
  const focused = useRef(false)
  useEffect(() => {
    if (!loaded || focused.current) return
    focused.current = true
    if (!document.activeElement?.closest('[data-drawer]')) heading.current?.focus({ preventScroll: true })
  }, [loaded])
  if (error)
    return (
      <ErrorState
        what="This event couldn’t be read."
        refusal={refusalIn(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  if (!data) {
    return (
      <div aria-busy="true" className="space-y-3 py-2">
        <Skeleton className="w-4/5" />
        <Skeleton className="w-3/5" />
      </div>
    )
  }
  const { Event: event } = data
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="break-words text-section outline-none">
        {sentenceOf(event, nameOf(event))}
      </h2>
      <p className="mb-2 break-words text-table text-text2">{metaOf(data, zone)}</p>
      <PanelTabs
        label="About this event"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'decision', label: 'Decision', content: <DecisionTab account={account} detail={data} /> },
          {
            id: 'event',
            label: 'Event',
            content: <FieldsTab account={account} detail={data} onFilter={onFilter} />,
          },
          { id: 'json', label: 'JSON', content: <JsonTab id={event.id} record={data.Record} /> },
          {
            id: 'related',
            label: 'Related',
            content: <RelatedTab account={account} detail={data} zone={zone} onOpen={onOpen} />,
          },
          { id: 'proof', label: 'Proof', content: <ProofTab account={account} eventId={event.id} /> },
        ]}
      />
      <Actions {...props} detail={data} />
    </>
  )
}

function Actions({ account, detail, endpoint, compared, onCompare }: DrawerProps & { detail: EventDetail }) {
  const { Event: event } = detail
  const simulation = simulationHref(account, detail)
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2 pb-4">
      {simulation && <LinkButton href={simulation}>Simulate again</LinkButton>}
      <CopyLink />
      <CompareButton id={event.id} compared={compared} onCompare={onCompare} />
      <ShowAsCode snippets={lookupSnippets(event.id, { endpoint, region: event.region })} />
      {event.keyId !== null && (
        <LinkButton href={paths.keyRoot({ account, region: event.region }, event.keyId)}>
          Open the key
        </LinkButton>
      )}
    </div>
  )
}

type CompareProps = Pick<DrawerProps, 'id' | 'compared' | 'onCompare'>

function CompareButton({ id, compared, onCompare }: CompareProps) {
  if (compared.includes(id))
    return (
      <Button onClick={() => onCompare(compared.filter((one) => one !== id))}>Remove from comparison</Button>
    )
  const full = compared.length >= MOST_COMPARED
  return (
    <Button
      reason={full ? `At most ${MOST_COMPARED} events are compared. Remove one first.` : undefined}
      onClick={() => onCompare([...compared, id])}
    >
      Add to compare
    </Button>
  )
}

/** The address of this view, which has the event in it. */
function CopyLink() {
  const { copied, copy } = useCopy()
  return (
    <Button className="min-w-[84px]" onClick={() => copy(window.location.href)}>
      {copied ? 'Copied' : 'Copy link'}
    </Button>
  )
}

function Beside({ children }: { children: ReactNode }) {
  return (
    <aside
      aria-label="Event"
      data-drawer
      className="-me-5 w-[404px] shrink-0 self-stretch border-s border-line-strong bg-surface 2xl:w-[520px]"
    >
      <div className="sticky top-[52px] max-h-[calc(100dvh-60px)] overflow-y-auto px-4 pt-1">{children}</div>
    </aside>
  )
}

/** One event: beside the list where there is room, over it where there is none. */
export function EventDrawer(props: DrawerProps) {
  const beside = useAtLeast(1024)
  if (beside) {
    return (
      <Beside>
        <DrawerBar {...props} closable />
        <Content {...props} />
      </Beside>
    )
  }
  return (
    <Sheet title="Event" hideTitle open onOpenChange={(open) => !open && props.onClose()}>
      <div data-drawer className="px-4">
        <DrawerBar {...props} closable={false} />
        <Content {...props} />
      </div>
    </Sheet>
  )
}

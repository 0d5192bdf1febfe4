'use client'

import { RefreshCw } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { FilterBar } from '#components/filter-bar.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { TableFoot } from '#components/ui/table.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import { type AuditAddress, auditHref } from './address.ts'
import { EventDrawer } from './event-drawer.tsx'
import { EventTable } from './event-table.tsx'
import { questionOf } from './events-query.ts'
import { FilterFault } from './filter-fault.tsx'
import { NoEvents } from './no-events.tsx'
import { TimeRange } from './time-range.tsx'
import { useAddress } from './use-address.ts'
import { type Events, useEvents } from './use-events.ts'
import { useKeyNames } from './use-key-names.ts'
import { useMoves } from './use-moves.ts'
import { useZone } from './use-zone.ts'

const EXAMPLES = 'outcome:denied event:PutKeyPolicy actor:user/alice'
const DAY_MS = 86_400_000

type Props = {
  account: string
  endpoint: string
  /** When the server read the first page, in milliseconds: ranges that end now are counted from here. */
  readAt: number
}

/** 301–340 of 12,408; of a list that was opened in its middle, only what is known. */
function footOf(events: Events, [first, last]: readonly [number, number]): string {
  const total = `${formatNumber(events.count)}${events.countIsExact ? '' : '+'}`
  if (events.rows.length === 0) return ''
  if (events.start === null) return `${count(last - first + 1, 'event')} in sight of ${total}`
  return `${formatNumber(events.start + first + 1)}–${formatNumber(events.start + last + 1)} of ${total}`
}

/** The question in force. It is asked around the open event only when the page begins with one. */
function useQuestion(account: string, address: AuditAddress, readAt: number) {
  const [asked, setAsked] = useState({ at: readAt, around: address.event })
  const again = useCallback(() => setAsked({ at: Date.now(), around: null }), [])
  const at = new Date(asked.at)
  return { question: questionOf(account, { ...address, event: asked.around }, at), at, again }
}

/** The audit log: range, filter, list and the open event. All of it is in the address. */
export function AuditLog({ account, endpoint, readAt }: Props) {
  const { address, refine, open, close } = useAddress()
  const { question, at, again } = useQuestion(account, address, readAt)
  const events = useEvents(question)
  const nameOf = useKeyNames(account, events.pages)
  const [zone, setZone] = useZone()
  const [sight, setSight] = useState<readonly [number, number]>([0, 0])
  const onSight = useCallback(
    (first: number, last: number) =>
      setSight((was) => (was[0] === first && was[1] === last ? was : [first, last])),
    [],
  )

  const change = (part: Partial<AuditAddress>) => {
    refine(part)
    again()
  }
  const addTerm = (term: string) => change({ q: `${address.q} ${term}`.trim() })
  const move = useMoves(events, address.event, open, close)
  useCountAnnounced(events)

  const dated = question.from === null || (question.to ?? at).getTime() - question.from.getTime() > DAY_MS
  const nothing = !events.loading && events.rows.length === 0
  const total =
    events.loading || (nothing && events.refusal)
      ? undefined
      : `${formatNumber(events.count)}${events.countIsExact ? '' : '+'} ${events.count === 1 ? 'event' : 'events'}`
  return (
    <>
      <PageHeader
        crumbs={[{ label: account }, { label: 'Evidence' }]}
        title="Audit log"
        actions={
          <>
            <Button onClick={again} pending={events.refining} pendingLabel="Refreshing…">
              <RefreshCw aria-hidden="true" className="size-3.5" strokeWidth={1.5} />
              Refresh
            </Button>
            <TimeRange
              key={`${question.from} ${question.to}`}
              range={address}
              onChange={change}
              zone={zone}
              onZone={setZone}
            />
          </>
        }
      />
      <FilterBar
        label="Filter events"
        fields={AUDIT_FIELDS}
        value={address.q}
        onChange={(q) => change({ q })}
        examples={EXAMPLES}
        count={total}
      />
      <FilterFault events={events} filter={address.q} />
      <div className="flex items-start">
        <div className="min-w-0 grow">
          {nothing && !events.refusal && (
            <NoEvents
              account={account}
              address={address}
              bounds={question}
              at={at}
              endpoint={endpoint}
              onClear={() => change({ q: '' })}
            />
          )}
          {!nothing && (
            <EventTable
              // Another question begins at its own top.
              key={`${question.filter} ${question.order} ${question.from} ${question.to}`}
              events={events}
              nameOf={nameOf}
              zone={zone}
              dated={dated}
              order={question.order}
              onOrder={() => change({ sort: question.order === 'newest' ? 'time' : '-time' })}
              open={address.event}
              centre={question.around !== null}
              hrefOf={(event) => auditHref(account, { ...address, event })}
              onOpen={open}
              onSight={onSight}
            />
          )}
          {!nothing && <TableFoot>{footOf(events, sight)}</TableFoot>}
        </div>
        {address.event !== null && (
          <EventDrawer
            account={account}
            id={address.event}
            zone={zone}
            nameOf={nameOf}
            place={move.place}
            onNewer={move.up}
            onOlder={move.down}
            onClose={move.leave}
            onFilter={addTerm}
          />
        )}
      </div>
    </>
  )
}

function useCountAnnounced({ loading, refining, count: total, countIsExact }: Events): void {
  const announce = useAnnounce()
  useEffect(() => {
    if (!loading && !refining)
      announce(`${formatNumber(total)}${countIsExact ? '' : ' or more'} ${total === 1 ? 'event' : 'events'}`)
  }, [announce, loading, refining, total, countIsExact])
}

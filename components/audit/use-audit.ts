'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { useListView } from '#components/columns/use-list-view.ts'
import { useSavedFilters } from '#components/saved-filters/use-saved-filters.ts'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import type { Facet } from '#lib/domain/evidence.ts'
import { parseFilter } from '#lib/domain/filter.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import type { AuditAddress } from './address.ts'
import { EVENT_COLUMNS } from './event-columns.tsx'
import { type EventPage, questionOf } from './events-query.ts'
import type { KeysNamed } from './names-wanted.ts'
import { rangeFault } from './range.ts'
import { useAddress } from './use-address.ts'
import { useCompletion } from './use-completion.ts'
import { useFacets, useHistogram } from './use-counts.ts'
import { type Events, useEvents } from './use-events.ts'
import { useKeyNames } from './use-key-names.ts'
import { listOf, useLiveList } from './use-live-list.ts'
import { useMoves } from './use-moves.ts'
import { useRange } from './use-range.ts'
import { useZone } from './use-zone.ts'

export type AuditProps = {
  account: string
  /** ARN of who is signed in: what is saved is theirs. */
  self: string
  /** When the server read the first page, in milliseconds: ranges that end now are counted from here. */
  readAt: number
}

/** The question in force. It is asked around the open event only when the page begins with one. */
function useQuestion(account: string, address: AuditAddress, readAt: number) {
  const [asked, setAsked] = useState({ at: readAt, around: address.event })
  const again = useCallback(() => setAsked({ at: Date.now(), around: null }), [])
  const at = new Date(asked.at)
  return { question: questionOf(account, { ...address, event: asked.around }, at), at, again }
}

/** Whether the filter can be read: one that cannot leaves everything as it was. */
const isReadable = (filter: string) => parseFilter(filter, AUDIT_FIELDS).faults.length === 0

/** What the audit log knows and can do: list, histogram and facets are asked for by themselves. */
export function useAudit({ account, self, readAt }: AuditProps) {
  const { address, refine, open, close } = useAddress()
  const { question, at, again } = useQuestion(account, address, readAt)
  const [zone, setZone] = useZone()
  const view = useListView(`keyhouse-audit-view ${self}`, EVENT_COLUMNS)
  const [atTop, setAtTop] = useState(true)

  const impossible = address.live ? undefined : rangeFault(question, at)
  const events = useEvents(question, !impossible && !address.live)
  const denied = events.refusal !== undefined && isDenied(events.refusal)
  // Everything beside the list; a filter that cannot be read is asked for once, not three times.
  const besides = !impossible && !address.live && !denied
  const histogram = useHistogram(question, besides && isReadable(address.q))
  const facets = useFacets(question, besides && isReadable(address.q))
  const nameOf = useKeyNames(account, useNamed(events.pages, facets.data?.Facets))
  const keyName = (keyId: string) => nameOf({ keyId, aliasName: null })

  const change = (part: Partial<AuditAddress>) => {
    refine(part)
    again()
  }
  const setFilter = (q: string) => change({ q })
  const bounds = { range: address, bounds: question, at, histogram: histogram.data }
  const range = useRange({ ...bounds, fixed: !besides, onChange: change })
  const toggleLive = () => change({ live: !address.live })
  const busy = !atTop || address.event !== null
  const tail = { account, filter: address.q, on: address.live, busy, onToggle: toggleLive }
  const { live, watch } = useLiveList(tail)
  const listed = address.live ? listOf(live) : events
  const move = useMoves(listed, address.event, open, close)
  const completion = useCompletion({ question, facets: facets.data, keyName })
  const saved = useSavedFilters('audit', self, { filter: address.q, setFilter })
  const total = countWords(listed, address.live ? live.matched : undefined)
  useCountAnnounced(events, address.live ? undefined : total)
  return {
    account,
    address,
    question,
    at,
    again,
    change,
    setFilter,
    compare: (ids: readonly string[]) => refine({ compare: [...ids] }),
    open,
    move,
    zone,
    setZone,
    view,
    setAtTop,
    impossible,
    denied,
    besides,
    events,
    listed,
    total,
    live,
    toggleLive,
    watch,
    histogram,
    facets: { counted: facets, question, keyName, onFilter: setFilter },
    nameOf,
    range,
    completion,
    saved,
  }
}

export type Audit = ReturnType<typeof useAudit>

// Of how many Regions the keys of a facet are looked for.
const MOST_REGIONS = 3

/** Keys of the list, and those of the facet, which says no Region of them. */
function useNamed(pages: readonly EventPage[], facets: readonly Facet[] | undefined): readonly KeysNamed[] {
  return useMemo(() => {
    const valuesOf = (name: Facet['Name']) =>
      facets?.find(({ Name }) => Name === name)?.Values.map(({ Value }) => Value) ?? []
    const listed = new Set(pages.flatMap(({ Events }) => Events.map(({ keyId }) => keyId)))
    const others = valuesOf('key').filter((id) => !listed.has(id))
    const regions = valuesOf('region').slice(0, MOST_REGIONS)
    const named = others.flatMap((keyId) => regions.map((region) => ({ keyId, region, aliasName: null })))
    return [...pages, { Events: named }]
  }, [pages, facets])
}

/** 2,318 events; of a live list, those that came so far. */
function countWords(events: Events, matched: number | undefined): string | undefined {
  if (matched !== undefined) return count(matched, 'event')
  if (events.loading || (events.rows.length === 0 && events.refusal)) return undefined
  const more = events.countIsExact ? '' : '+'
  return `${formatNumber(events.count)}${more} ${events.count === 1 ? 'event' : 'events'}`
}

/** Says once what a filter brought. */
function useCountAnnounced({ refining }: Events, words: string | undefined): void {
  const announce = useAnnounce()
  useEffect(() => {
    if (!refining && words !== undefined) announce(words)
  }, [announce, refining, words])
}

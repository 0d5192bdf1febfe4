/**
 * Reading the log: pages, counts, histograms and facets of what a filter finds, single events, and what CloudTrail's
 * LookupEvents asks. It reads what the sequencer has filled in; who needs to be exact catches up first.
 */
import type pg from 'pg'
import type { KeyObject } from '../../crypto/secret-key.ts'
import type { EventHistogram, Facet } from '../../domain/evidence.ts'
import { type CountedSoFar, countBeside, countEvents } from './count.ts'
import { readEvent, type StoredEvent } from './event-detail.ts'
import { eventFacets, type FacetQuery } from './facets.ts'
import { eventHistogram } from './histogram.ts'
import { type Lookup, lookup } from './lookup.ts'
import { type EventQuery, findPage } from './page.ts'
import { type Cursors, cursors } from './position.ts'
import { type EventScope, fixedIn } from './question.ts'
import { type EventSummary, readSummaries } from './summary.ts'

export type EventPage = {
  readonly events: readonly EventSummary[]
  readonly next: string | null
  readonly previous: string | null
  /** Of the whole filter and range; exact to 10,000, and beyond where counts by hour know it. */
  readonly count: number
  readonly countIsExact: boolean
  /** When looking stopped before the page was full; `next` goes on there, and null means that it is full or at the end. */
  readonly searchedTo: Date | null
}

export type AuditSearch = {
  page(query: EventQuery): Promise<EventPage>
  /** How many, and of a search that no index serves how many so far. */
  count(scope: EventScope & { readonly cursor?: string | undefined }): Promise<CountedSoFar>
  histogram(
    scope: EventScope & { readonly now: Date; readonly mostBuckets?: number | undefined },
  ): Promise<EventHistogram>
  facets(query: FacetQuery): Promise<Facet[]>
  /** One event of an account with all that is kept of it. */
  event(account: string, id: string): Promise<StoredEvent | undefined>
  /** CloudTrail's question: newest first. */
  lookup(question: Lookup): Promise<EventSummary[]>
  /** Cursors for lists that are built on this search. */
  cursors(purpose: string): Cursors
}

/** Opens the search over the reader's connections. `markerKey` authenticates cursors. */
export function openAuditSearch(options: {
  readonly pool: pg.Pool
  readonly markerKey: KeyObject
}): AuditSearch {
  const { pool, markerKey } = options
  const pages = cursors(markerKey, 'search-events')

  async function page(query: EventQuery): Promise<EventPage> {
    const question = [...fixedIn(query), query.order]
    const from = query.cursor === undefined ? undefined : pages.open(question, query.cursor)
    const [found, counted] = await Promise.all([findPage(pool, query, from), countBeside(pool, query)])
    const { rows, next, previous, stopped } = found
    return {
      events: await readSummaries(pool, rows),
      next: next && pages.seal(question, 'onwards', next),
      previous: previous && pages.seal(question, 'backwards', previous),
      count: counted?.count ?? rows.length,
      countIsExact: counted?.countIsExact ?? false,
      searchedTo: stopped?.ts ?? null,
    }
  }

  return {
    page,
    count: (scope) => countEvents(pool, markerKey, scope),
    histogram: (scope) => eventHistogram(pool, scope),
    facets: (query) => eventFacets(pool, query),
    event: (account, id) => readEvent(pool, account, id),
    lookup: (question) => lookup(pool, question),
    cursors: (purpose) => cursors(markerKey, purpose),
  }
}

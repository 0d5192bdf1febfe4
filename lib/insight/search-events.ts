/** The log as people search it, and one event with all that is kept of it. */
import type { z } from 'zod'
import type { EventSummary } from '#lib/audit/search/summary.ts'
import { GetEventInput, SearchEventsInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { loggedScope, scopeOf } from './event-scope.ts'

const DEFAULT_LIMIT = 100

type SearchInput = z.infer<typeof SearchEventsInput>

/** Without the record: a list needs only what it shows. */
const listed = ({ record: _record, ...event }: EventSummary) => event

/** Asks for the permission that reading CloudTrail asks for: auditors have one right, not two. */
export const SearchEvents = operation({
  name: 'SearchEvents',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: SearchEventsInput,
  logged: {
    request: (input: SearchInput) => ({ ...loggedScope(input), order: input.Order, eventId: input.EventId }),
  },

  async run(call, input: SearchInput) {
    await call.permit()
    // What just happened is in the first page; later pages continue from where it ended.
    if (input.Cursor === undefined) await call.services.sequencer.catchUp()
    const page = await call.services.search.page({
      ...scopeOf(call, input),
      order: input.Order ?? 'newest',
      limit: input.Limit ?? DEFAULT_LIMIT,
      cursor: input.Cursor,
      around: input.EventId,
    })
    return {
      Events: page.events.map(listed),
      ...(page.next !== null && { NextCursor: page.next }),
      ...(page.previous !== null && { PreviousCursor: page.previous }),
      Count: page.count,
      CountIsExact: page.countIsExact,
      // A list that could not be looked through in time: what is older (or newer) begins at the next cursor.
      ...(page.searchedTo !== null && { SearchedTo: page.searchedTo }),
    }
  },
})

type Json = Readonly<Record<string, unknown>>

// These texts are JSON that the engine wrote; the column's type has checked it.
const parsed = (text: string | null): Json | null => (text === null ? null : (JSON.parse(text) as Json))

export const GetEvent = operation({
  name: 'GetEvent',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: GetEventInput,
  logged: { request: ({ EventId }: z.infer<typeof GetEventInput>) => ({ eventId: EventId }) },

  async run(call, { EventId: id }: z.infer<typeof GetEventInput>) {
    await call.permit()
    await call.services.sequencer.catchUp()
    const found = await call.services.search.event(call.account, id)
    if (!found) throw new KmsError('NotFoundException', `Event '${id}' does not exist`)
    return {
      Event: listed(found.summary),
      Record: found.summary.record,
      Decision: parsed(found.decision),
      Context: parsed(found.context),
      Newer: found.newer,
      Older: found.older,
    }
  },
})

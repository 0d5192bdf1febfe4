/** The log as pages in both directions: how they are asked for, and where each page stands in the whole. */
import type { QueryKey } from '@tanstack/react-query'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import type { AuditAddress } from './address.ts'
import { boundsOf } from './range.ts'

export type EventRow = OutputOf<'SearchEvents'>['Events'][number]
export type EventDetail = OutputOf<'GetEvent'>

export type Question = {
  readonly account: string
  readonly filter: string
  readonly from: Date | null
  readonly to: Date | null
  readonly order: 'newest' | 'oldest'
  /** The event that the first page has in its middle. */
  readonly around: string | null
}

/** The question of an address at a moment. */
export function questionOf(account: string, address: AuditAddress, at: Date): Question {
  const order = address.sort === 'time' ? 'oldest' : 'newest'
  return { account, filter: address.q, ...boundsOf(address, at), order, around: address.event }
}

/** Where a page begins: a cursor and, where it is known, how many rows stand before it (or up to its end). */
export type PagePlace = {
  readonly cursor?: string
  readonly start?: number | null
  readonly end?: number | null
}

export type EventPage = OutputOf<'SearchEvents'> & {
  /** Rows of the whole list before this page; null when nobody has counted them. */
  readonly start: number | null
}

export const FIRST: PagePlace = {}

export const eventsKey = (question: Question): QueryKey => [
  question.account,
  '',
  'SearchEvents',
  'pages',
  question,
]

export function inputOf(question: Question, place: PagePlace): InputOf<'SearchEvents'> {
  const { filter, from, to, order, around } = question
  return {
    Filter: filter,
    ...(from && { From: from.getTime() / 1000 }),
    ...(to && { To: to.getTime() / 1000 }),
    ...(order === 'oldest' && { Order: order }),
    ...(place.cursor !== undefined && { Cursor: place.cursor }),
    ...(place.cursor === undefined && around !== null && { EventId: around }),
  }
}

/** An answer with its place. The first page of a list that is not centred anywhere begins at its top. */
export function placed(output: OutputOf<'SearchEvents'>, place: PagePlace): EventPage {
  if (output.PreviousCursor === undefined) return { ...output, start: 0 }
  if (place.start !== undefined) return { ...output, start: place.start }
  return { ...output, start: typeof place.end === 'number' ? place.end - output.Events.length : null }
}

export const nextPlace = (page: EventPage): PagePlace | undefined =>
  page.NextCursor === undefined
    ? undefined
    : { cursor: page.NextCursor, start: page.start === null ? null : page.start + page.Events.length }

export const previousPlace = (page: EventPage): PagePlace | undefined =>
  page.PreviousCursor === undefined ? undefined : { cursor: page.PreviousCursor, end: page.start }

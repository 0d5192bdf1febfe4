/** Pages with AWS's Limit, Marker, Truncated and NextMarker; markers are opaque and authenticated (facts §1.6). */
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'

/** A marker is good for the list, account and Region it was made for, and no other. */
const purposeOf = (call: Call, scope: string) => `${call.operation}/${call.account}/${call.region}/${scope}`

/** Where a page starts: what `position` of the last one put into its marker. */
export function startOf<P>(call: Call, marker: string | undefined, scope = ''): P | undefined {
  if (marker === undefined) return undefined
  // Only this process and its peers can make a marker, and they make it of a P for this purpose.
  return openMarker(call.services.markerKey, purposeOf(call, scope), marker) as P
}

type Page<T> = {
  readonly rows: readonly T[]
  readonly limit: number
  readonly position: (last: T) => unknown
  readonly scope?: string
}

/** Cuts rows that were read one too many to a page. */
export function pageOf<T>(
  call: Call,
  page: Page<T>,
): { rows: readonly T[]; more: { Truncated: boolean; NextMarker?: string } } {
  const rows = page.rows.slice(0, page.limit)
  const last = rows.at(-1)
  if (page.rows.length <= page.limit || last === undefined) return { rows, more: { Truncated: false } }
  const marker = sealMarker(call.services.markerKey, purposeOf(call, page.scope ?? ''), page.position(last))
  return { rows, more: { Truncated: true, NextMarker: marker } }
}

/** Pages of something that is in memory whole. */
export function pageOfList<T>(
  call: Call,
  list: { all: readonly T[]; limit: number; marker: string | undefined; scope: string },
) {
  const from = startOf<number>(call, list.marker, list.scope) ?? 0
  if (!Number.isInteger(from) || from < 0)
    throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
  const indexed = list.all.map((item, index) => ({ item, index })).slice(from, from + list.limit + 1)
  const { rows, more } = pageOf(call, {
    rows: indexed,
    limit: list.limit,
    position: (last) => last.index + 1,
    scope: list.scope,
  })
  return { rows: rows.map((row) => row.item), more }
}

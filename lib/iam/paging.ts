/** Pages with IAM's MaxItems, Marker and IsTruncated; markers are opaque and authenticated (facts §1.6, §18.3). */
import { openMarker, sealMarker } from '#lib/crypto/marker.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'

const PRESET_ITEMS = 100

/** A marker is good for the list and account it was made for, and no other. */
const purposeOf = (call: Call, scope: string) => `${call.operation}/${call.account}/${scope}`

function positionOf(call: Call, marker: string, scope: string): string {
  try {
    return String(openMarker(call.services.markerKey, purposeOf(call, scope), marker))
  } catch (cause) {
    throw new KmsError('ValidationException', 'Invalid Marker.', { cause })
  }
}

type Listed<T> = {
  readonly all: readonly T[]
  /** What the list is ordered by; no two have the same. */
  readonly by: (item: T) => string
  readonly page: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }
  /** What the list is of, where an operation has many: the user's id. */
  readonly scope?: string
}

export type Page = { readonly IsTruncated: boolean; readonly Marker?: string }

/** One page of something that is in memory whole. @throws ValidationException for a marker that is none of ours. */
export function pageOf<T>(call: Call, { all, by, page, scope = '' }: Listed<T>): { rows: T[]; more: Page } {
  const after = page.Marker === undefined ? undefined : positionOf(call, page.Marker, scope)
  const from = all
    .filter((item) => after === undefined || by(item) > after)
    .sort((a, b) => (by(a) < by(b) ? -1 : 1))
  const rows = from.slice(0, page.MaxItems ?? PRESET_ITEMS)
  const last = rows.at(-1)
  if (last === undefined || rows.length === from.length) return { rows, more: { IsTruncated: false } }
  const marker = sealMarker(call.services.markerKey, purposeOf(call, scope), by(last))
  return { rows, more: { IsTruncated: true, Marker: marker } }
}

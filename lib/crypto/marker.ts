/** Page markers: where the next page starts, sealed so that a caller can neither read, change nor reuse one elsewhere. */
import type { KeyObject } from 'node:crypto'
import { KmsError } from '#lib/domain/refusal.ts'
import { LABELS } from './labels.ts'
import { openToken, sealToken } from './sealed-token.ts'

const kind = (key: KeyObject, purpose: string) => ({ key, label: LABELS.pageToken, purpose })

/** A marker for one purpose. Throws TypeError for a position that JSON cannot say. */
export const sealMarker = (key: KeyObject, purpose: string, position: unknown): string =>
  sealToken(kind(key, purpose), position)

/** The position in a marker of this purpose. Throws InvalidMarkerException, the same for every reason. */
export function openMarker(key: KeyObject, purpose: string, marker: string): unknown {
  const position = openToken(kind(key, purpose), marker)
  if (position === undefined) throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
  return position
}

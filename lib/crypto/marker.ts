/**
 * Page markers: where the next page starts, sealed so that a caller can neither read, change nor reuse one
 * elsewhere.
 *
 *   base64url of: version 1 (1 byte) | salt 16 | iv 12 | ciphertext of JSON | tag 16
 *
 * Sealed as in one-use.ts with the label page-token/v1; additional data = the purpose.
 */
import type { KeyObject } from 'node:crypto'
import { KmsError } from '#lib/domain/refusal.ts'
import { LABELS } from './labels.ts'
import { openOnce, sealOnce } from './one-use.ts'
import { encodeFields } from './tlv.ts'

const HEADER = Buffer.from([1])

const refusal = () => new KmsError('InvalidMarkerException', 'Could not decode marker.')

function decode(marker: string): Buffer {
  const sealed = Buffer.from(marker, 'base64url')
  // Buffer skips what is not base64, so only what encodes back the same was ours.
  if (sealed[0] !== HEADER[0] || sealed.toString('base64url') !== marker) throw refusal()
  return sealed
}

/** A marker for one purpose. Throws TypeError for a position that JSON cannot say. */
export function sealMarker(key: KeyObject, purpose: string, position: unknown): string {
  const json: string | undefined = JSON.stringify(position)
  if (json === undefined) throw new TypeError('a position is JSON')
  const bound = { header: HEADER, aad: encodeFields([purpose]) }
  return sealOnce({ key, label: LABELS.pageToken }, bound, Buffer.from(json)).toString('base64url')
}

/** The position in a marker of this purpose. Throws InvalidMarkerException, the same for every reason. */
export function openMarker(key: KeyObject, purpose: string, marker: string): unknown {
  const bound = { headerBytes: HEADER.length, aad: encodeFields([purpose]) }
  const json = openOnce({ key, label: LABELS.pageToken }, bound, decode(marker))
  if (!json) throw refusal()
  return JSON.parse(json.toString())
}

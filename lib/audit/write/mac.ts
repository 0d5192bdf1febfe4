/**
 * The MAC of a row of audit.event: over every other column, so that no part of a row can be exchanged unseen (R60).
 *
 *   HMAC-SHA-256(key, fields: id, ts, account, Region, key id, body, engine, stream, counter, decision, context)
 *
 * The fields are encoded with their lengths (lib/crypto/tlv.ts): no two rows share an encoding. ts is its ISO text.
 */
import type { Buffer } from 'node:buffer'
import { equalBytes } from '../../crypto/equal.ts'
import { hmacSha256 } from '../../crypto/mac.ts'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { encodeFields } from '../../crypto/tlv.ts'
import type { BuiltEvent } from '../record/event.ts'

/** Where a row stands in the count of the engine that wrote it. */
export type EventOrdinal = {
  readonly engineId: string
  readonly stream: 'batch' | 'change'
  readonly counter: number
}

/** The 32 bytes of the mac column. */
export function eventMac(key: KeyObject, event: BuiltEvent, ordinal: EventOrdinal): Buffer {
  const { id, ts, accountId, region, keyId, body, decision, context } = event
  const { engineId, stream, counter } = ordinal
  const when = ts.toISOString()
  return hmacSha256(
    key,
    encodeFields([
      id,
      when,
      accountId,
      region,
      keyId,
      body,
      engineId,
      stream,
      String(counter),
      decision,
      context,
    ]),
  )
}

/** Whether a row read back is the row that was written. */
export function macHolds(key: KeyObject, event: BuiltEvent, ordinal: EventOrdinal, mac: Uint8Array): boolean {
  return equalBytes(eventMac(key, event, ordinal), mac)
}

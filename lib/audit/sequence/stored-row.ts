/** A row of audit.event as it is read back: what it must hash to, and whether it is the row that was written. */
import { Buffer } from 'node:buffer'
import { sha256 } from '../../crypto/digest.ts'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { leafText } from '../../domain/log-leaf.ts'
import { leafHash } from '../tree/hash.ts'
import { macHolds } from '../write/mac.ts'

export type StoredRow = {
  readonly id: string
  readonly ts: Date
  readonly account_id: string
  readonly region: string
  readonly key_id: string | null
  readonly body: Buffer
  readonly engine_id: string
  readonly engine_stream: 'batch' | 'change'
  /** Decimal. */
  readonly engine_counter: string
  readonly mac: Buffer
  /** JSON texts, or null. */
  readonly decision: string | null
  readonly context: string | null
}

/** Columns of audit.event `e` that make a StoredRow. */
export const STORED_COLUMNS = `e.id, e.ts, e.account_id, e.region, e.key_id, e.body, e.engine_id, e.engine_stream,
  e.engine_counter::text AS engine_counter, e.mac, e.decision::text AS decision, e.context::text AS context`

const hashOf = (bytes: Uint8Array | string) => sha256(bytes).toString('base64')
const hashOrNone = (text: string | null) => (text === null ? null : hashOf(text))

/** The text of the row's leaf (lib/domain/log-leaf.ts). */
export const leafOf = (row: StoredRow): string =>
  leafText({
    id: row.id,
    time: row.ts.toISOString(),
    account: row.account_id,
    region: row.region,
    keyId: row.key_id,
    engineId: row.engine_id,
    stream: row.engine_stream,
    counter: row.engine_counter,
    bodyHash: hashOf(row.body),
    decisionHash: hashOrNone(row.decision),
    contextHash: hashOrNone(row.context),
  })

/** The 32 bytes that stand for the row in the tree. */
export const leafHashOf = (row: StoredRow): Buffer => leafHash(Buffer.from(leafOf(row)))

/** Whether an engine of ours wrote the row as it is (R60). */
export function rowIsOurs(key: KeyObject, row: StoredRow): boolean {
  const { id, ts, account_id: accountId, region, key_id: keyId, body, decision, context } = row
  const ordinal = {
    engineId: row.engine_id,
    stream: row.engine_stream,
    counter: Number(row.engine_counter),
  }
  return macHolds(key, { id, ts, accountId, region, keyId, body, decision, context }, ordinal, row.mac)
}

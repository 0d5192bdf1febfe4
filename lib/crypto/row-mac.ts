/** MACs of database rows: someone who can write to the database cannot make a row that passes (R15). */
import type { KeyObject } from 'node:crypto'
import { hmacSha256 } from './mac.ts'
import { encodeFields } from './tlv.ts'

/**
 * The 32-byte HMAC over the table's name and the fields in the caller's fixed order. `key` is of the label
 * row-mac/v1.
 */
export const rowMac = (key: KeyObject, table: string, fields: readonly (string | null)[]): Buffer =>
  hmacSha256(key, encodeFields([table, ...fields]))

/** The row that a key becomes by a change, ready with its MAC before the transaction begins. */
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import type { KeyColumns, KeyRow, KeySnapshot } from '#lib/store/keys.ts'
import { keyRowMac } from './row-macs.ts'

export type Move = { readonly from: bigint; readonly to: KeyRow }

/** `from` is the version that the change was decided on; the row moves only if it still is the current one. */
export function nextVersion(macKey: KeyObject, key: KeySnapshot, set: Partial<KeyColumns> = {}): Move {
  // What hangs on a key has rows of its own.
  const { aliases: _a, tags: _t, materials: _m, policy: _p, accountEpoch: _e, ...row } = key
  const to = { ...row, ...set, rowVersion: row.rowVersion + 1n }
  return { from: row.rowVersion, to: { ...to, rowMac: keyRowMac(macKey, to) } }
}

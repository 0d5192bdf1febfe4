/**
 * Whether the log still leads from what was signed of it (R65). An older database in place of the newer one has fewer
 * leaves than a checkpoint that is kept outside; one that went on from there has other leaves at its place.
 */

import type { Anchor } from '../sinks/sink.ts'
import { readHead, rootAt } from '../tree/checkpoints.ts'
import type { Sql } from '../write/change.ts'
import { type NewFinding, wrongCheckpoint } from './findings.ts'

const finding = (kind: 'rollback' | 'fork', anchor: Anchor, found: number): NewFinding => ({
  kind,
  subject: `${anchor.origin} ${anchor.size}`,
  first: null,
  last: null,
  details: { size: anchor.size, found, where: anchor.where },
})

/** What a place that compares by itself found out (a witness). */
export const suspected = (kind: 'rollback' | 'fork', anchor: Anchor, found: number): NewFinding =>
  finding(kind, anchor, found)

async function sameRoot(sql: Sql, size: number, root: Uint8Array): Promise<boolean> {
  try {
    return (await rootAt(sql, size)).equals(root)
  } catch (thrown) {
    // The tree of that size is not there as a whole.
    if (thrown instanceof RangeError) return false
    throw thrown
  }
}

/** Whether the database itself has what was signed: then its tiles were touched, and it is no other history. */
async function isRecorded(sql: Sql, { origin, size, root }: Anchor): Promise<boolean> {
  const rows = await sql(
    'SELECT 1 AS there FROM audit.checkpoint WHERE origin = $1 AND size = $2::bigint AND root = $3',
    [origin, size, root],
  )
  return rows.length > 0
}

/** What is wrong, seen from a head that is kept outside; undefined where the log continues it. */
export async function compareWith(sql: Sql, anchor: Anchor): Promise<NewFinding | undefined> {
  const { size } = await readHead(sql)
  if (size < anchor.size) return finding('rollback', anchor, size)
  if (anchor.root === null || (await sameRoot(sql, anchor.size, anchor.root))) return undefined
  if (await isRecorded(sql, anchor)) return wrongCheckpoint(anchor, 'the tiles give another root')
  return finding('fork', anchor, size)
}

/** The log's names: the one in use, and those that others took the place of. */
export type LogNames = { readonly inUse: string; readonly retired: ReadonlySet<string> }

const NAME = /^(keyhouse\/[^/]+)(?:\/([1-9][0-9]{0,8}))?$/

const numberOf = (origin: string): number => {
  const [, base, number] = NAME.exec(origin) ?? []
  return base === undefined ? 0 : Number(number ?? 1)
}

/** Whether a name ended with a rollback that was acknowledged: a later one of this log is in use. */
export const hasEnded = (origin: string, { inUse, retired }: LogNames): boolean =>
  retired.has(origin) && numberOf(origin) < numberOf(inUse)

/** The log's next name: a number that no name had which anybody remembers. */
export function nextOrigin(inUse: string, remembered: readonly string[]): string {
  const base = NAME.exec(inUse)?.[1] ?? inUse
  const used = [inUse, ...remembered].filter((origin) => origin === base || origin.startsWith(`${base}/`))
  return `${base}/${Math.max(1, ...used.map(numberOf)) + 1}`
}

/**
 * Retention (R66): days of the log that are older than is wanted go into signed archives, which are checked before the
 * day is taken out of the database. Tiles and checkpoints stay, so that proofs of such events still verify.
 */

import { writeArchive } from '#lib/audit/folder/archive.ts'
import { verifyExport } from '#lib/audit/folder/verify.ts'
import type { Feed, Sink } from '#lib/audit/folder/write.ts'
import { parseVerifierKey } from '#lib/audit/tree/note.ts'
import { readLog, readTilesFrom } from '#lib/audit/tree/read-log.ts'
import { daysBefore, leavesOf, noteArchiving, removeDay, unmatched } from '#lib/audit/watch/archived-days.ts'
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import { internalEvent } from '#lib/engine/internal-event.ts'
import type { Services } from '#lib/engine/services.ts'
import type { Sql } from '#lib/store/database.ts'
import { firstAccount, readSettings } from '#lib/store/settings.ts'
import type { Fault } from './rotation.ts'

export type Archiving = {
  readonly services: Services
  readonly writer: AuditWriter
  /** Of the sequencer's role, which alone may take out a day. */
  readonly sql: Sql
  /** The folder of a day's archive, by the day; undefined where no folder is configured. */
  readonly folder: ((day: string) => Sink) | undefined
  readonly fault: Fault
}

const NO_FOLDER = 'no folder for archives is configured (KEYHOUSE_AUDIT_ARCHIVE), so nothing is taken out'
const NOTHING_EXPECTED = { accounts: [], keys: [] }

const feedOf = (sql: Sql): Feed => ({
  events: (start, end) => readLog(sql, { start, end }, 1000),
  tiles: (level, first) => readTilesFrom(sql, { level, first }),
})

/** Why a day cannot go: what is wrong stays where it can be looked at. */
class NotArchived extends Error {
  override readonly name = 'NotArchived'
}

async function archive({ services, folder }: Archiving, day: string) {
  const { reader, notary, sequencer } = services
  await sequencer.catchUp()
  if ((await unmatched(reader, day)) > 0)
    throw new NotArchived(`events of ${day} and the log's leaves do not match`)
  const ranges = await leavesOf(reader, day)
  const { origin, size, root, note } = await notary.checkpoint()
  const sink = folder?.(day)
  if (!sink || (ranges.at(-1)?.end ?? 0) > size) throw new NotArchived(`the checkpoint does not cover ${day}`)
  const statement = await writeArchive({
    feed: feedOf(reader),
    sink,
    head: { origin, size, root },
    ranges,
    day,
    checkpoint: note,
    sign: notary.signNote,
  })
  const keys = [parseVerifierKey(await notary.verifierKey())]
  const { faults, told, events } = await verifyExport(sink, { keys })
  if (faults > 0 || events !== statement.events)
    throw new NotArchived(`the archive of ${day} does not verify: ${told[0]?.what ?? 'events are missing'}`)
  return statement
}

/** What was taken out is in the log that goes on. */
async function record(
  { services, writer }: Archiving,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const account = (await firstAccount(services.database.sql)) ?? '000000000000'
  const at = services.clock.real()
  const event = internalEvent({ name: 'ArchiveAuditDay', at, account, region: 'global', details })
  await writer.append([event], NOTHING_EXPECTED)
}

async function takeOut(parts: Archiving, day: string): Promise<void> {
  const { ranges, events, sums: sha256 } = await archive(parts, day)
  await removeDay(parts.sql, { day, ranges, events, name: day, sha256 })
  await record(parts, { day, events, sha256 })
}

/** Every day that is due, oldest first; the first that cannot go holds up those after it. Gives how many went. */
export async function archiveDueDays(parts: Archiving): Promise<number> {
  const { services, sql, folder, fault } = parts
  const { keepDays } = await readSettings(services.database.sql)
  if (keepDays === null) return 0
  const days = await daysBefore(sql, keepDays)
  if (!folder) {
    await noteArchiving(sql, days.length > 0 ? NO_FOLDER : null)
    return 0
  }
  let gone = 0
  try {
    for (const day of days) {
      await takeOut(parts, day)
      gone++
    }
    await noteArchiving(sql, null)
  } catch (thrown) {
    fault('a day of the audit log could not be archived', thrown)
    await noteArchiving(
      sql,
      thrown instanceof NotArchived ? thrown.message : 'the archive could not be written',
    )
  }
  return gone
}

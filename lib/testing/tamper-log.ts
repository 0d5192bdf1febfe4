/** A log of 2,000 events, written by the real writer and sequencer and signed by the real notary, as an export in memory. */

import { memoryFolder } from '#lib/audit/folder/memory.ts'
import { type Feed, writeExport } from '#lib/audit/folder/write.ts'
import { buildEvents } from '#lib/audit/record/event.ts'
import { openSequencer } from '#lib/audit/sequence/sequencer.ts'
import { openNotary } from '#lib/audit/tree/notary.ts'
import { parseCheckpoint, parseVerifierKey, type VerifierKey } from '#lib/audit/tree/note.ts'
import { readLog, readTilesFrom } from '#lib/audit/tree/read-log.ts'
import { openAuditPool } from '#lib/audit/write/pool.ts'
import { logSigner } from '#lib/crypto/log-signer.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { type Sql, sqlOn } from '#lib/store/database.ts'
import { event, facts, KEY, KEY_2, keyResource, NOTHING, openTestLog, type TestLog } from './audit-log.ts'
import type { Untouched } from './tampering.ts'

const EVENTS = 2000
const EARLIER = 1500

export type TamperLog = {
  readonly log: TestLog
  readonly untouched: Untouched
  readonly keys: readonly VerifierKey[]
  /** The log as the database has it, by a connection that may have changed it. */
  readonly feedOf: (sql: Sql) => Feed
  readonly close: () => Promise<void>
}

const fault = (message: string, cause: unknown) => {
  throw new Error(message, { cause })
}

/** Some of everything: other operations, refusals, two accounts, characters of several bytes. */
const made = (index: number) => {
  if (index % 50 === 0)
    return buildEvents(
      facts({
        operationName: 'ReEncrypt',
        resources: [keyResource(KEY), keyResource(KEY_2, '444455556666')],
      }),
    )
  if (index % 7 === 0)
    return [
      event({ outcome: 'denied', error: { code: 'AccessDeniedException', message: 'nö' }, decision: null }),
    ]
  if (index % 11 === 0)
    return [event({ keyId: null, resources: [], operationName: 'GenerateRandom', context: null })]
  return [event({ request: { keyId: KEY, encryptionContext: { order: `№ ${index}` } } })]
}

async function write(log: TestLog, count: number): Promise<void> {
  const writer = log.writer()
  for (let at = 0; at < count; at += 100) {
    const some = Array.from({ length: Math.min(100, count - at) }, (_, i) => made(at + i))
    await Promise.all(some.map((events) => writer.append(events, NOTHING)))
  }
}

const feedOf = (sql: Sql): Feed => ({
  events: (start, end) => readLog(sql, { start, end }, 1000),
  tiles: (level, first) => readTilesFrom(sql, { level, first }),
})

export async function openTamperLog(): Promise<TamperLog> {
  const log = await openTestLog()
  const pool = openAuditPool(log.url)
  const sql = sqlOn(pool)
  const signer = logSigner(generateSecretKey().key)
  const sequencer = openSequencer({ pool, macKey: log.macKey, mayRun: async () => true, fault })
  const notary = openNotary({ sql, name: async () => ({ origin: 'keyhouse/tampered', signer }), fault })
  await write(log, EARLIER)
  await sequencer.catchUp()
  const earlier = await notary.checkpoint()
  await write(log, EVENTS - EARLIER)
  await sequencer.catchUp()
  const { note } = await notary.checkpoint()
  const files = new Map<string, Buffer>()
  const head = parseCheckpoint(note)
  await writeExport(
    { feed: feedOf(sql), sink: memoryFolder(files), head, ranges: [{ start: 0, end: head.size }] },
    new Map([['checkpoint', note]]),
  )
  return {
    log,
    feedOf,
    keys: [parseVerifierKey(await notary.verifierKey())],
    untouched: { files, size: head.size, earlier: { size: earlier.size, note: earlier.note } },
    async close() {
      await notary.stop()
      await sequencer.stop()
      await log.close()
      await pool.end()
    },
  }
}

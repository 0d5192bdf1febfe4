/** The watch over the log on an engine's parts: who it is, what it may sign, where checkpoints go. */
import { declaration, type Place } from '#lib/audit/record/declaration.ts'
import { fileSink } from '#lib/audit/sinks/file.ts'
import { httpSink } from '#lib/audit/sinks/http.ts'
import type { ReadNote, Sink } from '#lib/audit/sinks/sink.ts'
import { syslogSink } from '#lib/audit/sinks/syslog.ts'
import { witnessSink } from '#lib/audit/sinks/witness.ts'
import {
  NoteError,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  printVerifierKey,
} from '#lib/audit/tree/note.ts'
import { type LogWatch, openLogWatch } from '#lib/audit/watch/watch.ts'
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import type { Sql } from '#lib/store/database.ts'
import { readLogKeys } from '#lib/store/log-keys.ts'
import type { Clock } from './clock.ts'
import type { DomainKeys } from './domain-keys.ts'
import { openHeldLease } from './held-lease.ts'
import { internalEvent } from './internal-event.ts'
import { nameOfLog, signerOf } from './log-name.ts'

/** Where checkpoints go, and for how long they may go nowhere. */
export type CheckpointPlaces = {
  /** A folder of this machine, outside the database's; `host` is the machine's name. */
  readonly file?: { readonly folder: string; readonly host: string } | undefined
  readonly http?: string | undefined
  /** udp://host:port or tcp://host:port */
  readonly syslog?: string | undefined
  readonly witness?: string | undefined
  readonly requiredMinutes?: number | undefined
}

type Parts = {
  readonly engineId: string
  readonly sql: Sql
  /** Of the sequencer's role. */
  readonly sequencerSql: Sql
  readonly writer: AuditWriter
  readonly catchUp: () => Promise<void>
  readonly clock: Clock
  readonly domainKeys: DomainKeys
  readonly macKey: KeyObject
  readonly places: CheckpointPlaces
  readonly fault: (message: string, cause: unknown) => void
}

const NOTHING_EXPECTED = { accounts: [], keys: [] }

/** The C2SP verifier key of a name of this installation's log: derived, so that no row can say otherwise. */
export const verifierKeyOf = (domainKeys: DomainKeys, origin: string): string =>
  printVerifierKey(origin, signerOf(domainKeys, origin).publicKey)

/** Gives the head of a note only where this installation signed it. */
function noteReader(domainKeys: DomainKeys): ReadNote {
  return (note) => {
    try {
      const { origin } = parseCheckpoint(parseNote(note).text)
      return openCheckpoint(note, [parseVerifierKey(verifierKeyOf(domainKeys, origin))])
    } catch (thrown) {
      if (thrown instanceof NoteError) return undefined
      throw thrown
    }
  }
}

function sinksOf({ file, http, syslog, witness }: CheckpointPlaces, read: ReadNote, tiles: Sql): Sink[] {
  return [
    ...(file ? [fileSink(file.folder, file.host, read)] : []),
    ...(http ? [httpSink(new URL(http), read)] : []),
    ...(syslog ? [syslogSink(new URL(syslog))] : []),
    ...(witness ? [witnessSink(new URL(witness), tiles)] : []),
  ]
}

/** Events of the log itself are in the log of the account that the installation was set up with. */
async function placeOfLog(sql: Sql): Promise<Place | undefined> {
  const [row] = await sql<{ account: string; region: string }>(
    `SELECT id AS account, coalesce(regions[1], 'global') AS region FROM keyhouse.account
     WHERE NOT sample ORDER BY created_at, id LIMIT 1`,
    [],
  )
  return row
}

export function openEngineLogWatch(parts: Parts): LogWatch {
  const { sql, sequencerSql, writer, clock, domainKeys, places, engineId } = parts
  const now = () => performance.now()
  return openLogWatch({
    sql: sequencerSql,
    macKey: parts.macKey,
    async names() {
      const { origin } = await nameOfLog(sql, domainKeys)
      const retired = (await readLogKeys(sql)).filter(({ retiredAt }) => retiredAt !== null)
      return { inUse: origin, retired: new Set(retired.map((key) => key.origin)) }
    },
    verifierKey: (origin) => verifierKeyOf(domainKeys, origin),
    sinks: sinksOf(places, noteReader(domainKeys), sequencerSql),
    requiredMinutes: places.requiredMinutes,
    alive: async () =>
      void (await sql('UPDATE audit.engine SET seen_at = clock_timestamp() WHERE id = $1::uuid', [engineId])),
    mine: openHeldLease({ sql, name: 'log-watch', holder: engineId, seconds: 15, now }),
    acknowledged: () => ({ engineId, highest: writer.highest() }),
    catchUp: parts.catchUp,
    async declare(dead, numbers) {
      const place = (await placeOfLog(sql)) ?? { account: '000000000000', region: 'global' }
      const event = declaration(
        dead,
        { lost: numbers, unused: [] },
        { ...place, now: clock.real().getTime() },
      )
      await writer.append([event], NOTHING_EXPECTED)
    },
    async say(finding, sentence) {
      const place = await placeOfLog(sql)
      if (!place) return undefined
      const { kind, first, last, details } = finding
      const event = internalEvent({
        name: 'LogFinding',
        at: clock.real(),
        ...place,
        details: { findingId: finding.id, kind, firstIndex: first, lastIndex: last, sentence, ...details },
      })
      await writer.append([event], NOTHING_EXPECTED)
      return event.id
    },
    now,
    time: clock.real,
    fault: parts.fault,
  })
}

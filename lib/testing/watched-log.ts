/** A log with everything that watches over it, but no engine: its clock goes when a test says so. */
import { Buffer } from 'node:buffer'
import pg from 'pg'
import { declaration } from '#lib/audit/record/declaration.ts'
import { openSequencer, type Sequencer } from '#lib/audit/sequence/sequencer.ts'
import type { Anchor, ReadNote, Sink } from '#lib/audit/sinks/sink.ts'
import type { Checkpoint } from '#lib/audit/tree/checkpoints.ts'
import { type Notary, openNotary } from '#lib/audit/tree/notary.ts'
import { openCheckpoint, parseVerifierKey, printVerifierKey } from '#lib/audit/tree/note.ts'
import { type FindingRow, listFindings } from '#lib/audit/watch/findings.ts'
import { type LogWatch, openLogWatch } from '#lib/audit/watch/watch.ts'
import type { Sql } from '#lib/audit/write/change.ts'
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import { type LogSigner, logSigner } from '#lib/crypto/log-signer.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { ACCOUNT, event, NOTHING, openTestLog, REGION, type TestLog } from './audit-log.ts'

export const ORIGIN = 'keyhouse/test'

export type WatchedLog = {
  readonly log: TestLog
  readonly writer: AuditWriter & { readonly engineId: string }
  readonly sequencer: Sequencer
  readonly notary: Notary
  readonly watch: LogWatch
  readonly sql: Sql
  readonly read: ReadNote
  /** What the watch reported to the operator. */
  readonly faults: string[]
  /** So many events, sequenced and signed. */
  readonly grow: (count: number) => Promise<Checkpoint>
  /** Seconds pass. */
  readonly pass: (seconds: number) => void
  /** One statement or more, as somebody whom neither roles nor triggers stop. */
  readonly attack: (text: string, values?: readonly unknown[]) => Promise<void>
  /** What was found, as kind and subject, in the order of subjects. */
  readonly found: () => Promise<string[]>
  readonly findings: () => Promise<FindingRow[]>
  readonly close: () => Promise<void>
}

export type WatchedOptions = {
  readonly signer?: LogSigner
  readonly sinks?: (read: ReadNote, sql: Sql) => readonly Sink[]
  readonly requiredMinutes?: number
}

const onPool =
  (pool: pg.Pool): Sql =>
  async (text, values) =>
    (await pool.query(text, [...values])).rows

function readerOf(signer: LogSigner): ReadNote {
  return (note): Omit<Anchor, 'where'> | undefined => {
    try {
      return openCheckpoint(note, [parseVerifierKey(printVerifierKey(ORIGIN, signer.publicKey))])
    } catch {
      return undefined
    }
  }
}

/** On a log of its own, or on one that is there. */
export async function openWatchedLog(options: WatchedOptions = {}, of?: TestLog): Promise<WatchedLog> {
  const log = of ?? (await openTestLog())
  const signer = options.signer ?? logSigner(generateSecretKey().key)
  const pool = new pg.Pool({ connectionString: log.urlOf('sequencer'), max: 4 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const sql = onPool(pool)
  const faults: string[] = []
  const fault = (message: string, cause: unknown) => void faults.push(`${message}: ${cause}`)
  const { macKey } = log
  const writer = log.writer()
  const sequencer = openSequencer({ pool, macKey, fault })
  const read = readerOf(signer)
  let passed = 0
  const watch = openLogWatch({
    sql,
    macKey,
    names: async () => ({ inUse: ORIGIN, retired: new Set() }),
    verifierKey: (origin) => printVerifierKey(origin, signer.publicKey),
    sinks: options.sinks?.(read, sql) ?? [],
    requiredMinutes: options.requiredMinutes,
    alive: async () => {},
    mine: async () => true,
    acknowledged: () => ({ engineId: writer.engineId, highest: writer.highest() }),
    catchUp: sequencer.catchUp,
    async declare(engineId, numbers) {
      const at = { account: ACCOUNT, region: REGION, now: Date.now() }
      await writer.append([declaration(engineId, { lost: numbers, unused: [] }, at)], NOTHING)
    },
    say: async () => uuidv4(),
    now: () => performance.now() + passed,
    time: () => new Date(Date.now() + passed),
    fault,
  })
  const notary = openNotary({
    sql,
    name: async () => ({ origin: ORIGIN, signer }),
    mayContinue: watch.mayContinue,
    fault,
  })
  const findings = () => listFindings(sql)
  return {
    log,
    writer,
    sequencer,
    notary,
    watch,
    sql,
    read,
    faults,
    async grow(count) {
      await Promise.all(Array.from({ length: count }, () => writer.append([event()], NOTHING)))
      await sequencer.catchUp()
      return notary.checkpoint()
    },
    pass: (seconds) => {
      passed += seconds * 1000
    },
    async attack(text, values = []) {
      const client = await log.pool.connect()
      try {
        await client.query('BEGIN')
        await client.query('SET LOCAL session_replication_role = replica')
        await client.query(text, [...values])
        await client.query('COMMIT')
      } finally {
        client.release()
      }
    },
    found: async () => (await findings()).map(({ kind, subject }) => `${kind} ${subject}`).sort(),
    findings,
    async close() {
      await watch.stop()
      await pool.end()
      if (!of) await log.close()
    },
  }
}

/** Bytes as SQL writes them. */
export const bytes = (value: number, length: number): Buffer => Buffer.alloc(length, value)

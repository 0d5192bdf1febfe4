/**
 * The engine put together: database, domain keys, caches, audit writer, and the door in front of them.
 * It serves nobody by itself; lib/server starts the edges.
 */
import type pg from 'pg'
import { openEventExports } from '#lib/audit/export/export-rows.ts'
import { type BuiltEvent, buildEvent, type EventFacts } from '#lib/audit/record/event.ts'
import { openAuditSearch } from '#lib/audit/search/search.ts'
import { openTail } from '#lib/audit/search/tail.ts'
import { openSequencer } from '#lib/audit/sequence/sequencer.ts'
import { openNotary } from '#lib/audit/tree/notary.ts'
import type { LogWatch } from '#lib/audit/watch/watch.ts'
import { openAuditPool } from '#lib/audit/write/pool.ts'
import { openRefusedConnections } from '#lib/audit/write/refused.ts'
import { type AuditWriter, openAuditWriter } from '#lib/audit/write/writer.ts'
import { openWrittenRows } from '#lib/audit/write/written-rows.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { KmsError } from '#lib/domain/refusal.ts'
import type { RootKey } from '#lib/rootkey/root-key.ts'
import { readClock } from '#lib/store/clock.ts'
import { type Database, openDatabase, openPool, sqlOn } from '#lib/store/database.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { openClock } from './clock.ts'
import { openDomainKeys } from './domain-keys.ts'
import { newDueWorkBell } from './due-work-bell.ts'
import { openHeldLease } from './held-lease.ts'
import { openIdentities } from './identities.ts'
import { internalEvent } from './internal-event.ts'
import { type Invoke, openDoor } from './invoke.ts'
import { type FetchDocument, openIssuerKeys } from './issuer-keys.ts'
import { openKeys } from './keys.ts'
import { nameOfLog } from './log-name.ts'
import { type CheckpointPlaces, openEngineLogWatch } from './log-watch.ts'
import { refuseWhileReadOnly } from './read-only.ts'
import type { InstallationFacts, Services } from './services.ts'
import { openThrottle } from './throttle.ts'

export type Log = {
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

export type EngineOptions = {
  /** One login a role; the same one three times where the database keeps no roles apart. */
  readonly engineUrl: string
  readonly sequencerUrl: string
  readonly readerUrl: string
  readonly rootKey: RootKey
  readonly installation: InstallationFacts
  /** PEM of the root of Nitro attestation documents. */
  readonly nitroRoot?: string | undefined
  /** How documents of other machines are fetched; without it no issuer is asked for its keys. */
  readonly fetchDocument?: FetchDocument | undefined
  /** For the benchmark: cryptography and reads leave no event. Whoever starts the engine sees to it that nobody else has this. */
  readonly withoutAudit?: boolean | undefined
  /** Request quotas: this many times AWS's values; none without it. */
  readonly throttle?: number | undefined
  /** What Reset does once its event is written; without it there is no Reset. */
  readonly startOver?: (() => void) | undefined
  /** Where checkpoints of the log go. */
  readonly checkpoints?: CheckpointPlaces | undefined
  readonly log: Log
}

export type Engine = {
  readonly id: string
  readonly services: Services
  readonly writer: AuditWriter
  readonly invoke: Invoke
  /** Records something that was no operation: a sign-in, a violation. Resolves when it is durable, with its id. */
  readonly record: (facts: EventFacts) => Promise<string>
  /** Whether a request could be served now: the log takes events and the clock is near the database's (R72). */
  readonly ready: () => Promise<{ ok: boolean; reason?: string }>
  readonly close: () => Promise<void>
}

/** Clocks further apart than this make signatures and dates disagree (R70). */
const MOST_SKEW_MS = 30_000

const NOTHING_EXPECTED = { accounts: [], keys: [] }

/** What Keyhouse makes by itself changes something, as an administrator does. */
const INTERNAL = { name: 'internal', class: 'admin' } as const

/** The region that events without one are filed under. */
const NOWHERE = 'global'

/** Rows and events together; a unique key that is taken means that somebody else was faster. */
function inTransaction(database: Database, writer: AuditWriter, logWatch: LogWatch): Services['internally'] {
  return async (events, rows) => {
    refuseWhileReadOnly({ logWatch }, INTERNAL)
    try {
      await database.transaction(async (transaction) => {
        await rows(transaction)
        await writer.appendIn(transaction.sql, events)
      })
      return true
    } catch (thrown) {
      if (databaseFailure(thrown) === 'conflict') return false
      throw thrown
    }
  }
}

/** A log in doubt or a clock that jumped keep nobody from being served; it is said where operators look (R65, R71). */
async function withDoubts({ database, logWatch }: Services): Promise<{ ok: true; reason?: string }> {
  const readOnly = logWatch.readOnly()
  if (readOnly !== null) return { ok: true, reason: readOnly }
  const { jumpedAt } = await readClock(database.sql)
  if (jumpedAt === null) return { ok: true }
  return { ok: true, reason: 'the clock jumped: nothing is deleted until ./keyhouse clock acknowledge' }
}

function readiness(services: Services, writer: AuditWriter) {
  return async () => {
    try {
      await writer.ready()
      const ahead = await services.clock.refresh()
      if (Math.abs(ahead) < MOST_SKEW_MS) return await withDoubts(services)
      return { ok: false, reason: `the clock differs from the database's by ${Math.round(ahead / 1000)} s` }
    } catch {
      return { ok: false, reason: 'the database cannot be used' }
    }
  }
}

/** Records an edit made behind our back, without holding up the refusal it causes (R15). */
function reportViolation(writer: () => AuditWriter, log: Log, now: () => Date) {
  return ({ place, what }: { place: { account: string; region: string; id: string }; what: string }) => {
    log.error({ account: place.account, region: place.region, keyId: place.id, what }, 'integrity violation')
    const event: BuiltEvent = internalEvent({
      name: 'IntegrityViolation',
      at: now(),
      account: place.account,
      region: place.region,
      key: { id: place.id, arn: `arn:aws:kms:${place.region}:${place.account}:key/${place.id}` },
      details: { what },
    })
    writer()
      .append([event], NOTHING_EXPECTED)
      .catch((cause: unknown) =>
        log.error({ cause: String(cause) }, 'an integrity violation could not be recorded'),
      )
  }
}

/** What the benchmark compares with: every answer leaves at once, and nothing says that it did. */
const unrecorded = (writer: AuditWriter): AuditWriter => ({ ...writer, append: async () => 'recorded' })

export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { log, rootKey } = options
  const id = uuidv4()
  const database = openDatabase(options.engineUrl)
  const auditPool = openAuditPool(options.engineUrl)
  const sequencerPool = openPool(options.sequencerUrl, 2)
  const readerPool = openPool(options.readerUrl, 6)
  const pools: pg.Pool[] = [auditPool, sequencerPool, readerPool]

  const clock = openClock(database.sql)
  await clock.refresh()
  const domainKeys = await openDomainKeys(database.sql, rootKey)
  const rowMacKey = domainKeys.derive('row-mac/v1')
  const markerKey = domainKeys.derive('page-token/v1')
  const faultOf = (message: string, cause: unknown) => log.error({ cause: String(cause) }, message)

  const macKey = domainKeys.derive('audit-mac/v1')
  const written = openWrittenRows()
  const auditWriter = openAuditWriter({
    pool: auditPool,
    macKey,
    written,
    engineId: id,
    now: () => clock.real().getTime(),
    place: () => ({ account: '000000000000', region: NOWHERE }),
  })
  const writer = options.withoutAudit ? unrecorded(auditWriter) : auditWriter
  const mayRun = openHeldLease({
    sql: database.sql,
    name: 'sequencer',
    holder: id,
    seconds: 6,
    now: () => performance.now(),
  })
  const sequencer = openSequencer({ pool: sequencerPool, macKey, written, mayRun, fault: faultOf })
  const sequencerSql = sqlOn(sequencerPool)
  const logWatch = openEngineLogWatch({
    engineId: id,
    sql: database.sql,
    sequencerSql,
    writer,
    catchUp: sequencer.catchUp,
    clock,
    domainKeys,
    macKey,
    places: options.checkpoints ?? {},
    fault: faultOf,
  })
  const notary = openNotary({
    sql: sequencerSql,
    name: () => nameOfLog(database.sql, domainKeys),
    mayRun,
    mayContinue: logWatch.mayContinue,
    fault: faultOf,
  })
  const services: Services = {
    database,
    reader: sqlOn(readerPool),
    clock,
    domainKeys,
    identities: openIdentities(database.sql, domainKeys),
    keys: openKeys({
      sql: database.sql,
      domainKeys,
      rowMacKey,
      violated: reportViolation(() => writer, log, clock.real),
    }),
    rowMacKey,
    markerKey,
    grantTokenKey: domainKeys.derive('grant-token/v1'),
    importTokenKey: domainKeys.derive('import-token/v1'),
    issuerKeys: openIssuerKeys(options.fetchDocument, () => performance.now()),
    nitroRoot: options.nitroRoot,
    internally: inTransaction(database, writer, logWatch),
    dueWork: newDueWorkBell((cause) => faultOf('due work failed', cause)),
    search: openAuditSearch({ pool: readerPool, markerKey }),
    exports: openEventExports(readerPool),
    tail: openTail({ pool: readerPool, now: () => performance.now(), fault: faultOf }),
    sequencer,
    notary,
    logWatch,
    refused: openRefusedConnections(database.sql),
    installation: options.installation,
    startOver: options.startOver,
  }
  const fault = (error: KmsError, operation: string) =>
    log.error({ operation, code: error.code, detail: error.detail }, 'a request failed by our fault')

  const { throttle: factor } = options
  const throttle = factor === undefined ? undefined : openThrottle({ factor, now: () => performance.now() })

  return {
    id,
    services,
    writer,
    invoke: openDoor({ services, writer, fault, throttle }),
    async record(facts) {
      const event = buildEvent(facts)
      await writer.append([event], NOTHING_EXPECTED)
      return event.id
    },
    ready: readiness(services, writer),
    async close() {
      await logWatch.stop()
      await writer.close().catch((cause: unknown) => faultOf('the audit writer did not close cleanly', cause))
      await services.tail.stop()
      await sequencer.stop()
      await notary.stop()
      await services.refused.stop()
      for (const pool of pools) await pool.end()
      await database.close()
    },
  }
}

/**
 * Folders that the log goes to by the hour: archives of days that are kept no longer, and CloudTrail's digest files. One
 * engine at a time looks: every minute whether an hour of digests is over, once an hour whether a day is to go.
 */
import { join } from 'node:path'
import { type DigestDelivery, deliverDigests, noteDigestsFailed } from '#lib/audit/digests/deliver-digests.ts'
import { diskFolder } from '#lib/audit/folder/disk.ts'
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { openHeldLease } from '#lib/engine/held-lease.ts'
import { archiveDueDays } from '#lib/jobs/retention.ts'
import { openPool, type Sql, sqlOn } from '#lib/store/database.ts'
import type { EngineSettings } from './engine-settings.ts'

const LOOK_MS = 60_000
const HOUR_MS = 3_600_000
const LEASE_SECONDS = 180

type Parts = {
  readonly settings: Pick<EngineSettings, 'sequencerUrl' | 'auditFolders'>
  readonly engine: Pick<Engine, 'id' | 'services'> & { readonly writer: AuditWriter }
  readonly fault: (message: string, cause: unknown) => void
}

export type AuditFolders = {
  readonly start: () => void
  /** Does what is due, if this engine is the one that does. */
  readonly look: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** An account and each of its Regions. */
const TRAILS_SQL = 'SELECT id AS account, unnest(regions) AS region FROM keyhouse.account'

function digestDelivery({ services }: Pick<Engine, 'services'>, sql: Sql, folder: string): DigestDelivery {
  const { database, notary, clock } = services
  return {
    sql,
    sink: diskFolder(folder),
    trails: () => database.sql(TRAILS_SQL, []),
    sign: notary.signNote,
    verifierKey: notary.verifierKey,
    now: clock.real,
  }
}

export function openAuditFolders({ settings, engine, fault }: Parts): AuditFolders {
  const { archive, digests } = settings.auditFolders
  const { services, writer, id } = engine
  const pool = openPool(settings.sequencerUrl, 1)
  const sql = sqlOn(pool)
  const now = () => performance.now()
  const lease = { sql: services.database.sql, name: 'audit-folders', holder: id, seconds: LEASE_SECONDS, now }
  const mayRun = openHeldLease(lease)
  const folder = archive === undefined ? undefined : (day: string) => diskFolder(join(archive, day))
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let doneAt = Number.NEGATIVE_INFINITY

  const delivery = digests === undefined ? undefined : digestDelivery(engine, sql, digests)

  async function deliver(): Promise<void> {
    if (!delivery) return
    await services.sequencer.catchUp()
    await deliverDigests(delivery).catch(async (cause: unknown) => {
      fault('digest files could not be delivered', cause)
      await noteDigestsFailed(sql, 'the files could not be written')
    })
  }

  async function look(): Promise<void> {
    if (services.logWatch.readOnly() !== null || !(await mayRun())) return
    await deliver()
    if (now() - doneAt < HOUR_MS) return
    doneAt = now()
    await archiveDueDays({ services, writer, sql, folder, fault })
  }

  function round(): void {
    running = look()
      .catch((cause) => fault('the audit folders could not be looked after', cause))
      .finally(() => {
        if (timer) timer = setTimeout(round, LOOK_MS)
      })
  }

  return {
    look,
    start() {
      timer = setTimeout(round, LOOK_MS)
    },
    async stop() {
      clearTimeout(timer)
      timer = undefined
      await running
      await pool.end()
    },
  }
}

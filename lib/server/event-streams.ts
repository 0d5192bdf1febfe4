/** The streams of events that an installation is configured for, one engine at a time. Each has a connection to spare. */
import { type EventStream, openStreams, type Streams } from '#lib/audit/streams/streams.ts'
import { syslogStream } from '#lib/audit/streams/syslog.ts'
import { webhookStream } from '#lib/audit/streams/webhook.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { openHeldLease } from '#lib/engine/held-lease.ts'
import { openPool, sqlOn } from '#lib/store/database.ts'
import type { EngineSettings } from './engine-settings.ts'

/** Longer than any batch takes: whoever has the lease when a batch begins has it when it ends. */
const LEASE_SECONDS = 60

type Parts = {
  readonly settings: Pick<EngineSettings, 'sequencerUrl' | 'streams'>
  readonly engine: Pick<Engine, 'id' | 'services'>
  readonly fault: (message: string, cause: unknown) => void
}

function streamsOf({ webhook, syslog }: EngineSettings['streams']): EventStream[] {
  return [
    ...(webhook === undefined ? [] : [webhookStream(new URL(webhook))]),
    ...(syslog === undefined ? [] : [syslogStream(new URL(syslog))]),
  ]
}

/** Nothing is opened where nothing is configured. */
export function openEventStreams({ settings, engine, fault }: Parts): Streams {
  const streams = streamsOf(settings.streams)
  if (streams.length === 0) return { start: () => {}, stop: async () => {} }
  const pool = openPool(settings.sequencerUrl, streams.length)
  const mayRun = openHeldLease({
    sql: engine.services.database.sql,
    name: 'audit-streams',
    holder: engine.id,
    seconds: LEASE_SECONDS,
    now: () => performance.now(),
  })
  const open = openStreams({ sql: sqlOn(pool), streams, mayRun, fault })
  return {
    start: open.start,
    async stop() {
      await open.stop()
      await pool.end()
    },
  }
}

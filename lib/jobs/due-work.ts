/**
 * The timer behind due work. One engine at a time holds the lease; every effect is unique by key besides, so that a
 * holder that was slow to notice does no harm (R69).
 */
import type { AuditWriter } from '#lib/audit/writer.ts'
import type { Services } from '#lib/engine/services.ts'
import { pruneRetries } from '#lib/store/idempotency.ts'
import { takeLease } from '#lib/store/leases.ts'
import { type Fault, rotateDueKeys } from './rotation.ts'

const EVERY_MS = 10_000
const LEASE_SECONDS = 30

export type DueWork = {
  readonly start: () => void
  readonly stop: () => Promise<void>
  readonly sweep: () => Promise<void>
}

export function openDueWork(parts: {
  services: Services
  writer: AuditWriter
  engineId: string
  fault: Fault
}): DueWork {
  const { services, writer, engineId, fault } = parts
  const { sql } = services.database
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function sweep(): Promise<void> {
    await services.clock.refresh()
    const lease = await takeLease(sql, { name: 'due-work', holder: engineId, seconds: LEASE_SECONDS })
    if (lease === undefined) return
    await rotateDueKeys(services, writer, fault)
    await pruneRetries(sql)
  }

  function round(): void {
    running = sweep()
      .catch((cause) => fault('due work failed', cause))
      .finally(() => {
        if (timer) timer = setTimeout(round, EVERY_MS)
      })
  }

  return {
    sweep,
    start() {
      timer = setTimeout(round, 0)
    },
    async stop() {
      clearTimeout(timer)
      timer = undefined
      await running
    },
  }
}

/**
 * The timer behind due work. One engine at a time holds the lease; every effect is unique by key besides, so that a
 * holder that was slow to notice does no harm (R69). What destroys waits while the clock is in doubt (R71).
 */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { Services } from '#lib/engine/services.ts'
import { pruneRetries } from '#lib/store/idempotency.ts'
import { pruneImportSessions } from '#lib/store/import-sessions.ts'
import { takeLease } from '#lib/store/leases.ts'
import { openClockGuard, processSteady, type Steady } from './clock-guard.ts'
import { deleteDueKeys } from './deletion.ts'
import { expireMaterials } from './expiry.ts'
import { type Fault, rotateDueKeys } from './rotation.ts'
import { settleKeys } from './settling.ts'

const EVERY_MS = 10_000
const LEASE_SECONDS = 30
// A round does its work in portions; one that finds no end leaves the rest to the next.
const MOST_PORTIONS = 100

export type DueWork = {
  readonly start: () => void
  readonly stop: () => Promise<void>
  /** A round, unless another engine holds the lease. */
  readonly sweep: () => Promise<void>
}

export function openDueWork(parts: {
  services: Services
  writer: AuditWriter
  engineId: string
  fault: Fault
  steady?: () => Steady
}): DueWork {
  const { services, writer, engineId, fault, steady = processSteady } = parts
  const { sql } = services.database
  const guard = openClockGuard({ services, writer, steady, fault })
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  /** What makes or changes; gives how much there was. */
  async function renew(): Promise<number> {
    const settled = await settleKeys(services, writer, fault)
    return settled + (await rotateDueKeys(services, writer, fault))
  }

  /** What destroys. */
  async function destroy(): Promise<number> {
    const deleted = await deleteDueKeys(services, writer, fault)
    return deleted + (await expireMaterials(services, writer, fault))
  }

  /** Everything that is due, also what comes due by it. Every engine looks at the clock; `mine` says who works. */
  async function work(mine: () => Promise<boolean>): Promise<void> {
    await services.clock.refresh()
    const mayDestroy = await guard.look()
    // What is due by an older state of the database may have been done, or undone, already (R65).
    if (services.logWatch.readOnly() !== null) return
    for (let portion = 0; portion < MOST_PORTIONS; portion++) {
      if (!(await mine())) return
      const done = (await renew()) + (mayDestroy ? await destroy() : 0)
      if (done === 0) break
    }
    await pruneRetries(sql)
    await pruneImportSessions(sql)
  }

  async function holdsLease(): Promise<boolean> {
    const lease = { name: 'due-work', holder: engineId, seconds: LEASE_SECONDS }
    return (await takeLease(sql, lease)) !== undefined
  }

  const sweep = () => work(holdsLease)

  function round(): void {
    running = sweep()
      .catch((cause) => fault('due work failed', cause))
      .finally(() => {
        if (timer) timer = setTimeout(round, EVERY_MS)
      })
  }

  // Who rings waits for the work, not for another engine's timer.
  services.dueWork.answer(() => work(async () => true))

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

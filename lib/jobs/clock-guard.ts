/**
 * The guard before work that destroys (R71): what is due goes by the database's clock, and a clock that jumped must not
 * delete a key. It compares that clock with the time that a machine counts by itself.
 *
 * Between two looks of one engine, and across its restart on a machine that stayed up, the machine knows how much time
 * passed. After a restart of the machine, or on another one, nobody knows: up to 31 days count as time in which
 * nothing ran. Back by more than an hour is a jump in every case.
 */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import { internalEvent } from '#lib/engine/internal-event.ts'
import type { Services } from '#lib/engine/services.ts'
import { listAccounts } from '#lib/store/accounts.ts'
import { type ClockState, type Look, markJump, noteLook, readClock } from '#lib/store/clock.ts'
import type { Fault } from './rotation.ts'

const HOUR_MS = 3_600_000
const LONGEST_PAUSE_MS = 31 * 24 * HOUR_MS

/** The time that a machine counts by itself, whatever its clock is set to. */
export type Steady = {
  /** Which run of the machine this is; null where it does not say. */
  readonly boot: string | null
  /** Milliseconds it has been up, sleep included where the system counts that. */
  readonly ms: number
}

/** This process's own count: good between its looks, and for nothing longer. */
export const processSteady = (): Steady => ({ boot: null, ms: performance.now() })

/**
 * How much of the time since the last look is accounted for, in milliseconds; undefined when nothing that runs now can
 * tell. `last` is this engine's own last look.
 */
export function explained(seen: Look, last: Steady | undefined, now: Steady): number | undefined {
  if (last) return now.ms - last.ms
  if (seen.boot !== null && seen.boot === now.boot && seen.steadyMs !== null) return now.ms - seen.steadyMs
  return undefined
}

/** Whether a clock that says `elapsed` milliseconds passed has jumped, given what is accounted for. */
export function isJump(elapsed: number, accounted: number | undefined): boolean {
  return elapsed < -HOUR_MS || elapsed > (accounted === undefined ? LONGEST_PAUSE_MS : accounted + HOUR_MS)
}

export type ClockGuard = {
  /** Looks at the clock; false while work that destroys must wait. */
  readonly look: () => Promise<boolean>
}

type GuardParts = { services: Services; writer: AuditWriter; steady: () => Steady; fault: Fault }

/** One event for each account, in its first Region: what stands still is everybody's. */
async function eventsOf({ database, clock }: Services, state: ClockState) {
  const details = { expectedAfter: state.seen?.at.toISOString(), found: state.now.toISOString() }
  return (await listAccounts(database.sql)).map(({ id, regions }) =>
    internalEvent({
      name: 'ClockJump',
      at: clock.real(),
      account: id,
      region: regions[0] ?? 'global',
      details,
    }),
  )
}

export function openClockGuard({ services, writer, steady, fault }: GuardParts): ClockGuard {
  const { database } = services
  let last: Steady | undefined

  /** Stops what destroys, on every engine; the one that notices first says so. */
  async function stop(state: ClockState): Promise<void> {
    const events = await eventsOf(services, state)
    const first = await database.transaction(async (transaction) => {
      if (!(await markJump(transaction.sql))) return false
      await writer.appendIn(transaction.sql, events)
      return true
    })
    if (first)
      fault(
        'the clock jumped: keys are not deleted and material does not expire until ./keyhouse clock acknowledge',
        `from ${state.seen?.at.toISOString()} to ${state.now.toISOString()}`,
      )
  }

  return {
    async look() {
      const state = await readClock(database.sql)
      const now = steady()
      const { seen } = state
      const jumped =
        seen !== null && isJump(state.now.getTime() - seen.at.getTime(), explained(seen, last, now))
      if (jumped) await stop(state)
      await noteLook(database.sql, { boot: now.boot, steadyMs: now.ms })
      last = now
      return !jumped && state.jumpedAt === null
    },
  }
}

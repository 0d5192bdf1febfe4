/**
 * The installation's clock: what time it goes by, moving it where it is a test's (docs/seed-file.md), going on after a
 * jump (R71), and beginning anew. Events keep real time, whatever this clock says.
 */
import type { z } from 'zod'
import {
  AcknowledgeClockInput,
  AdvanceClockInput,
  ResetInput,
  ShowClockInput,
} from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { operation } from '#lib/engine/operation.ts'
import { acknowledgeJump, type ClockState, moveClock, nextDue, readClock } from '#lib/store/clock.ts'

const NOT_MANUAL =
  "This installation goes by real time. Only one that a seed file with 'clock: manual' made can do this."
const LATEST = new Date('2200-01-01T00:00:00Z')
// So that a decade of a thousand keys takes seconds: what comes due between two stops happens at the second.
const MOST_STOPS = 200
// A date counts as come once it has passed.
const AFTER_MS = 1000

const invalid = (text: string) => new KmsError('ValidationException', text)

async function manualClock({ services }: Call): Promise<ClockState> {
  const state = await readClock(services.database.sql)
  if (!state.manual) throw new KmsError('UnsupportedOperationException', NOT_MANUAL)
  return state
}

export const ShowClock = operation({
  name: 'ShowClock',
  service: 'Keyhouse',
  action: 'keyhouse:ShowClock',
  class: 'read',
  input: ShowClockInput,
  logged: { request: () => null },

  async run(call) {
    await call.permit()
    const { manual, now, offsetMs, jumpedAt } = await readClock(call.services.database.sql)
    return {
      Now: now,
      Manual: manual,
      AheadSeconds: Math.round(offsetMs / 1000),
      ...(jumpedAt && { JumpedAt: jumpedAt }),
    }
  },
})

type Step = z.infer<typeof AdvanceClockInput>

function targetOf({ Seconds: seconds, To: to }: Step, { now }: ClockState): Date {
  if ((seconds === undefined) === (to === undefined)) throw invalid('Give either Seconds or To.')
  const target = to ?? new Date(now.getTime() + (seconds ?? 0) * 1000)
  if (target <= now)
    throw invalid(`The clock only goes forward: To must be after ${now.toISOString()}, its time now.`)
  if (target > LATEST) throw invalid(`The clock goes no further than ${LATEST.toISOString()}.`)
  return target
}

/** The next date at which something is due, or the end; never sooner after the last stop than `apart`. */
async function nextStop(call: Call, way: { from: Date; to: Date; apart: number }): Promise<Date> {
  const { from, to, apart } = way
  const due = await nextDue(call.services.database.sql, from, to)
  if (!due) return to
  return new Date(Math.min(to.getTime(), Math.max(due.getTime() + AFTER_MS, from.getTime() + apart)))
}

export const AdvanceClock = operation({
  name: 'AdvanceClock',
  service: 'Keyhouse',
  action: 'keyhouse:AdvanceClock',
  class: 'admin',
  input: AdvanceClockInput,
  logged: { request: ({ Seconds, To }: Step) => ({ seconds: Seconds, to: To }) },

  async run(call, input: Step) {
    await permitInstallation(call, 'the clock belongs')
    const state = await manualClock(call)
    const { database, clock, dueWork } = call.services
    const to = targetOf(input, state)
    const apart = (to.getTime() - state.now.getTime()) / MOST_STOPS
    let from = await nextStop(call, { from: state.now, to, apart })
    const first = from
    const output = await call.change({
      rows: async ({ sql }) => void (await moveClock(sql, first)),
      output: { From: state.now, Now: to },
    })
    // Time passes date by date, so that each rotation, deletion and expiry happens at its own.
    for (;;) {
      await clock.refresh()
      await dueWork.sweep()
      if (from >= to) return output
      from = await nextStop(call, { from, to, apart })
      await moveClock(database.sql, from)
    }
  },
})

export const AcknowledgeClock = operation({
  name: 'AcknowledgeClock',
  service: 'Keyhouse',
  action: 'keyhouse:AcknowledgeClock',
  class: 'admin',
  input: AcknowledgeClockInput,
  logged: { request: () => null },

  async run(call) {
    await permitInstallation(call, 'the clock belongs')
    const { now, jumpedAt } = await readClock(call.services.database.sql)
    if (jumpedAt === null) return { Now: now }
    return call.change({
      rows: async ({ sql }) => void (await acknowledgeJump(sql)),
      output: { Now: now, JumpedAt: jumpedAt },
    })
  },
})

export const Reset = operation({
  name: 'Reset',
  service: 'Keyhouse',
  action: 'keyhouse:Reset',
  class: 'admin',
  input: ResetInput,
  logged: { request: () => null },

  async run(call) {
    await permitInstallation(call, 'emptying everything belongs')
    await manualClock(call)
    const { startOver } = call.services
    if (!startOver) {
      throw new KmsError(
        'UnsupportedOperationException',
        'This installation cannot be emptied from here: that takes npm start with KEYHOUSE_SEED, and a database login that owns the schemas. Empty the database by hand and start again.',
      )
    }
    const output = await call.change({ output: {} })
    startOver()
    return output
  },
})

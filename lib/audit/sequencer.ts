/**
 * Fills audit.entry and audit.last_use from audit.event within a second (architecture §5).
 *
 * It takes committed events that have no entry, whatever their numbers: a gap in an engine's count never holds it up.
 * Often it looks back six seconds, rarely ten minutes before the newest entry, and so at the start. Several may run:
 * an entry is made once. An event that cannot be read is left out and reported, and does not hold up the others.
 */
import type pg from 'pg'
import { openRounds, type Reach } from './sequence-round.ts'

const STEP_MS = 500
const SWEEP_MS = 60_000
// Longer than any transaction of the engine lasts.
const OFTEN_BACK_MS = 6_000
/** Engines' clocks may differ by half a minute before they stop serving (R70). */
const READER_BACK_MS = 60_000

export type Sequencer = {
  /** Resolves when every event committed before this call has its entry. */
  catchUp(): Promise<void>
  /** Events that could not be read since the start; each is a sign of tampering. */
  unreadable(): readonly string[]
  start(): void
  stop(): Promise<void>
}

export type SequencerOptions = {
  /** Connections of the sequencer's role. */
  readonly pool: pg.Pool
  /** Whether the timer should work now: false while another process holds the lease. Readers are served always. */
  readonly mayRun?: () => boolean
  /** Told when a round failed, or an event could not be read. */
  readonly fault: (message: string, cause: unknown) => void
}

/** One round at a time; whoever asks during a round is served by the next, together with all who ask meanwhile. */
export function openSequencer({ pool, mayRun = () => true, fault }: SequencerOptions): Sequencer {
  const rounds = openRounds(pool, fault)
  let running: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  let step: NodeJS.Timeout | undefined
  let sweep: NodeJS.Timeout | undefined

  /** A round that begins after everything that runs or waits now. */
  function enqueue(reach: Reach): Promise<void> {
    const mine = running.then(() => rounds.run(reach))
    running = mine.catch(() => undefined)
    return mine
  }

  function catchUp(): Promise<void> {
    // One round serves all who asked before it began.
    waiting ??= running.then(() => {
      waiting = undefined
      return rounds.run({ backMs: READER_BACK_MS })
    })
    running = waiting.catch(() => undefined)
    return waiting
  }

  async function timed(reach: Reach): Promise<void> {
    if (!mayRun()) return
    await enqueue(reach).catch((error) => fault('the audit log could not be sequenced', error))
  }

  function again(): void {
    step = setTimeout(async () => {
      await timed({ backMs: OFTEN_BACK_MS })
      if (step !== undefined) again()
    }, STEP_MS)
  }

  return {
    catchUp,
    unreadable: rounds.unreadable,
    start() {
      void timed('whole')
      again()
      sweep = setInterval(() => void timed('whole'), SWEEP_MS)
    },
    async stop() {
      clearTimeout(step)
      step = undefined
      clearInterval(sweep)
      await running
    },
  }
}

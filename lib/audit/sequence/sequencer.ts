/**
 * Gives every committed event its place in the Merkle log, and search its entry, within a second (architecture §5).
 *
 * It takes committed events that have no leaf, whatever their numbers: a gap in an engine's count never holds it up.
 * Often it looks back six seconds, rarely ten minutes before the newest leaf, and so at the start. Several may run:
 * the head's lock lets one place events at a time.
 */
import { openRounds, type Reach, type RoundParts } from './sequence-round.ts'

const STEP_MS = 500
const SWEEP_MS = 60_000
// Longer than any transaction of the engine lasts.
const OFTEN_BACK_MS = 6_000
/** Engines' clocks may differ by half a minute before they stop serving (R70). */
const READER_BACK_MS = 60_000

export type Sequencer = {
  /** Resolves when every event committed before this call has its leaf and its entry. */
  catchUp(): Promise<void>
  start(): void
  stop(): Promise<void>
}

export type SequencerOptions = RoundParts & {
  /** Whether the timer should work now: false while another process holds the lease. Readers are served always. */
  readonly mayRun?: () => Promise<boolean>
}

/** One round at a time; whoever asks during a round is served by the next, together with all who ask meanwhile. */
export function openSequencer({ mayRun = async () => true, ...parts }: SequencerOptions): Sequencer {
  const { fault } = parts
  const rounds = openRounds(parts)
  let running: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  let step: NodeJS.Timeout | undefined
  let sweep: NodeJS.Timeout | undefined
  let mine = false

  /** A round that begins after everything that runs or waits now. */
  function enqueue(reach: Reach): Promise<void> {
    const next = running.then(() => rounds.run(reach))
    running = next.catch(() => undefined)
    return next
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
    try {
      const before = mine
      mine = await mayRun()
      // Whoever held the lease before may have ended long ago.
      if (mine) await enqueue(before ? reach : 'whole')
    } catch (error) {
      mine = false
      fault('the audit log could not be sequenced', error)
    }
  }

  function again(): void {
    step = setTimeout(async () => {
      await timed({ backMs: OFTEN_BACK_MS })
      if (step !== undefined) again()
    }, STEP_MS)
  }

  return {
    catchUp,
    start() {
      // Not for the lease: another engine that holds it may be dead, and two do no harm.
      enqueue('whole').catch((error) => fault('the audit log could not be sequenced', error))
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

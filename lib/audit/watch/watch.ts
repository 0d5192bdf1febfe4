/**
 * The watch over the log (R60, R63, R65): runs in every engine, and does once what needs to be done once.
 *
 *   every 3 seconds   this engine lives · checkpoints to places outside · new leaves verified · findings said in the log
 *   every minute      the log continues what is kept outside · checkpoints · old leaves · numbers of engines
 *
 * When the log is older than what was signed of it, or has gone another way, nothing is signed and nothing may be
 * changed until somebody acknowledges it; reading and cryptography go on, and are recorded.
 */
import type { KeyObject } from '../../crypto/secret-key.ts'
import type { Anchor, HeadAhead, Sink } from '../sinks/sink.ts'
import { type Checkpoint, newestCheckpoint, readHead } from '../tree/checkpoints.ts'
import { HeadRefused } from '../tree/notary.ts'
import type { Sql } from '../write/change.ts'
import { openDeliveries, readDeliveries } from './deliveries.ts'
import { sentenceOf } from './finding-sentence.ts'
import {
  addFindings,
  type FindingRow,
  markSaid,
  type NewFinding,
  suspicion,
  unsaidFindings,
} from './findings.ts'
import type { Acknowledged } from './gaps.ts'
import { readOnlyBecauseUnheard } from './required-sinks.ts'
import { compareWith, hasEnded, type LogNames, suspected } from './rollback.ts'
import { type LeafRange, verifyRange } from './verify-range.ts'
import { openCheckpointWatch } from './watch-checkpoints.ts'
import { openGapWatch } from './watch-gaps.ts'
import { lookAgain, lookAtNew, openUnplacedWatch } from './watch-leaves.ts'
import { openRounds } from './watch-rounds.ts'

const STEP_MS = 3_000
const LOOK_MS = 60_000
/** What a place outside says after the start counts with the first look: a start does not wait for it. */
const PATIENCE_MS = 3_000

export type LogWatch = {
  /** Why nothing may be changed, for people; null where everything may. */
  readonly readOnly: () => string | null
  /** Whether the log may be signed: it continues everything that is known of it. @throws HeadRefused */
  readonly mayContinue: () => Promise<void>
  /** Names of the log that any place outside remembers. */
  readonly remembered: () => Promise<readonly string[]>
  /** Looks at once whether everything is forgiven: after an acknowledgement. */
  readonly refresh: () => Promise<void>
  readonly step: () => Promise<void>
  readonly look: () => Promise<void>
  /** Leaves verified for somebody who asks, one range at a time; what is wrong is a finding too. */
  readonly verify: (range: LeafRange) => Promise<readonly NewFinding[]>
  /** Something that was noticed beside the watch. */
  readonly report: (kind: 'missing' | 'mismatch', event: { id: string; index: number }) => Promise<void>
  /** The places that are told of checkpoints. */
  readonly sinks: readonly Pick<Sink, 'name' | 'kind'>[]
  /** Resolves when checkpoints that are on their way have arrived, or have not. */
  readonly delivered: () => Promise<void>
  readonly start: () => void
  readonly stop: () => Promise<void>
}

export type LogWatchParts = {
  /** Of the sequencer's role. */
  readonly sql: Sql
  readonly macKey: KeyObject
  readonly names: () => Promise<LogNames>
  readonly verifierKey: (origin: string) => string
  readonly sinks: readonly Sink[]
  /** Minutes without any place outside after which nothing may be changed. */
  readonly requiredMinutes?: number | undefined
  /** Says in the database that this engine lives. */
  readonly alive: () => Promise<void>
  /** Whether this engine does what is to be done once. */
  readonly mine: () => Promise<boolean>
  readonly acknowledged: () => Acknowledged
  readonly catchUp: () => Promise<void>
  readonly declare: (engineId: string, numbers: readonly number[]) => Promise<void>
  /** Says in the log what was found; gives the event's id, undefined where there is no account to say it in yet. */
  readonly say: (finding: FindingRow, sentence: string) => Promise<string | undefined>
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  readonly time: () => Date
  readonly fault: (message: string, cause: unknown) => void
}

const adviceOf = (finding: FindingRow) =>
  `${sentenceOf(finding)} Nothing can be changed and nothing is signed until someone who may answers AcknowledgeRollback; reading and cryptography go on.`

/** Waits for so long; what comes later comes later. */
async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work, promise]).finally(() => clearTimeout(timer))
}

export function openLogWatch(parts: LogWatchParts): LogWatch {
  const { sql, sinks, fault } = parts
  const checkCheckpoints = openCheckpointWatch(parts)
  const lookAtUnplaced = openUnplacedWatch(sql)
  const lookAtNumbers = openGapWatch({ ...parts, own: parts.acknowledged })
  const deliveries = openDeliveries({ ...parts, ahead: suspect, continues })
  let readOnly: string | null = null
  /** The newest head that this engine knows of, by itself or from places outside. */
  let known: Anchor | undefined
  let begun: Promise<void> | undefined

  async function suspect({ kind, anchor }: HeadAhead): Promise<void> {
    await addFindings(sql, [suspected(kind, anchor, (await readHead(sql)).size)])
    await refresh()
  }

  async function refresh(): Promise<void> {
    const found = await suspicion(sql)
    const names = sinks.map(({ name }) => name)
    const asked = { minutes: parts.requiredMinutes, now: parts.time() }
    readOnly = found ? adviceOf(found) : readOnlyBecauseUnheard(await readDeliveries(sql), names, asked)
  }

  /** Compares the log with a head, unless that one's name ended with a rollback that was acknowledged. */
  async function compare(anchor: Anchor): Promise<void> {
    if (hasEnded(anchor.origin, await parts.names())) return
    const found = await compareWith(sql, anchor)
    if (found) await addFindings(sql, [found])
    else if (known === undefined || known.size <= anchor.size || known.origin !== anchor.origin)
      known = anchor
  }

  /** Whether a place may be told more: not where it knows what this log does not lead to. */
  async function continues(anchor: Anchor): Promise<boolean> {
    await compare(anchor)
    return (await suspicion(sql)) === undefined
  }

  async function askAll(): Promise<Anchor[]> {
    const asked = sinks.map(async (sink) => {
      try {
        return await sink.newest?.()
      } catch (cause) {
        fault(`${sink.name} does not say which checkpoint it has`, cause)
        return undefined
      }
    })
    return (await Promise.all(asked)).filter((anchor) => anchor !== undefined)
  }

  async function compareWithAll(): Promise<void> {
    for (const anchor of await askAll()) await compare(anchor)
    if (known) await compare(known)
    await refresh()
  }

  async function newest(): Promise<Checkpoint | undefined> {
    return newestCheckpoint(sql, (await parts.names()).inUse)
  }

  /** What places outside know, once before anything is signed. A database that is away is asked again. */
  function begin(): Promise<void> {
    begun ??= (async () => {
      await within(compareWithAll(), PATIENCE_MS)
      await within(deliver(true), PATIENCE_MS)
      await refresh()
    })().catch((thrown) => {
      begun = undefined
      throw thrown
    })
    return begun
  }

  async function mayContinue(): Promise<void> {
    await begin()
    if (known) await compare(known)
    const found = await suspicion(sql)
    if (!found) return
    readOnly = adviceOf(found)
    throw new HeadRefused(sentenceOf(found))
  }

  async function deliver(shared: boolean): Promise<void> {
    const checkpoint = await newest()
    if (!checkpoint || (await suspicion(sql))) return
    await compare({ ...checkpoint, where: 'this engine' })
    await deliveries.push(checkpoint, shared)
  }

  async function sayFindings(): Promise<void> {
    for (const finding of await unsaidFindings(sql)) {
      const sentence = sentenceOf(finding)
      fault('the audit log is not as it should be', sentence)
      const eventId = await parts.say(finding, sentence)
      if (eventId === undefined) return
      await markSaid(sql, finding.id, eventId)
    }
  }

  let delivering: Promise<unknown> = Promise.resolve()
  let verifying: Promise<unknown> = Promise.resolve()
  function verify(range: LeafRange): Promise<readonly NewFinding[]> {
    const mine = verifying.then(async () => {
      const found = await verifyRange(parts, range)
      await addFindings(sql, found)
      return found
    })
    verifying = mine.catch(() => undefined)
    return mine
  }

  const rounds = openRounds(fault, { stepMs: STEP_MS, lookMs: LOOK_MS })

  async function step(): Promise<void> {
    await rounds.each({
      'say that this engine lives': parts.alive,
      'compare the log with what is known of it': begin,
    })
    const mine = await parts.mine().catch(() => false)
    // A place that does not answer holds up nothing else.
    delivering = rounds.each({ 'deliver checkpoints': () => deliver(mine) })
    await rounds.each({ 'know whether all is well': refresh })
    if (!mine) return
    await rounds.each({ 'verify new leaves': () => lookAtNew(parts), 'say what was found': sayFindings })
  }

  async function look(): Promise<void> {
    const mine = await parts.mine().catch(() => false)
    await rounds.each({
      'compare the log with what is kept outside': compareWithAll,
      'look at the numbers of engines': () => lookAtNumbers(mine ? 'all' : 'own'),
    })
    if (!mine) return
    await rounds.each({
      'look at checkpoints': async () => addFindings(sql, await checkCheckpoints()),
      'look at events without a place': lookAtUnplaced,
      'look at leaves again': () => lookAgain(parts),
      'say what was found': sayFindings,
    })
  }

  return {
    readOnly: () => readOnly,
    mayContinue,
    remembered: async () => [
      ...(await askAll()).map(({ origin }) => origin),
      ...(known ? [known.origin] : []),
    ],
    async refresh() {
      known = undefined
      await refresh()
    },
    verify,
    report: (kind, { id, index }) =>
      addFindings(sql, [{ kind, subject: id, first: index, last: index, details: { eventId: id } }]),
    step,
    look,
    sinks,
    start: () => rounds.start(step, look),
    delivered: async () => void (await delivering),
    async stop() {
      await rounds.stop()
      await within(delivering, PATIENCE_MS)
    },
  }
}

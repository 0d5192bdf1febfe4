/** The chain rail of the list: how each row's event stands in the log, in a shape and in words. */
import { type FindingView, type LogStateView, place } from '#components/integrity/log-state-words.ts'

/** `recorded`: signed for by a checkpoint, and not derived again yet. */
export type RailState = 'verified' | 'recorded' | 'waiting' | 'broken' | 'unknown'
export type Rail = {
  readonly state: RailState
  /** Between this row and the next newer one a checkpoint was made. */
  readonly checkpoint: boolean
  /** What is wrong here, in a word. */
  readonly fault: string | undefined
  readonly words: string
}

/** `signed` when the newest checkpoint covered it as it was read. */
type Placed = { readonly index?: number | null; readonly signed?: boolean }

const WORDS: Readonly<Record<RailState, string>> = {
  verified: 'verified',
  recorded: 'in a checkpoint',
  waiting: 'not yet in a checkpoint',
  broken: 'the log is not intact here',
  unknown: 'not yet in the log',
}

type Log = Pick<LogStateView, 'Checkpoint' | 'VerifiedTo' | 'Findings'>

/** How the log stands, as far as it is known, and the sizes at which checkpoints were made. */
export type Chain = { readonly log: Log | undefined; readonly sizes: readonly number[] }

const FAULTS: Readonly<Record<FindingView['Kind'], string>> = {
  gap: 'Gap',
  missing: 'Gap',
  mismatch: 'Mismatch',
  mac: 'Mismatch',
  unreadable: 'Unreadable',
  rollback: 'Rollback',
  fork: 'Fork',
}

/** Kinds that lie between events: what is missing is not in the list. */
const BETWEEN: ReadonlySet<FindingView['Kind']> = new Set(['gap', 'missing'])

/** What was found at this event, or is missing between it and the one before it; to acknowledge makes nothing right. */
function findingOf({ Findings }: Log, index: number, older: number | undefined): FindingView | undefined {
  const before = older === undefined || older >= index ? index - 1 : older
  return Findings.find(({ Kind, FirstIndex, LastIndex }) => {
    if (FirstIndex === null) return false
    const after = BETWEEN.has(Kind) ? before : index - 1
    return FirstIndex <= index && (LastIndex ?? FirstIndex) > after
  })
}

function stateOf(index: number, signed: boolean, { log, sizes }: Chain): RailState {
  const size = Math.max(log?.Checkpoint?.Size ?? 0, ...sizes)
  if (!signed && index >= size) return 'waiting'
  return index < (log?.VerifiedTo ?? 0) ? 'verified' : 'recorded'
}

/** The rail at a row, which has an older and a newer row beside it in the list. `sizes` are those of checkpoints. */
export function railOf(
  { index, signed = false }: Placed,
  beside: { readonly older: Placed | undefined; readonly newer: Placed | undefined },
  chain: Chain,
): Rail {
  if (index === null || index === undefined)
    return { state: 'unknown', checkpoint: false, fault: undefined, words: WORDS.unknown }
  const finding = chain.log && findingOf(chain.log, index, beside.older?.index ?? undefined)
  const fault = finding && FAULTS[finding.Kind]
  const state = finding ? 'broken' : stateOf(index, signed, chain)
  const newer = beside.newer?.index ?? Number.POSITIVE_INFINITY
  const checkpoint = chain.sizes.some((size) => index < size && size <= newer)
  const words = `${place(index)}, ${fault ?? WORDS[state]}${checkpoint ? ', then a checkpoint' : ''}`
  return { state, checkpoint, fault, words }
}

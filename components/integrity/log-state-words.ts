/** What the pill says of the log, and in which colour. Pure. */
import { formatNumber, formatSpan, toDate } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'

export type LogStateView = OutputOf<'GetLogState'>
export type FindingView = LogStateView['Findings'][number]

export type PillTone = 'verified' | 'waiting' | 'broken' | 'quiet'
export type Pill = { readonly tone: PillTone; readonly text: string }

export const NOT_AVAILABLE: Pill = { tone: 'quiet', text: 'Not available' }

/** #9,140: an event's place in the log, from 0, as proofs and `./keyhouse audit verify` count. */
export const place = (index: number): string => `#${formatNumber(index)}`

const seconds = (from: number, now: Date) => (now.getTime() - toDate(from).getTime()) / 1000

/** What nobody has acknowledged, the gravest kind first. */
export const openFindings = ({ Findings }: LogStateView): readonly FindingView[] =>
  Findings.filter(({ AcknowledgedAt }) => AcknowledgedAt === null)

/** The log may not be the one it was: nothing goes on until a person says so. */
export const isSuspicion = ({ Kind }: FindingView): boolean => Kind === 'rollback' || Kind === 'fork'

/** What was found at a place, acknowledged or not: to acknowledge makes nothing right. */
export const findingAt = (state: LogStateView | undefined, index: number): FindingView | undefined =>
  state?.Findings.find(
    ({ FirstIndex, LastIndex }) =>
      FirstIndex !== null && FirstIndex <= index && index <= (LastIndex ?? FirstIndex),
  )

const findingOf = (state: LogStateView, kinds: readonly FindingView['Kind'][]) =>
  openFindings(state).find(({ Kind }) => kinds.includes(Kind)) ??
  state.Findings.find(({ Kind }) => kinds.includes(Kind))

function gapText(finding: FindingView | undefined): string {
  if (!finding || finding.FirstIndex === null) return 'Gap in the log'
  const { FirstIndex, LastIndex } = finding
  return LastIndex === null || LastIndex === FirstIndex
    ? `Gap at ${place(FirstIndex)}`
    : `Gap between ${place(FirstIndex)} and ${place(LastIndex)}`
}

const mismatchText = (finding: FindingView | undefined): string =>
  finding && finding.FirstIndex !== null ? `Mismatch at ${place(finding.FirstIndex)}` : 'Mismatch'

/** Since when some place outside is not told of checkpoints. */
function behindSince({ Deliveries, Checkpoint, SequencedAt }: LogStateView): number {
  const since = Deliveries.flatMap(({ FailingSince }) => FailingSince ?? [])
  return since.length > 0 ? Math.min(...since) : (Checkpoint?.At ?? SequencedAt)
}

/** The words of a state (console.md AUD-8). */
export function pillOf(state: LogStateView, now: Date): Pill {
  switch (state.State) {
    case 'verified':
      return {
        tone: 'verified',
        text: `Chain verified to ${place(Math.max(0, state.VerifiedTo - 1))}, ${formatSpan(seconds(state.VerifiedAt, now))} ago`,
      }
    case 'verifying':
      return { tone: 'waiting', text: `Verifying, ${percent(state)}%` }
    case 'behind':
      return { tone: 'waiting', text: `Behind by ${formatSpan(seconds(behindSince(state), now))}` }
    case 'gap':
      return { tone: 'broken', text: gapText(findingOf(state, ['gap', 'missing'])) }
    case 'mismatch':
      return {
        tone: 'broken',
        text: mismatchText(findingOf(state, ['mismatch', 'mac', 'unreadable', 'missing', 'fork'])),
      }
    case 'rollback':
      return { tone: 'broken', text: 'Rollback suspected: read-only' }
    case 'unsigned':
      return { tone: 'waiting', text: 'Not signed' }
  }
}

const percent = ({ VerifiedTo, Size }: LogStateView) =>
  Size === 0 ? 100 : Math.min(99, Math.floor((VerifiedTo / Size) * 100))

/** Whether the log asks for somebody: it cannot be believed as it stands, or nobody outside is told of it (R63, R65). */
import type { AttentionItem, LogState, LogStateName } from '#lib/domain/evidence.ts'
import type { Call } from '#lib/engine/call.ts'
import { counted } from './attention-words.ts'
import { logStateNow } from './log-state.ts'

/** A place outside that was not reached for so long, and a log that was not looked at for so long, are alarms. */
const LONGEST_SILENCE_MS = 5 * 60_000

const WORDS: Readonly<Record<LogStateName, string>> = {
  rollback: 'is not what was signed: an older state of the database was put in its place',
  mismatch: 'does not say what was recorded',
  gap: 'has a gap',
  unsigned: 'has events that no checkpoint is signed over',
  behind: 'reaches no place outside the database',
  verifying: 'was not verified',
  verified: '',
}

const itemOf = (Sentence: string, At: Date | null): AttentionItem => ({
  ...{ Kind: 'log', KeyId: null, Region: null, Alias: null, Principals: [], EventId: null },
  ...{ Sentence, At },
})

/** When what the state says began; null where nobody can tell. */
function since({ State, Findings, Checkpoint, VerifiedAt }: LogState): Date | null {
  if (State === 'verifying') return VerifiedAt
  if (State === 'unsigned' || State === 'behind') return Checkpoint?.At ?? null
  return Findings.filter(({ AcknowledgedAt }) => AcknowledgedAt === null).at(-1)?.FoundAt ?? null
}

/** The items of a state of the log, as of a moment. Pure. */
export function itemsOfLog(state: LogState, now: Date): AttentionItem[] {
  const { State, Findings, VerifiedAt, Deliveries } = state
  const isOld = (at: Date | null) => at !== null && now.getTime() - at.getTime() > LONGEST_SILENCE_MS
  const open = Findings.filter(({ AcknowledgedAt }) => AcknowledgedAt === null).length
  const more = open > 1 ? ` (${counted(open, 'finding')})` : ''
  // A log is verified in passing: only one that stays unverified asks for somebody.
  const fine = State === 'verified' || (State === 'verifying' && !isOld(VerifiedAt))
  const silent = Deliveries.filter(
    ({ Kind, FailingSince }) => Kind.startsWith('events-') && isOld(FailingSince),
  )
  return [
    ...(fine ? [] : [itemOf(`${WORDS[State]}${more}`, since(state))]),
    ...silent.map(({ Name, FailingSince }) => itemOf(`does not reach ${Name}`, FailingSince)),
  ]
}

/** For whoever may search the log. */
export const logItems = async ({ services }: Call): Promise<AttentionItem[]> =>
  itemsOfLog(await logStateNow(services), services.clock.real())

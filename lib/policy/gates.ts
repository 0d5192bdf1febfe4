/** The gates of a decision, in order, from what each of those that were asked said. */
import { GATES, type Gate, type GateName, type StatementRef } from './decision.ts'

/** What a gate said, without its name. */
export type Said = Omit<Gate, 'gate'>
export const SKIPPED: Said = { result: 'not-applicable', by: null }
export const NO: Said = { result: 'no', by: null }
export const OPEN: Said = { result: 'pass', by: null }
export const said = (by: StatementRef | null): Said => (by ? { result: 'pass', by } : NO)

export type Sayings = Partial<Record<GateName, Said>>
/** Gates that say nothing of their own are made once: every decision has some. */
const silent = (said: Said) => new Map(GATES.map((gate) => [gate, { gate, ...said }]))
const SILENT: ReadonlyMap<Said, ReadonlyMap<GateName, Gate>> = new Map(
  [SKIPPED, NO, OPEN].map((said) => [said, silent(said)]),
)
const gateOf = (gate: GateName, said: Said): Gate => SILENT.get(said)?.get(gate) ?? { gate, ...said }
export const gatesOf = (sayings: Sayings): Gate[] =>
  GATES.map((gate) => gateOf(gate, sayings[gate] ?? SKIPPED))

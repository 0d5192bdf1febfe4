/** The watch over engines' numbers: what stays missing is a finding, what a dead engine left behind is declared. */
import type { Sql } from '../write/change.ts'
import { addFindings } from './findings.ts'
import { type Acknowledged, gapOf, type Hole, holesOf, nameOfHole } from './gaps.ts'

// A row may be committed some seconds after later ones, and sequenced a second after that.
const LEFT_AFTER_MS = 20_000
const GAP_AFTER_MS = 60_000

export type GapWatch = {
  /** Of the sequencer's role. */
  readonly sql: Sql
  readonly own: () => Acknowledged
  /** Resolves when every committed event has been sequenced. */
  readonly catchUp: () => Promise<void>
  /** Writes the event that declares numbers of another engine to be unknown. */
  readonly declare: (engineId: string, numbers: readonly number[]) => Promise<void>
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
}

const numbersOf = ({ first, last }: Hole) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

async function declareLeft({ declare }: GapWatch, holes: readonly Hole[]): Promise<void> {
  const engines = Map.groupBy(holes, ({ engineId }) => engineId)
  for (const [engineId, left] of engines) await declare(engineId, left.flatMap(numbersOf))
}

/** A look at all counts, or only at the ones of this engine, which knows more of them than the database does. */
export function openGapWatch(watch: GapWatch): (whose: 'all' | 'own') => Promise<void> {
  let noted = new Map<string, number>()
  return async (whose) => {
    // What was acknowledged before this moment must be seen after it.
    const own = watch.own()
    await watch.catchUp()
    const holes = await holesOf(watch.sql, own)
    const now = watch.now()
    const since = (hole: Hole) => noted.get(nameOfHole(hole)) ?? now
    const stays = (hole: Hole, ms: number) => now - since(hole) >= ms
    const mine = holes.filter(({ engineId }) => whose === 'all' || engineId === own.engineId)
    noted = new Map(mine.map((hole) => [nameOfHole(hole), since(hole)]))
    await declareLeft(
      watch,
      mine.filter((hole) => hole.left && stays(hole, LEFT_AFTER_MS)),
    )
    const gaps = mine.filter((hole) => !hole.left && stays(hole, GAP_AFTER_MS))
    await addFindings(watch.sql, await Promise.all(gaps.map((hole) => gapOf(watch.sql, hole))))
  }
}

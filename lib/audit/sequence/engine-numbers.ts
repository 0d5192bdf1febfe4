/** The numbers of engines in a batch of rows: which were seen, and which were declared to be none (R60). */
import { z } from 'zod'
import { ranges } from '../write/counters.ts'
import type { StoredRow } from './stored-row.ts'

export type EngineNumbers = {
  readonly engineId: string
  readonly stream: 'batch' | 'change'
  readonly seen: readonly [number, number][]
  readonly declared: readonly [number, number][]
}

const pair = z.tuple([z.int().positive(), z.int().positive()])
const DECLARATION = z.object({
  eventSource: z.literal('keyhouse'),
  eventName: z.literal('DeclareEventNumbers'),
  serviceEventDetails: z.object({ engineId: z.uuid(), unknown: z.array(pair), unused: z.array(pair) }),
})

/** What a row declares of an engine's batches, if it is a declaration. */
function declaredBy(row: StoredRow): { engineId: string; numbers: [number, number][] } | undefined {
  if (!row.body.includes('"DeclareEventNumbers"')) return undefined
  const { data } = DECLARATION.safeParse(JSON.parse(row.body.toString('utf8')))
  if (!data) return undefined
  const { engineId, unknown, unused } = data.serviceEventDetails
  return { engineId, numbers: [...unknown, ...unused] }
}

type Gathered = { engineId: string; stream: 'batch' | 'change'; seen: number[]; declared: [number, number][] }

/** By engine and stream, of rows that engines of ours wrote. */
export function numbersOf(rows: readonly StoredRow[]): EngineNumbers[] {
  const found = new Map<string, Gathered>()
  const of = (engineId: string, stream: 'batch' | 'change'): Gathered => {
    const name = `${engineId} ${stream}`
    const known = found.get(name) ?? { engineId, stream, seen: [], declared: [] }
    found.set(name, known)
    return known
  }
  for (const row of rows) {
    of(row.engine_id, row.engine_stream).seen.push(Number(row.engine_counter))
    const declared = declaredBy(row)
    if (declared) of(declared.engineId, 'batch').declared.push(...declared.numbers)
  }
  return [...found.values()].map(({ seen, ...rest }) => ({
    ...rest,
    seen: ranges(seen.sort((a, b) => a - b)),
  }))
}

/** [[1, 3], [7, 7]] → {[1,4),[7,8)}: a multirange of Postgres. */
export const multirange = (numbers: readonly (readonly [number, number])[]): string =>
  `{${numbers.map(([first, last]) => `[${first},${last + 1})`).join(',')}}`

/**
 * The counts of the engines in an export: each engine numbers its events from 1 on, in two streams, and says by an event
 * DeclareEventNumbers which numbers no event has (lib/audit/record/declaration.ts). A number that is neither is a gap: an event
 * that was written and is not in the log.
 */
import type { ExportedEvent } from './event-line.ts'

type Run = {
  first: number
  last: number
  /** Leaf and time of the event that has `first`. */
  readonly index: number
  readonly time: string
}

export type Gap = {
  readonly engineId: string
  readonly stream: string
  readonly first: number
  readonly last: number
  /** The leaf of the event that has the next number. */
  readonly index: number
  /** When that was. */
  readonly time: string
}

export type Numbers = {
  /** Takes an event's number; gives the leaf that has the same, if there is one. */
  readonly take: (event: ExportedEvent) => boolean
  /** Numbers that are missing. `fromStart`: the export begins with the first leaf, so that each count begins with 1. */
  readonly gaps: (fromStart: boolean) => readonly Gap[]
}

/** The place of the last run that begins at or before a number; -1 when there is none. */
function placeOf(runs: readonly Run[], number: number): number {
  let at = runs.length - 1
  for (let run = runs[at]; run && run.first > number; run = runs[at]) at--
  return at
}

/** False when the number is in a run already. */
function add(runs: Run[], number: number, from: { index: number; time: string }): boolean {
  const at = placeOf(runs, number)
  const before = runs[at]
  const after = runs[at + 1]
  if (before && number <= before.last) return false
  if (before && number === before.last + 1) {
    before.last = number
    if (after && after.first === number + 1) {
      before.last = after.last
      runs.splice(at + 1, 1)
    }
    return true
  }
  // The run after begins at once: its lowest number is this event's now.
  if (after && after.first === number + 1) runs[at + 1] = { ...from, first: number, last: after.last }
  else runs.splice(at + 1, 0, { ...from, first: number, last: number })
  return true
}

const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((one) => Number.isSafeInteger(one))

/** What an event declares: whose numbers, and which. */
function declared({ record }: ExportedEvent): { engineId: string; ranges: [number, number][] } | undefined {
  if (!record.includes('"DeclareEventNumbers"')) return undefined
  const event: unknown = JSON.parse(record)
  const member = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  const details = member(event, 'serviceEventDetails')
  const engineId = member(details, 'engineId')
  if (member(event, 'eventName') !== 'DeclareEventNumbers' || typeof engineId !== 'string') return undefined
  if (member(event, 'eventSource') !== 'keyhouse') return undefined
  const ranges = [member(details, 'unknown'), member(details, 'unused')].flatMap((listed) =>
    Array.isArray(listed) ? listed.filter(isPair) : [],
  )
  return { engineId, ranges }
}

/** What of [first, last] no declared range holds. */
function undeclared(first: number, last: number, ranges: readonly [number, number][]): [number, number][] {
  let left: [number, number][] = [[first, last]]
  for (const [from, to] of ranges)
    left = left.flatMap(([a, b]): [number, number][] => {
      if (to < a || from > b) return [[a, b]]
      const kept: [number, number][] = []
      if (from > a) kept.push([a, from - 1])
      if (to < b) kept.push([to + 1, b])
      return kept
    })
  return left
}

export function newNumbers(): Numbers {
  const byStream = new Map<string, { engineId: string; stream: string; runs: Run[] }>()
  const declarations = new Map<string, [number, number][]>()
  return {
    take(event) {
      const { engineId, stream, counter, index, time } = event
      const says = declared(event)
      if (says) declarations.set(says.engineId, [...(declarations.get(says.engineId) ?? []), ...says.ranges])
      const name = `${engineId}/${stream}`
      const held = byStream.get(name) ?? { engineId, stream, runs: [] }
      byStream.set(name, held)
      return add(held.runs, Number(counter), { index, time })
    },
    gaps(fromStart) {
      return [...byStream.values()].flatMap(({ engineId, stream, runs }) =>
        runs.flatMap((run, at): Gap[] => {
          const before = runs[at - 1]
          if (!before && !fromStart) return []
          const missing = undeclared(
            (before?.last ?? 0) + 1,
            run.first - 1,
            // Changes have no declarations: their count is of the database, and has no gaps (R60).
            stream === 'batch' ? (declarations.get(engineId) ?? []) : [],
          )
          return missing
            .filter(([first, last]) => first <= last)
            .map(([first, last]) => ({ engineId, stream, first, last, index: run.index, time: run.time }))
        }),
      )
    },
  }
}

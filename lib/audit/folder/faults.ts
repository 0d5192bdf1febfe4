/** What is wrong with an export: how much, the first of it, and the first few in words. */

export type Fault = {
  /** The first leaf that it concerns; null for what concerns none by itself. */
  readonly index: number | null
  readonly what: string
}

export type Faults = {
  readonly add: (index: number | null, what: string) => void
  readonly count: () => number
  /** By index, those without one last; at most MOST_TOLD. */
  readonly told: () => readonly Fault[]
}

export const MOST_TOLD = 20

const rank = ({ index }: Fault) => index ?? Number.POSITIVE_INFINITY
// Infinity less Infinity is no number.
const inOrder = (a: Fault, b: Fault) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))

export function newFaults(): Faults {
  let count = 0
  let first: Fault[] = []
  return {
    add(index, what) {
      count++
      first.push({ index, what })
      if (first.length > 10 * MOST_TOLD) first = first.sort(inOrder).slice(0, MOST_TOLD)
    },
    count: () => count,
    told: () => [...first].sort(inOrder).slice(0, MOST_TOLD),
  }
}

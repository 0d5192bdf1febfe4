/**
 * The count of one engine's batched events (R60): every number from 1 on is a row, or is declared to be none.
 *
 * A number goes to a row before it is known whether the row will be written, because the row's MAC covers it. Numbers of
 * rows that were surely not written go to the next rows; numbers whose fate is unknown are never used again.
 */

export type Counters = {
  /** `count` numbers, those that came back first. */
  take(count: number): number[]
  /** Their rows were surely not written. */
  giveBack(numbers: readonly number[]): void
  /** Nobody knows whether their rows were written. */
  lose(numbers: readonly number[]): void
  /** Takes out what must be declared: the lost numbers and, when counting is over, those nobody will use. */
  undeclared(over: boolean): { lost: number[]; unused: number[] }
}

const ascending = (a: number, b: number) => a - b

/** Counts from 1. */
export function openCounters(): Counters {
  let next = 1
  let free: number[] = []
  let lost: number[] = []
  return {
    take(count) {
      const reused = free.splice(0, count)
      const fresh = Array.from({ length: count - reused.length }, () => next++)
      return [...reused, ...fresh]
    },
    giveBack(numbers) {
      free = [...free, ...numbers].sort(ascending)
    },
    lose(numbers) {
      lost = [...lost, ...numbers].sort(ascending)
    },
    undeclared(over) {
      const found = { lost, unused: over ? free : [] }
      lost = []
      if (over) free = []
      return found
    },
  }
}

/** [1, 2, 3, 7] → [[1, 3], [7, 7]] */
export function ranges(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = []
  for (const number of numbers) {
    const last = found.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else found.push([number, number])
  }
  return found
}

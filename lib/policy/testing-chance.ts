/** Test support only: choices that depend on a seed and on nothing else. */

/** Numbers from a seed, the same everywhere (xorshift). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 88675123) >>> 0 || 1
  }

  /** From 0 up to, not including, the bound. */
  below(bound: number): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    return (this.#state >>> 0) % bound
  }

  percent(percent: number): boolean {
    return this.below(100) < percent
  }

  one<T>(...all: readonly [T, ...T[]]): T {
    return all[this.below(all.length)] ?? all[0]
  }

  /** Mostly one alone, or up to three in a list. */
  some<T>(make: () => T): T | T[] {
    return this.percent(70) ? make() : Array.from({ length: 1 + this.below(3) }, make)
  }
}

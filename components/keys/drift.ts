/** Where members of a multi-Region family differ in what nothing keeps alike. */

/** A value as its members have it, as text; undefined where it can't be read. */
export type Values = readonly (string | undefined)[]

export type Drift = 'alike' | 'differs' | 'unknown'

/** By the values that can be read: one that differs is enough, one that can't be read leaves the rest unproven. */
export function driftOf(values: Values): Drift {
  const known = values.filter((value) => value !== undefined)
  if (new Set(known).size > 1) return 'differs'
  return known.length === values.length ? 'alike' : 'unknown'
}

/** The same list in any order is the same list. */
export const listText = (items: readonly string[] | undefined): string | undefined =>
  items && [...items].sort().join('\n')

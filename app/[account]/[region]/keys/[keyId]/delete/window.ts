/** The waiting period of a deletion: what ScheduleKeyDeletion takes, and the least of it that somebody may ask for. */

/** Days (facts 2.46). */
export const SHORTEST = 7
export const LONGEST = 30

type Allowed = (days: number) => Promise<boolean | undefined>

/**
 * The fewest days with which a deletion may be scheduled. A condition on the waiting period sets a minimum, as a rule:
 * it is looked for by halves. Who may schedule no deletion at all has none: that is said elsewhere.
 */
export async function shortestOf(allowed: Allowed): Promise<number> {
  if ((await allowed(SHORTEST)) !== false) return SHORTEST
  if (!(await allowed(LONGEST))) return SHORTEST
  let refused = SHORTEST
  let fits = LONGEST
  while (fits - refused > 1) {
    const middle = Math.floor((refused + fits) / 2)
    if (await allowed(middle)) fits = middle
    else refused = middle
  }
  return fits
}

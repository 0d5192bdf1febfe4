/** Days and months of UTC, as use is counted by them. Pure. */

const DAY_MS = 86_400_000

/** YYYY-MM-DD */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** The first day of a moment's month. */
export const monthOf = (at: Date): string => `${at.toISOString().slice(0, 7)}-01`

/** So many days, oldest first, of which the last is the moment's own. */
export const daysTo = (at: Date, days: number): string[] =>
  Array.from({ length: days }, (_, index) => dayOf(new Date(at.getTime() - (days - 1 - index) * DAY_MS)))

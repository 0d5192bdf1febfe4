/** How attention is asked for: numbers, days and people as sentences name them. Pure. */
const GROUPED = new Intl.NumberFormat('en-GB')
const LONG = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** 1,200 calls; 1 call. */
export const counted = (number: number, one: string): string =>
  `${GROUPED.format(number)} ${number === 1 ? one : `${one}s`}`

export const numbered = (number: number): string => GROUPED.format(number)

/** 22 December 2026, of UTC. */
export const dayOf = (at: Date): string => LONG.format(at)

const nameOf = (arn: string) => arn.split('/').at(-1) ?? arn

/** alice; alice and bob; alice and 3 others. */
export function people(arns: readonly string[]): string {
  const names = [...new Set(arns.map(nameOf))]
  if (names.length < 3) return names.join(' and ')
  return `${names[0]} and ${names.length - 1} others`
}

/** What may not be an alias, each reason in its own words. The engine decides again; uniqueness is asked of it. */

const LONGEST = 256
const PREFIX = 'alias/'

/** People paste the whole name; the field already says the prefix. */
export const withoutPrefix = (typed: string): string =>
  typed.startsWith(PREFIX) ? typed.slice(PREFIX.length) : typed

/** The first reason why `alias/` and this text is no alias of a customer key, or undefined. */
export function aliasFault(alias: string): string | undefined {
  if (alias === '') return 'Enter an alias. It is how people and programs name this key.'
  if (alias.startsWith('aws/'))
    return 'alias/aws/ is reserved for keys that AWS services make. Choose another beginning.'
  const length = PREFIX.length + alias.length
  if (length > LONGEST) return `The alias has ${length} characters with its prefix; ${LONGEST} is the most.`
  const odd = [...alias].find((character) => !/[a-zA-Z0-9/_-]/.test(character))
  if (odd !== undefined) return `“${odd}” can’t be in an alias. Use letters, digits, /, _ and -.`
  return undefined
}

/**
 * Ranges of addresses as a condition on a text column. What calls themselves say of where they came from may be any text
 * ("AWS Internal"): only what is certainly an address is read as one, so that no row can make the question fail.
 */
import { readAddressRange } from '../../domain/condition-values.ts'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const V4 = `${OCTET}(?:\\.${OCTET}){3}`
const GROUP = '[0-9a-fA-F]{1,4}'

/** Eight groups, or fewer around one `::`: for each number of groups before it, at most seven in all. */
function v6(): string {
  const shortened = Array.from({ length: 8 }, (_, before) => {
    const head = before === 0 ? ':' : `(?:${GROUP}:){${before}}`
    const after = 7 - before
    return after === 0 ? `${head}:` : `${head}(?:(?::${GROUP}){1,${after}}|:)`
  })
  return [`(?:${GROUP}:){7}${GROUP}`, ...shortened].join('|')
}

/** POSIX expressions of Postgres for texts that its type inet takes. */
const ADDRESS_PATTERNS = { v4: `^${V4}$`, v6: `^(?:${v6()})$` }

/** A range of addresses as the database is asked for it. */
export type AddressesAsked = {
  readonly version: 'v4' | 'v6'
  /** As inet reads it. */
  readonly inet: string
  /** What every address in it begins with. */
  readonly begin: string
}

/** A range; undefined where the text is none. An IPv4 range written inside IPv6 is an IPv4 range. */
export function addressesOf(text: string): AddressesAsked | undefined {
  const range = readAddressRange(text)
  if (!range) return undefined
  const { bytes, bits } = range
  if (bytes.length === 4) {
    const octets = bytes.slice(0, Math.floor(bits / 8)).map((octet) => `${octet}.`)
    return { version: 'v4', inet: `${bytes.join('.')}/${bits}`, begin: octets.slice(0, 3).join('') }
  }
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  )
  return { version: 'v6', inet: `${groups.join(':')}/${bits}`, begin: '' }
}

/**
 * Whether a column of texts is an address within one of the ranges of a version, at these places. CASE: the cast happens
 * only behind the test, and the test, which costs more, only where the text begins as addresses of the ranges do.
 */
export const inRanges = (
  column: string,
  version: 'v4' | 'v6',
  places: { readonly inets: string; readonly begins: string },
): string =>
  `CASE WHEN ${column} LIKE ANY (${places.begins}) AND ${column} ~ '${ADDRESS_PATTERNS[version]}' THEN ${column}::inet <<= ANY (${places.inets}) ELSE false END`

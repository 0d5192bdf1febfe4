/** The values of a filter's terms: how they are typed, which ones a field takes, and back to text. */
import { readAddressRange } from './condition-values.ts'

/**
 * What a field takes: one of a list, anything (null), whole numbers or spans of time (which may be compared), or addresses
 * (which may be ranges of addresses).
 */
export type FilterField = readonly string[] | null | 'number' | 'duration' | 'addresses'

/** `text`; with `glob` anything may follow, up to each piece of `rest` in turn: a*b* is a, then b and nothing. */
export type FilterValue = {
  readonly text: string
  readonly glob: boolean
  readonly rest?: readonly string[]
}

/** The texts between a value's stars: one text where there is no star. */
export const piecesOf = ({ text, glob, rest }: FilterValue): readonly string[] =>
  glob ? [text, ...(rest ?? [''])] : [text]

/** The value of texts with stars between them. */
export function withStars(pieces: readonly string[]): FilterValue {
  const [text = '', ...rest] = pieces
  if (rest.length === 0) return { text, glob: false }
  return rest.length === 1 && rest[0] === '' ? { text, glob: true } : { text, glob: true, rest }
}

/** Whether a text is what a value says, stars standing for anything. */
export function fitsValue(text: string, value: FilterValue): boolean {
  const pieces = piecesOf(value)
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

export const COMPARISONS = ['<=', '>=', '<', '>', '='] as const
export type Comparison = { readonly operator: (typeof COMPARISONS)[number]; readonly number: number }

// Compared numbers are integers of the database.
const COMPARED = /^(<=|>=|<|>)?(\d{1,9})([a-z]*)$/
const UNITS = {
  number: { '': 1 },
  /** Milliseconds. */
  duration: { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 },
} as const satisfies Record<string, Readonly<Record<string, number>>>
const LARGEST = 2_147_483_647

/** What a value compares with, in milliseconds where it is a span; undefined where it is no comparison. */
export function readComparison(kind: keyof typeof UNITS, text: string): Comparison | undefined {
  const [, sign = '=', digits = '', unit = ''] = COMPARED.exec(text) ?? []
  const units: Readonly<Record<string, number>> = UNITS[kind]
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  const operator = COMPARISONS.find((one) => one === sign)
  if (digits === '' || factor === undefined || operator === undefined) return undefined
  return { operator, number: Math.min(Number(digits) * factor, LARGEST) }
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

/** What is wrong with a value of a field, or undefined. */
export function valueFault(name: string, field: FilterField, value: FilterValue): string | undefined {
  if (value.text === '' && !value.glob) return `Give a value after ${name}:`
  if (field === null) return undefined
  if (field === 'addresses') {
    const isRange = !value.glob && value.text.includes('/')
    return isRange && !readAddressRange(value.text)
      ? `${name} takes an address, or a range such as 10.0.0.0/8`
      : undefined
  }
  if (field === 'number' || field === 'duration') {
    const any = value.glob && value.text === '' && value.rest === undefined
    if (any || (!value.glob && readComparison(field, value.text))) return undefined
    return `${name} takes a number, such as ${field === 'number' ? '6 or >=6' : '>250ms or <=2s'}`
  }
  return field.some((one) => fitsValue(one, value)) ? undefined : `${name} can be ${listed(field)}`
}

export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** A value as it is typed. `plain` tells which of its texts need no quotation marks. */
export const printValue = (value: FilterValue, plain: (text: string) => boolean): string =>
  piecesOf(value)
    .map((piece) => (piece === '' || plain(piece) ? piece : quoted(piece)))
    .join('*')

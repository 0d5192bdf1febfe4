/**
 * The filter that people type above keys and events (console.md 3.0.3): text to terms and back.
 * It knows the grammar; which fields there are is the page's business, what they match the database's.
 *
 *   filter = term { space term } ;                       space means AND
 *   term   = [ "-" ] ( field ":" value { "," value } | value ) ;   comma means OR, - means NOT
 *   value  = word [ "*" ] | '"' text '"' [ "*" ] ;       in quotes, \" and \\ ; * at the end: anything may follow
 */

/** The fields of a page. A list closes the field's values; null leaves them open. */
export type FilterFields = Readonly<Record<string, readonly string[] | null>>

export type FilterValue = { readonly text: string; readonly glob: boolean }

/** Where in the text something stands: UTF-16 units, end exclusive. */
export type Span = { readonly start: number; readonly end: number }

export type FieldTerm = Span & {
  readonly kind: 'field'
  readonly field: string
  readonly negated: boolean
  readonly values: readonly FilterValue[]
}
export type TextTerm = Span & {
  readonly kind: 'text'
  readonly negated: boolean
  readonly value: FilterValue
}
export type FilterTerm = FieldTerm | TextTerm

export type FilterFault = Span & { readonly message: string }
/** Terms that could be read, and what is wrong with the others. */
export type Filter = { readonly terms: readonly FilterTerm[]; readonly faults: readonly FilterFault[] }

const LONGEST = 2000
const MOST_TERMS = 50

const SPACE = /\s*/y
const FIELD = /([A-Za-z][A-Za-z-]*):/y
const QUOTED = /"((?:[^"\\]|\\.)*)"(\*?)/y
const WORD_IN_LIST = /[^\s,"]+/y
const WORD = /[^\s"]+/y
const TO_NEXT_TERM = /\S*/y

class Refused extends Error {
  readonly span: Span
  constructor(message: string, span: Span) {
    super(message)
    this.span = span
  }
}

/** Reads one text from left to right. */
class Reader {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Takes what matches here, or nothing. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }

  get next(): string {
    return this.text.charAt(this.at)
  }
}

const globbed = (word: string): FilterValue =>
  word.endsWith('*') ? { text: word.slice(0, -1), glob: true } : { text: word, glob: false }

function readValue(reader: Reader, word: RegExp): FilterValue & Span {
  const start = reader.at
  const quoted = reader.take(QUOTED)
  if (quoted) {
    const value = { text: (quoted[1] ?? '').replace(/\\(.)/gs, '$1'), glob: quoted[2] === '*' }
    if (value.text === '')
      throw new Refused('There is nothing between the quotation marks', { start, end: reader.at })
    return { ...value, start, end: reader.at }
  }
  if (reader.next === '"')
    throw new Refused('This quotation mark is not closed', { start, end: reader.text.length })
  const found = reader.take(word)
  return { ...globbed(found?.[0] ?? ''), start, end: reader.at }
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

function checkValue(field: string, value: FilterValue & Span, allowed: readonly string[] | null): void {
  if (value.text === '' && !value.glob)
    throw new Refused(`Give a value after ${field}:`, { start: value.start, end: value.end })
  if (allowed === null || allowed.includes(value.text)) return
  if (value.glob && allowed.some((one) => one.startsWith(value.text))) return
  throw new Refused(`${field} can be ${listed(allowed)}`, value)
}

function readFieldTerm(
  reader: Reader,
  fields: FilterFields,
  head: { field: string; span: Span },
): FilterValue[] {
  const { field, span } = head
  const allowed = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (allowed === undefined) {
    throw new Refused(
      `There is no field ${field}. Fields: ${Object.keys(fields).join(', ')}. Put quotes around plain text`,
      span,
    )
  }
  const values: FilterValue[] = []
  do {
    const value = readValue(reader, WORD_IN_LIST)
    checkValue(field, value, allowed)
    values.push({ text: value.text, glob: value.glob })
  } while (reader.take(/,/y))
  return values
}

function readTerm(reader: Reader, fields: FilterFields): FilterTerm {
  const start = reader.at
  const negated = reader.take(/-/y) !== null
  const field = reader.take(FIELD)?.[1]
  if (field !== undefined) {
    const values = readFieldTerm(reader, fields, { field, span: { start, end: reader.at } })
    refuseRest(reader)
    return { kind: 'field', field, negated, values, start, end: reader.at }
  }
  const { text, glob } = readValue(reader, WORD)
  if (text === '')
    throw new Refused(negated ? 'Say what to leave out after -' : 'Say what to look for', {
      start,
      end: reader.at,
    })
  refuseRest(reader)
  return { kind: 'text', negated, value: { text, glob }, start, end: reader.at }
}

function refuseRest(reader: Reader): void {
  const start = reader.at
  if (reader.next === '' || /\s/.test(reader.next)) return
  reader.take(TO_NEXT_TERM)
  throw new Refused('Put a space before this', { start, end: reader.at })
}

/** Reads a filter. Never throws: what is wrong is in `faults`, with its place. */
export function parseFilter(text: string, fields: FilterFields): Filter {
  if (text.length > LONGEST) {
    const fault = { message: `A filter has at most ${LONGEST} characters`, start: LONGEST, end: text.length }
    return { terms: [], faults: [fault] }
  }
  const reader = new Reader(text)
  const terms: FilterTerm[] = []
  const faults: FilterFault[] = []
  for (reader.take(SPACE); reader.next !== ''; reader.take(SPACE)) {
    const start = reader.at
    try {
      terms.push(readTerm(reader, fields))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      faults.push({ message: error.message, start: error.span.start, end: error.span.end })
      reader.at = Math.max(reader.at, error.span.end)
      reader.take(TO_NEXT_TERM)
      // Always forward, whatever was refused.
      if (reader.at === start) reader.at++
    }
  }
  const rest = terms[MOST_TERMS]
  if (rest)
    faults.push({ message: `A filter has at most ${MOST_TERMS} terms`, start: rest.start, end: text.length })
  return { terms: terms.slice(0, MOST_TERMS), faults }
}

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

function printValue({ text, glob }: FilterValue, plain: RegExp): string {
  const bare = plain.test(text) && !text.endsWith('*')
  return `${bare ? text : quote(text)}${glob ? '*' : ''}`
}

/** One term as it is typed. */
export function printTerm(term: FilterTerm): string {
  const sign = term.negated ? '-' : ''
  if (term.kind === 'text') {
    // What would read as a field, or as a sign, needs quotes.
    return `${sign}${printValue(term.value, /^(?!-)(?![A-Za-z][A-Za-z-]*:)[^\s"]+$/)}`
  }
  return `${sign}${term.field}:${term.values.map((value) => printValue(value, /^[^\s,"]*$/)).join(',')}`
}

/** The filter as text: reading it again gives the same terms. */
export const printFilter = (terms: readonly FilterTerm[]): string => terms.map(printTerm).join(' ')

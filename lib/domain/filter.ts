/**
 * The filter that people type above keys and events (console.md 3.0.3, AUD-2): text to terms and back.
 * It knows the grammar; which fields there are is the page's business, what they match the database's.
 *
 *   filter = query ;
 *   query  = term { space term } ;                          space means AND
 *   term   = [ "-" ] ( group | field ":" value { "," value } | value ) ;   comma means OR, - means NOT
 *   group  = "(" query { space "OR" space query } ")" ;     at most four deep
 *   field  = name [ "." ( word | quoted ) ] ;               actor.type, ctx.tenant, ctx."aws:s3:arn"
 *   value  = piece { "*" piece } ;                          * is anything
 *   piece  = [ word | quoted ] ;                            no space, quotation mark, star, parenthesis in a word,
 *                                                           and no comma in one after a field
 *   quoted = '"' text '"' ;                                 in it, \" and \\
 *
 * A field of numbers takes [ "<" | ">" | "<=" | ">=" ] number [ unit ], one of addresses also a range (10.0.0.0/8).
 */
import { QUOTED, Reader, Refused, readValue, type Span, unescaped } from './filter-reader.ts'
import {
  type FilterField,
  type FilterValue,
  piecesOf,
  printValue,
  quoted,
  valueFault,
} from './filter-value.ts'

export type { Span } from './filter-reader.ts'
export type { FilterField, FilterValue } from './filter-value.ts'

/** The fields of a page. `ctx.*` stands for every field that begins with ctx. */
export type FilterFields = Readonly<Record<string, FilterField>>

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
  /** It stood in quotation marks: where the page tells the two apart, it is looked for in whole texts. */
  readonly quoted?: boolean
}
export type GroupTerm = Span & {
  readonly kind: 'group'
  readonly negated: boolean
  /** One of these, each with all of its terms. */
  readonly any: readonly (readonly FilterTerm[])[]
}
export type FilterTerm = FieldTerm | TextTerm | GroupTerm

export type FilterFault = Span & { readonly message: string }
/** Terms that could be read, and what is wrong with the others. */
export type Filter = { readonly terms: readonly FilterTerm[]; readonly faults: readonly FilterFault[] }

const LONGEST = 2000
const MOST_TERMS = 50
const DEEPEST = 4

const SPACE = /\s*/y
const FIELD = /([A-Za-z][A-Za-z-]*)(?:\.(?:"((?:[^"\\]|\\.)+)"|([^\s:"(),*]+)))?:/sy
const WORD_IN_LIST = /[^\s,"*()]+/y
const WORD = /[^\s"*()]+/y
const OR = /OR(?=[\s()]|$)/y
const TO_NEXT_TERM = /\S*/y

class FilterReader extends Reader {
  readonly fields: FilterFields

  constructor(text: string, fields: FilterFields) {
    super(text)
    this.fields = fields
  }
}

/** A field by its name, or by the family it belongs to. */
function fieldOf(fields: FilterFields, name: string): FilterField | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  const [, family, member] = /^([^.]+)\.(.+)$/s.exec(name) ?? []
  return member !== undefined && Object.hasOwn(fields, `${family}.*`) ? fields[`${family}.*`] : undefined
}

function readFieldValues(reader: FilterReader, name: string, head: Span): FilterValue[] {
  const field = fieldOf(reader.fields, name)
  if (field === undefined) {
    const known = Object.keys(reader.fields).join(', ')
    throw new Refused(`There is no field ${name}. Fields: ${known}. Put quotes around plain text`, head)
  }
  const values: FilterValue[] = []
  do {
    const { value, span } = readValue(reader, WORD_IN_LIST)
    const fault = valueFault(name, field, value)
    if (fault !== undefined) throw new Refused(fault, span)
    values.push(value)
  } while (reader.take(/,/y))
  return values
}

function refuseRest(reader: FilterReader): void {
  const start = reader.at
  if (/^[\s)]?$/.test(reader.next)) return
  reader.take(TO_NEXT_TERM)
  throw new Refused('Put a space before this, or quotes around it', { start, end: reader.at })
}

/** Terms up to the end, an OR or a closing parenthesis. */
function readQuery(reader: FilterReader, depth: number): FilterTerm[] {
  const terms: FilterTerm[] = []
  for (reader.take(SPACE); reader.next !== '' && reader.next !== ')'; reader.take(SPACE)) {
    const start = reader.at
    const isOr = reader.take(OR) !== null
    reader.at = start
    if (isOr) break
    terms.push(readTerm(reader, depth))
  }
  if (terms.length === 0)
    throw new Refused('Say what to look for', {
      start: reader.at,
      end: Math.min(reader.at + 1, reader.text.length),
    })
  return terms
}

function readGroup(reader: FilterReader, start: number, depth: number): FilterTerm[][] {
  if (depth === DEEPEST)
    throw new Refused(`Parentheses go at most ${DEEPEST} deep`, { start, end: reader.at })
  const any: FilterTerm[][] = []
  do any.push(readQuery(reader, depth + 1))
  while (reader.take(OR))
  if (reader.take(/\)/y) === null)
    throw new Refused('This parenthesis is not closed', { start, end: reader.text.length })
  return any
}

function readTerm(reader: FilterReader, depth: number): FilterTerm {
  const start = reader.at
  const negated = reader.take(/-/y) !== null
  const whole = (): Span => {
    refuseRest(reader)
    return { start, end: reader.at }
  }
  if (reader.take(/\(/y)) {
    const any = readGroup(reader, start, depth)
    return { kind: 'group', negated, any, ...whole() }
  }
  const head = reader.take(FIELD)
  if (head) {
    const [, name = '', inQuotes, bare] = head
    const member = inQuotes === undefined ? bare : unescaped(inQuotes)
    const field = member === undefined ? name : `${name}.${member}`
    const values = readFieldValues(reader, field, { start: head.index, end: reader.at })
    return { kind: 'field', field, negated, values, ...whole() }
  }
  const { value, quoted: inQuotes } = readValue(reader, WORD)
  if (value.text === '' && value.rest === undefined)
    throw new Refused(negated ? 'Say what to leave out after -' : 'Say what to look for', {
      start,
      end: reader.at,
    })
  return { kind: 'text', negated, value, ...(inQuotes && { quoted: true }), ...whole() }
}

/** Behind what could not be read; of a group, behind all of it. */
function skip(reader: FilterReader, start: number, refused: Span): void {
  reader.at = start
  if (reader.take(/-?\(/y)) {
    for (let open = 1; open > 0 && reader.next !== ''; ) {
      if (reader.take(QUOTED)) continue
      if (reader.next === '(') open++
      if (reader.next === ')') open--
      reader.at++
    }
  }
  reader.at = Math.max(reader.at, refused.end)
  reader.take(TO_NEXT_TERM)
  // Always forward, whatever was refused.
  if (reader.at === start) reader.at++
}

function refuseLoose(reader: FilterReader): void {
  const start = reader.at
  if (reader.take(/\)/y)) throw new Refused('There is no ( before this )', { start, end: reader.at })
  if (reader.take(OR))
    throw new Refused('OR stands between parentheses: (… OR …). Put quotes around the word', {
      start,
      end: reader.at,
    })
}

const leavesIn = (term: FilterTerm): number =>
  term.kind === 'group' ? term.any.flat().reduce((sum, one) => sum + leavesIn(one), 0) : 1

/** How many terms from the first on have no more than the most leaves together. */
function bounded(terms: readonly FilterTerm[]): number {
  let leaves = 0
  const beyond = terms.findIndex((term) => {
    leaves += leavesIn(term)
    return leaves > MOST_TERMS
  })
  return beyond < 0 ? terms.length : beyond
}

/** Reads a filter. Never throws: what is wrong is in `faults`, with its place. */
export function parseFilter(text: string, fields: FilterFields): Filter {
  if (text.length > LONGEST) {
    const fault = { message: `A filter has at most ${LONGEST} characters`, start: LONGEST, end: text.length }
    return { terms: [], faults: [fault] }
  }
  // No column can hold it, so that the database refuses even to look for it.
  const nul = text.indexOf('\0')
  if (nul >= 0)
    return { terms: [], faults: [{ message: 'A filter cannot hold U+0000', start: nul, end: nul + 1 }] }
  const reader = new FilterReader(text, fields)
  const terms: FilterTerm[] = []
  const faults: FilterFault[] = []
  for (reader.take(SPACE); reader.next !== ''; reader.take(SPACE)) {
    const start = reader.at
    try {
      refuseLoose(reader)
      terms.push(readTerm(reader, 0))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      faults.push({ message: error.message, start: error.span.start, end: error.span.end })
      skip(reader, start, error.span)
    }
  }
  const kept = bounded(terms)
  const rest = terms[kept]
  if (rest)
    faults.push({ message: `A filter has at most ${MOST_TERMS} terms`, start: rest.start, end: text.length })
  return { terms: terms.slice(0, kept), faults }
}

const plainInList = (text: string) => /^[^\s,"*()]+$/.test(text)
/** What would read as a field or a sign needs quotes. */
const plainText = (text: string, index: number) =>
  /^[^\s"*()]+$/.test(text) && (index > 0 || !/^(?:-|[A-Za-z][A-Za-z-]*(?:\.[^\s:"(),*]+)?:)/.test(text))

function printField(field: string): string {
  const [, family, member = ''] = /^([^.]+)\.(.+)$/s.exec(field) ?? []
  return family === undefined || /^[^\s:"(),*]+$/.test(member) ? field : `${family}.${quoted(member)}`
}

/** One term as it is typed. */
export function printTerm(term: FilterTerm): string {
  const sign = term.negated ? '-' : ''
  if (term.kind === 'group') return `${sign}(${term.any.map(printFilter).join(' OR ')})`
  if (term.kind === 'text') {
    // With one piece in quotes the value is quoted: then all are, so that it is printed the same again.
    const pieces = piecesOf(term.value)
    const plain = !term.quoted && pieces.every(plainText) && (pieces.length > 1 || pieces[0] !== 'OR')
    return `${sign}${printValue(term.value, () => plain)}`
  }
  const values = term.values.map((value) => printValue(value, plainInList))
  return `${sign}${printField(term.field)}:${values.join(',')}`
}

/** The filter as text: reading it again gives the same terms. */
export const printFilter = (terms: readonly FilterTerm[]): string => terms.map(printTerm).join(' ')

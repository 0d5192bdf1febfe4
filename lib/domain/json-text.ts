/**
 * JSON from outside, read once and strictly (R43): request bodies, policy documents.
 * One linear pass. Refuses what a lenient reader would decide silently: duplicate members, `__proto__`, lone
 * surrogates, NUL, numbers without a finite value, and documents built to exhaust the stack or the heap.
 */

export type JsonLimits = {
  /** Nested containers allowed: 1 admits `{}` and `[1]` but not `[[]]`. */
  readonly maxDepth: number
  /** Member names, scalars and containers allowed together. */
  readonly maxTokens: number
}

export type JsonFault =
  | 'unexpected character'
  | 'unexpected end'
  | 'too deep'
  | 'too many values'
  | 'duplicate member'
  | 'forbidden member name'
  | 'invalid escape'
  | 'lone surrogate'
  | 'NUL character'
  | 'control character'
  | 'number out of range'

/** Why a text was refused and where: `position` and `end` are UTF-16 offsets of the offending part. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError'
  readonly reason: JsonFault
  readonly position: number
  readonly end: number

  constructor(reason: JsonFault, position: number, end = position + 1) {
    super(`${reason} at position ${position}`)
    this.reason = reason
    this.position = position
    this.end = end
  }
}

/** Half-open range of UTF-16 offsets. */
export type Span = { readonly from: number; readonly to: number }

/**
 * Where a value stands, and its member name when it has one. Keyed by JSON pointer (RFC 6901), '' for the
 * whole.
 */
export type JsonPlaces = ReadonlyMap<string, { readonly value: Span; readonly key?: Span }>

type Reader = {
  readonly text: string
  readonly limits: JsonLimits
  readonly places: Map<string, { value: Span; key?: Span }> | undefined
  at: number
  tokens: number
}

/**
 * The value of a JSON text. Objects have no prototype.
 * Throws JsonTextError for everything the grammar of RFC 8259 or the limits refuse.
 */
export function readJson(text: string, limits: JsonLimits): unknown {
  return readWhole({ text, limits, places: undefined, at: 0, tokens: 0 })
}

/** As readJson, and where each value and member name stands in the text. Throws JsonTextError. */
export function readJsonWithPlaces(text: string, limits: JsonLimits): { value: unknown; places: JsonPlaces } {
  const places = new Map<string, { value: Span; key?: Span }>()
  const value = readWhole({ text, limits, places, at: 0, tokens: 0 })
  return { value, places }
}

/** One more step of a JSON pointer. */
export const pointerStep = (pointer: string, step: string | number) =>
  `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`

function readWhole(reader: Reader): unknown {
  skipSpace(reader)
  const value = readValue(reader, 0, '')
  skipSpace(reader)
  if (reader.at < reader.text.length) throw unexpected(reader)
  return value
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c
const COLON = 0x3a

function unexpected(reader: Reader): JsonTextError {
  const { at, text } = reader
  if (at >= text.length) return new JsonTextError('unexpected end', text.length, text.length)
  return new JsonTextError('unexpected character', at)
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    reader.at++
  }
}

function countToken(reader: Reader): void {
  reader.tokens++
  if (reader.tokens > reader.limits.maxTokens) throw new JsonTextError('too many values', reader.at)
}

// Recursion is bounded by maxDepth.
function readValue(reader: Reader, depth: number, pointer: string): unknown {
  countToken(reader)
  const from = reader.at
  const value = readBare(reader, depth, pointer)
  reader.places?.set(pointer, { ...reader.places.get(pointer), value: { from, to: reader.at } })
  return value
}

function readBare(reader: Reader, depth: number, pointer: string): unknown {
  switch (reader.text.charCodeAt(reader.at)) {
    case QUOTE:
      return readString(reader)
    case OPEN_BRACE:
      return readObject(reader, depth + 1, pointer)
    case OPEN_BRACKET:
      return readArray(reader, depth + 1, pointer)
    case 0x74:
      return readWord(reader, 'true', true)
    case 0x66:
      return readWord(reader, 'false', false)
    case 0x6e:
      return readWord(reader, 'null', null)
    default:
      return readNumber(reader)
  }
}

function readWord<T>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at)) throw unexpected(reader)
  reader.at += word.length
  return value
}

/** Sticky: matches at lastIndex or not at all. */
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

function readNumber(reader: Reader): number {
  NUMBER.lastIndex = reader.at
  const found = NUMBER.exec(reader.text)?.[0]
  if (found === undefined) throw unexpected(reader)
  const value = Number(found)
  const end = reader.at + found.length
  if (!Number.isFinite(value)) throw new JsonTextError('number out of range', reader.at, end)
  reader.at = end
  return value
}

/** Own members of these names turn into prototypes in careless code further in. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function openContainer(reader: Reader, depth: number): void {
  if (depth > reader.limits.maxDepth) throw new JsonTextError('too deep', reader.at)
  reader.at++
  skipSpace(reader)
}

/** After a member: true when another follows, false when the container was closed. */
function another(reader: Reader, close: number): boolean {
  skipSpace(reader)
  const code = reader.text.charCodeAt(reader.at)
  if (code !== COMMA && code !== close) throw unexpected(reader)
  reader.at++
  if (code === close) return false
  skipSpace(reader)
  return true
}

function readObject(reader: Reader, depth: number, pointer: string): unknown {
  openContainer(reader, depth)
  // Without a prototype, a member name can never reach inherited behaviour.
  const object: Record<string, unknown> = Object.create(null)
  if (reader.text.charCodeAt(reader.at) === CLOSE_BRACE) {
    reader.at++
    return object
  }
  do {
    const name = readName(reader, object)
    const inner = reader.places ? pointerStep(pointer, name.text) : ''
    reader.places?.set(inner, { key: name.span, value: name.span })
    object[name.text] = readValue(reader, depth, inner)
  } while (another(reader, CLOSE_BRACE))
  return object
}

function readName(reader: Reader, object: Record<string, unknown>): { text: string; span: Span } {
  if (reader.text.charCodeAt(reader.at) !== QUOTE) throw unexpected(reader)
  countToken(reader)
  const from = reader.at
  const text = readString(reader)
  if (FORBIDDEN_NAMES.has(text)) throw new JsonTextError('forbidden member name', from, reader.at)
  if (text in object) throw new JsonTextError('duplicate member', from, reader.at)
  const span = { from, to: reader.at }
  skipSpace(reader)
  if (reader.text.charCodeAt(reader.at) !== COLON) throw unexpected(reader)
  reader.at++
  skipSpace(reader)
  return { text, span }
}

function readArray(reader: Reader, depth: number, pointer: string): unknown[] {
  openContainer(reader, depth)
  const array: unknown[] = []
  if (reader.text.charCodeAt(reader.at) === CLOSE_BRACKET) {
    reader.at++
    return array
  }
  do {
    const inner = reader.places ? pointerStep(pointer, array.length) : ''
    array.push(readValue(reader, depth, inner))
  } while (another(reader, CLOSE_BRACKET))
  return array
}

/** Reads from the opening quote to after the closing one. */
function readString(reader: Reader): string {
  const { text } = reader
  const from = reader.at
  let at = from + 1
  let copied = at
  let value = ''
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) break
    if (code === BACKSLASH) {
      value += text.slice(copied, at)
      reader.at = at
      value += readEscape(reader)
      at = copied = reader.at
      continue
    }
    if (code < 0x20) throw new JsonTextError(code === 0 ? 'NUL character' : 'control character', at)
    // charCodeAt past the end is NaN, which is neither of the above.
    if (at >= text.length) throw new JsonTextError('unexpected end', text.length, text.length)
    at++
  }
  value = copied === from + 1 ? text.slice(copied, at) : value + text.slice(copied, at)
  reader.at = at + 1
  if (!value.isWellFormed()) throw new JsonTextError('lone surrogate', from, reader.at)
  return value
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const FOUR_HEX = /^[0-9a-fA-F]{4}$/

function readEscape(reader: Reader): string {
  const from = reader.at
  const letter = reader.text.charAt(from + 1)
  const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
  if (simple !== undefined) {
    reader.at = from + 2
    return simple
  }
  const digits = reader.text.slice(from + 2, from + 6)
  if (letter !== 'u' || !FOUR_HEX.test(digits)) throw new JsonTextError('invalid escape', from, from + 2)
  const code = Number.parseInt(digits, 16)
  if (code === 0) throw new JsonTextError('NUL character', from, from + 6)
  reader.at = from + 6
  return String.fromCharCode(code)
}

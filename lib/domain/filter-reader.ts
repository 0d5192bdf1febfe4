/** Reads a filter's text from left to right, and the values in it. The grammar is drawn in filter.ts. */
import { type FilterValue, withStars } from './filter-value.ts'

/** Where in the text something stands: UTF-16 units, end exclusive. */
export type Span = { readonly start: number; readonly end: number }

export const QUOTED = /"((?:[^"\\]|\\.)*)"/sy
const STARS = /\*+/y

/** What is wrong, and where. */
export class Refused extends Error {
  readonly span: Span
  constructor(message: string, span: Span) {
    super(message)
    this.span = span
  }
}

/** Reads one text from left to right. */
export class Reader {
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

export const unescaped = (text: string) => text.replace(/\\(.)/gs, '$1')

function readPiece(reader: Reader, word: RegExp): { text: string; quoted: boolean } {
  const start = reader.at
  if (reader.next !== '"') return { text: reader.take(word)?.[0] ?? '', quoted: false }
  const found = reader.take(QUOTED)
  if (!found) throw new Refused('This quotation mark is not closed', { start, end: reader.text.length })
  const text = unescaped(found[1] ?? '')
  if (text === '')
    throw new Refused('There is nothing between the quotation marks', { start, end: reader.at })
  return { text, quoted: true }
}

/** Pieces with stars between them. `word` is what a piece without quotes is made of. @throws Refused */
export function readValue(reader: Reader, word: RegExp): { value: FilterValue; quoted: boolean; span: Span } {
  const start = reader.at
  const pieces = [readPiece(reader, word)]
  while (reader.take(STARS)) pieces.push(readPiece(reader, word))
  return {
    value: withStars(pieces.map(({ text }) => text)),
    quoted: pieces.some((piece) => piece.quoted),
    span: { start, end: reader.at },
  }
}

/**
 * Patterns of the policy language: `*` is any run of characters, `?` is one. No regular expressions and no
 * backtracking: between stars the leftmost place is always as good as any other.
 */
import type { Template } from './policy-variables.ts'

/** Text without stars; `holes` are the offsets of `?`. */
type Piece = { readonly text: string; readonly holes: readonly number[] }

/** The pieces between stars: the first is anchored at the start, the last at the end. */
export type Glob = readonly [Piece, ...Piece[]]

/** A part of a pattern: text that stands for itself, or a wildcard of the policy's author. */
type GlobPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'wild'; readonly wild: '*' | '?' }

const HOLE = '?'

/** A glob from its parts. A `*` or `?` inside a text part stands for itself (R49). */
export function globOf(parts: readonly GlobPart[]): Glob {
  let text = ''
  let holes: number[] = []
  const pieces: Piece[] = []
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.text
    } else if (part.wild === '?') {
      holes.push(text.length)
      text += HOLE
    } else {
      pieces.push({ text, holes })
      text = ''
      holes = []
    }
  }
  const last = { text, holes }
  const [first, ...middle] = pieces
  return first ? [first, ...middle, last] : [last]
}

/** A glob from a pattern that has no variables. */
export function parseGlob(pattern: string): Glob {
  const parts = pattern.split(/([*?])/).map(
    (text): GlobPart => (text === '*' || text === '?' ? { kind: 'wild', wild: text } : { kind: 'text', text }),
  )
  return globOf(parts)
}

/** The parts of a template without variables; with one, undefined. */
export function plainParts(template: Template): GlobPart[] | undefined {
  const parts = template.filter((part) => part.kind !== 'variable')
  return parts.length === template.length ? parts : undefined
}

function standsAt(piece: Piece, value: string, at: number): boolean {
  if (piece.holes.length === 0) return value.startsWith(piece.text, at)
  let from = 0
  for (const hole of piece.holes) {
    if (!value.startsWith(piece.text.slice(from, hole), at + from)) return false
    from = hole + 1
  }
  return value.startsWith(piece.text.slice(from), at + from)
}

/** The leftmost place of a piece in value[at, end), or -1. */
function find(piece: Piece, value: string, at: number, end: number): number {
  const last = end - piece.text.length
  if (piece.holes.length === 0) {
    const found = value.indexOf(piece.text, at)
    return found > last ? -1 : found
  }
  for (let place = at; place <= last; place++) if (standsAt(piece, value, place)) return place
  return -1
}

export function matchesGlob(glob: Glob, value: string): boolean {
  const [first] = glob
  const size = first.text.length
  if (glob.length === 1) return value.length === size && standsAt(first, value, 0)
  const last = glob[glob.length - 1] ?? first
  const end = value.length - last.text.length
  if (size > end || !standsAt(first, value, 0) || !standsAt(last, value, end)) return false
  let at = size
  for (let i = 1; i < glob.length - 1; i++) {
    const piece = glob[i]
    if (!piece) return false
    const found = find(piece, value, at, end)
    if (found < 0) return false
    at = found + piece.text.length
  }
  return true
}

/**
 * Patterns of the policy language: `*` stands for a run of characters, also an empty one, and `?` for one.
 * No regular expressions and no backtracking: between stars the leftmost place is as good as every other.
 */
import type { Template } from './policy-variables.ts'

/**
 * What stands between stars: so many characters, of which the fragments are fixed and the others are `?`.
 * The offsets of fragments count from the piece's start.
 */
type Piece = {
  readonly length: number
  readonly fragments: readonly { readonly at: number; readonly text: string }[]
}

/** The pieces between stars: the first is anchored at the start, the last at the end. */
export type Glob = readonly [Piece, ...Piece[]]

/** A part of a pattern: text that stands for itself, or a wildcard of the policy's author. */
type GlobPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wild'; readonly wild: '*' | '?' }

/** A glob from its parts. A `*` or `?` inside a text part stands for itself (R49). */
export function globOf(parts: readonly GlobPart[]): Glob {
  const pieces: [Piece, ...Piece[]] = [{ length: 0, fragments: [] }]
  for (const part of parts) {
    const last = pieces.at(-1) ?? pieces[0]
    if (part.kind === 'wild' && part.wild === '*') pieces.push({ length: 0, fragments: [] })
    else
      pieces[pieces.length - 1] =
        part.kind === 'wild' ? { ...last, length: last.length + 1 } : withText(last, part.text)
  }
  return pieces
}

/** Neighbouring texts become one fragment, so that most pieces have one. */
function withText({ length, fragments }: Piece, text: string): Piece {
  if (text === '') return { length, fragments }
  const last = fragments.at(-1)
  const joined = last && last.at + last.text.length === length ? last : undefined
  const kept = joined ? fragments.slice(0, -1) : fragments
  const added = joined ? { at: joined.at, text: joined.text + text } : { at: length, text }
  return { length: length + text.length, fragments: [...kept, added] }
}

/** A glob from a pattern that has no variables. */
export function parseGlob(pattern: string): Glob {
  const parts = pattern
    .split(/([*?])/)
    .map(
      (text): GlobPart =>
        text === '*' || text === '?' ? { kind: 'wild', wild: text } : { kind: 'text', text },
    )
  return globOf(parts)
}

/** The parts of a template without variables; with one, undefined. */
export function plainParts(template: Template): GlobPart[] | undefined {
  const parts = template.filter((part) => part.kind !== 'variable')
  return parts.length === template.length ? parts : undefined
}

function standsAt({ fragments }: Piece, value: string, at: number): boolean {
  for (const fragment of fragments) if (!value.startsWith(fragment.text, at + fragment.at)) return false
  return true
}

/** The leftmost place of a piece in value[at, end), or -1. */
function find(piece: Piece, value: string, at: number, end: number): number {
  const last = end - piece.length
  const [first] = piece.fragments
  if (!first) return at <= last ? at : -1
  for (let place = at; place <= last; place++) {
    const found = value.indexOf(first.text, place + first.at)
    if (found < 0 || found - first.at > last) return -1
    place = found - first.at
    if (standsAt(piece, value, place)) return place
  }
  return -1
}

export function matchesGlob(glob: Glob, value: string): boolean {
  const [first] = glob
  const size = first.length
  if (glob.length === 1) return value.length === size && standsAt(first, value, 0)
  const last = glob[glob.length - 1] ?? first
  const end = value.length - last.length
  if (size > end || !standsAt(first, value, 0) || !standsAt(last, value, end)) return false
  let at = size
  for (let i = 1; i < glob.length - 1; i++) {
    const piece = glob[i]
    if (!piece) return false
    const found = find(piece, value, at, end)
    if (found < 0) return false
    at = found + piece.length
  }
  return true
}

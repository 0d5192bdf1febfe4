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
  readonly fragments: readonly Fragment[]
  /** Of a piece with many fragments only. */
  readonly bits?: Bits
}

type Fragment = { readonly at: number; readonly text: string }

/**
 * Where in a piece a character may stand, one bit a place: for the characters that the piece names, and for all others
 * (only where it has a `?`).
 */
type Bits = { readonly named: ReadonlyMap<number, Uint32Array>; readonly others: Uint32Array }

/** The pieces between stars: the first is anchored at the start, the last at the end. */
export type Glob = readonly [Piece, ...Piece[]]

/** A part of a pattern: text that stands for itself, or a wildcard of the policy's author. */
type GlobPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wild'; readonly wild: '*' | '?' }

/** A glob from its parts. A `*` or `?` inside a text part stands for itself (R49). */
export function globOf(parts: readonly GlobPart[]): Glob {
  const pieces: [GlobPart[], ...GlobPart[][]] = [[]]
  for (const part of parts) {
    if (part.kind === 'wild' && part.wild === '*') pieces.push([])
    else pieces.at(-1)?.push(part)
  }
  const [first, ...rest] = pieces
  return [pieceOf(first), ...rest.map(pieceOf)]
}

/** Neighbouring texts become one fragment, so that most pieces have one. */
function pieceOf(parts: readonly GlobPart[]): Piece {
  const fragments: { at: number; text: string }[] = []
  let length = 0
  for (const part of parts) {
    const text = part.kind === 'text' ? part.text : ''
    const last = fragments.at(-1)
    if (last && last.at + last.text.length === length) last.text += text
    else if (text !== '') fragments.push({ at: length, text })
    length += part.kind === 'text' ? text.length : 1
  }
  return fragments.length > FEW
    ? { length, fragments, bits: bitsOf(length, fragments) }
    : { length, fragments }
}

/** Up to here it is quicker to look for the first fragment, and then at the others. */
const FEW = 8

function bitsOf(length: number, fragments: readonly Fragment[]): Bits {
  const others = new Uint32Array(Math.ceil(length / 32)).fill(0xffffffff)
  const named = new Map<number, Uint32Array>()
  const places = fragments.flatMap(({ at, text }) =>
    Array.from({ length: text.length }, (_, i) => ({ place: at + i, code: text.charCodeAt(i) })),
  )
  for (const { place } of places) others[place >>> 5] = (others[place >>> 5] ?? 0) & ~(1 << (place & 31))
  for (const { place, code } of places) {
    const mask = named.get(code) ?? others.slice()
    mask[place >>> 5] = (mask[place >>> 5] ?? 0) | (1 << (place & 31))
    named.set(code, mask)
  }
  return { named, others }
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

/**
 * The leftmost place of a piece in value[at, end), or -1. All places are tried at once: bit i says that the characters
 * read last fit the first i + 1 places. Without it, a pattern such as `*a?a?a?…` would take time as its square.
 */
function findByBits(
  { length }: Piece,
  { named, others }: Bits,
  value: string,
  [at, end]: [number, number],
): number {
  const state = new Uint32Array(others.length)
  const last = others.length - 1
  for (let place = at; place < end; place++) {
    const mask = named.get(value.charCodeAt(place)) ?? others
    let carry = 1
    for (let word = 0; word <= last; word++) {
      const before = state[word] ?? 0
      state[word] = ((before << 1) | carry) & (mask[word] ?? 0)
      carry = before >>> 31
    }
    if (((state[last] ?? 0) >>> ((length - 1) & 31)) & 1) return place - length + 1
  }
  return -1
}

/** The leftmost place of a piece in value[at, end), or -1. */
function find(piece: Piece, value: string, at: number, end: number): number {
  if (piece.bits) return findByBits(piece, piece.bits, value, [at, end])
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

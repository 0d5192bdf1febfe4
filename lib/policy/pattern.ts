/**
 * Texts of a policy compiled to tests of a value: equality, globs, and ARN patterns, with policy variables
 * resolved when the value is judged. What a variable brings in stands for itself, whatever characters it
 * holds (R49).
 */

import { type Glob, globOf, matchesGlob, parseGlob, plainParts } from '#lib/domain/policy-glob.ts'
import type { Template, TemplatePart } from '#lib/domain/policy-variables.ts'

/** The request's condition values, by lower-case key; an absent key is not in the map. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>

/**
 * For questions about requests that nobody has made: values that only a request has are taken to favour the caller
 * wherever they matter, or to hinder it. Whoever is allowed though they hinder is always allowed.
 */
export type Assumption = {
  readonly favours: boolean
  /** By lower-case key. */
  readonly isUnknown: (key: string) => boolean
}

/** What a judgement reads from, and what it has read: null for a key that was absent. */
export type Evidence = {
  readonly context: ConditionContext
  readonly read: Map<string, readonly string[] | null>
  /** Absent: what is not in the context is not in the request. */
  readonly assume?: Assumption | undefined
}

/** What an element that rests on these keys is taken to say, where one of them is not known; else undefined. */
export function assumed(
  { assume }: Evidence,
  keys: readonly string[],
  effect: 'Allow' | 'Deny',
): boolean | undefined {
  if (!assume || !keys.some(assume.isUnknown)) return undefined
  return assume.favours === (effect === 'Allow')
}

/** The keys that variables of a template name. */
export const variablesOf = (template: Template | undefined): string[] =>
  (template ?? []).flatMap((part) => (part.kind === 'variable' ? part.key : []))

/** Reads a condition value and remembers that it was read. A key without values counts as absent. */
export function readKey({ context, read }: Evidence, key: string): readonly string[] | undefined {
  const values = context.get(key)
  const present = values !== undefined && values.length > 0 ? values : undefined
  read.set(key, present ?? null)
  return present
}

/**
 * Does the value match? `unresolved`: the policy's text holds a variable that the request does not have.
 * `alien`: the value is not of the operator's kind, as an address that is none.
 */
export type Match = boolean | 'unresolved' | 'alien'
export type Test = (value: string, evidence: Evidence) => Match

type Settled = Exclude<TemplatePart, { kind: 'variable' }>

/** Variables in place; undefined when one has neither a single value nor a default. */
function resolve(template: Template, evidence: Evidence): Settled[] | undefined {
  const parts: Settled[] = []
  for (const part of template) {
    if (part.kind !== 'variable') {
      parts.push(part)
      continue
    }
    const values = readKey(evidence, part.key)
    // A key with several values is no text.
    const text = values === undefined ? part.fallback : values.length === 1 ? values[0] : undefined
    if (text === undefined) return undefined
    parts.push({ kind: 'text', text })
  }
  return parts
}

const textOf = (parts: readonly Settled[]) =>
  parts.map((part) => (part.kind === 'text' ? part.text : part.wild)).join('')
const same = (text: string) => text
const lower = (text: string) => text.toLowerCase()

/** Equality; wildcards stand for themselves. */
export function equalityTest(template: Template, ignoreCase: boolean): Test {
  const fold = ignoreCase ? lower : same
  const plain = plainParts(template)
  if (plain) {
    const expected = fold(textOf(plain))
    return (value) => fold(value) === expected
  }
  return (value, evidence) => {
    const parts = resolve(template, evidence)
    return parts ? fold(value) === fold(textOf(parts)) : 'unresolved'
  }
}

export function globTest(template: Template): Test {
  const plain = plainParts(template)
  if (plain) {
    const glob = globOf(plain)
    return (value) => matchesGlob(glob, value)
  }
  return (value, evidence) => {
    const parts = resolve(template, evidence)
    return parts ? matchesGlob(globOf(parts), value) : 'unresolved'
  }
}

const ARN_SEGMENTS = 6

/** Cuts parts at the first five colons; fewer make no ARN. */
function segments(template: Template): Template[] {
  const cut: TemplatePart[][] = [[]]
  for (const part of template) {
    if (part.kind !== 'text') {
      cut.at(-1)?.push(part)
      continue
    }
    const [head = '', ...rest] = splitText(part.text, ARN_SEGMENTS - cut.length)
    cut.at(-1)?.push({ kind: 'text', text: head })
    for (const text of rest) cut.push([{ kind: 'text', text }])
  }
  return cut
}

/** Splits at the first `most` colons. */
function splitText(text: string, most: number): string[] {
  const pieces = text.split(':')
  return pieces.length <= most + 1 ? pieces : [...pieces.slice(0, most), pieces.slice(most).join(':')]
}

function matchSegments(globs: readonly Glob[], value: string): Match {
  const parts = splitText(value, ARN_SEGMENTS - 1)
  if (parts.length < ARN_SEGMENTS) return 'alien'
  if (globs.length < ARN_SEGMENTS) return 'unresolved'
  return globs.every((glob, index) => matchesGlob(glob, parts[index] ?? ''))
}

/** Each of the six segments of an ARN by itself: a star never crosses a colon, except in the resource. */
export function arnTest(template: Template): Test {
  const [only] = template
  if (template.length === 1 && only?.kind === 'wild' && only.wild === '*') {
    const anything = parseGlob('*')
    return (value) => matchSegments(new Array<Glob>(ARN_SEGMENTS).fill(anything), value)
  }
  const plain = plainParts(template)
  if (plain) {
    const globs = segments(plain).map((part) => globOf(plainParts(part) ?? []))
    return (value) => matchSegments(globs, value)
  }
  const written = segments(template)
  return (value, evidence) => {
    // Where the policy wrote all colons, those of a variable cannot shift a segment; `${aws:PrincipalArn}`
    // brings its own.
    const settled =
      written.length === ARN_SEGMENTS
        ? written.map((part) => resolve(part, evidence))
        : segments(resolve(template, evidence) ?? []).map((part) => plainParts(part))
    const globs = settled.filter((part) => part !== undefined).map((part) => globOf(part))
    return globs.length === ARN_SEGMENTS ? matchSegments(globs, value) : 'unresolved'
  }
}

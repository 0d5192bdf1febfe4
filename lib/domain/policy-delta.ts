/**
 * What one policy text changes against another, in words, statement by statement (console 3.6, history). Order and
 * layout, which mean nothing, are told as such. Describes; judges nothing.
 */
import { conditionPhrase } from './condition-phrases.ts'
import { readPolicy } from './policy-grammar.ts'
import { principalWords } from './policy-sentences.ts'
import type { ParsedStatement, Patterns } from './policy-statement.ts'

/** A statement as sets of texts: what it means, whatever its order and layout. */
type Facets = {
  readonly index: number
  readonly sid: string | null
  readonly effect: string
  readonly principals: ReadonlySet<string>
  readonly actions: ReadonlySet<string>
  readonly resources: ReadonlySet<string>
  readonly conditions: ReadonlySet<string>
  /** The order in which they were written. */
  readonly written: readonly string[]
}

const NEGATED = 'everything but '

const patternsOf = (patterns: Patterns | null): ReadonlySet<string> =>
  new Set((patterns?.values ?? []).map((value) => `${patterns?.negated ? NEGATED : ''}${value}`))

const shortAction = (action: string) => action.replace(/^(everything but )?kms:/i, '$1')

function facetsOf(statement: ParsedStatement, account: string | undefined): Facets {
  const { index, sid, effect, principal, action, resource, conditions } = statement
  const names = (principal?.names ?? []).map((name) => principalWords(name, account))
  const written = names.map((name) => `${principal?.negated ? 'everyone but ' : ''}${name}`)
  return {
    index,
    sid,
    effect: effect ?? 'unreadable',
    principals: new Set(written),
    actions: new Set([...patternsOf(action)].map(shortAction)),
    resources: patternsOf(resource),
    conditions: new Set(
      conditions.map((clause) => conditionPhrase({ ...clause, values: [...clause.values].sort() })),
    ),
    written,
  }
}

const sorted = (set: ReadonlySet<string>) => [...set].sort()
const MEANING = ['principals', 'actions', 'resources', 'conditions'] as const
type Facet = (typeof MEANING)[number]

const meaningOf = (one: Facets) => JSON.stringify([one.effect, ...MEANING.map((facet) => sorted(one[facet]))])

const nameOf = ({ sid, index }: Facets) => (sid ? sid : `Statement ${index + 1}`)

type Pair = { readonly before: Facets; readonly after: Facets }

/** Takes pairs out of both lists where `fits` says so, in order. */
function take(before: Facets[], after: Facets[], fits: (pair: Pair) => boolean): Pair[] {
  const pairs: Pair[] = []
  for (const one of [...before]) {
    const other = after.find((candidate) => fits({ before: one, after: candidate }))
    if (!other) continue
    pairs.push({ before: one, after: other })
    before.splice(before.indexOf(one), 1)
    after.splice(after.indexOf(other), 1)
  }
  return pairs
}

const same = (facets: readonly Facet[]) => (pair: Pair) =>
  pair.before.effect === pair.after.effect &&
  facets.every((facet) => sorted(pair.before[facet]).join('\n') === sorted(pair.after[facet]).join('\n'))

/** Which statement became which: the surest signs first. */
function match(before: Facets[], after: Facets[]): Pair[] {
  const equal = ({ before: one, after: other }: Pair) => meaningOf(one) === meaningOf(other)
  const sameSid = ({ before: one, after: other }: Pair) =>
    one.sid !== null && one.sid !== '' && one.sid === other.sid
  return [
    ...take(before, after, (pair) => equal(pair) && pair.before.sid === pair.after.sid),
    ...take(before, after, equal),
    ...take(before, after, sameSid),
    ...take(before, after, same(['actions', 'resources', 'conditions'])),
    ...take(before, after, same(['principals', 'resources', 'conditions'])),
    ...take(before, after, same(['principals', 'actions', 'resources'])),
  ]
}

const without = (all: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...all].filter((text) => !others.has(text))

const list = (texts: readonly string[]) =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`

/** `user/carol added`, `user/bob removed`. */
function moves(facet: Facet, { before, after }: Pair): string[] {
  const words = facet === 'conditions' ? 'condition ' : facet === 'resources' ? 'resource ' : ''
  const added = without(after[facet], before[facet])
  const removed = without(before[facet], after[facet])
  return [
    ...(added.length > 0 ? [`${words}${list(added)} added`] : []),
    ...(removed.length > 0 ? [`${words}${list(removed)} removed`] : []),
  ]
}

function changesOf(pair: Pair): string[] {
  const { before, after } = pair
  const effect = before.effect === after.effect ? [] : [`${before.effect} became ${after.effect}`]
  const phrases = [...effect, ...MEANING.flatMap((facet) => moves(facet, pair))]
  if (phrases.length > 0) return [`${nameOf(after)}: ${phrases.join('; ')}`]
  return before.sid === after.sid
    ? []
    : [`${nameOf(before)} ${after.sid ? `is called ${after.sid}` : 'has no Sid'} now, no effect`]
}

/** Principals of a list that stand elsewhere in it than they did. */
const movedPrincipals = (pairs: readonly Pair[]) =>
  pairs.reduce((sum, { before, after }) => {
    const kept = after.written.filter((name) => before.principals.has(name))
    const old = before.written.filter((name) => after.principals.has(name))
    return sum + kept.filter((name, index) => old[index] !== name).length
  }, 0)

/** Statements whose order against the others changed. */
function movedStatements(pairs: readonly Pair[]): number {
  const byBefore = [...pairs].sort((a, b) => a.before.index - b.before.index)
  const byAfter = [...pairs].sort((a, b) => a.after.index - b.after.index)
  return byBefore.filter((pair, index) => byAfter[index] !== pair).length
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

function orderOf(pairs: readonly Pair[]): string[] {
  const statements = movedStatements(pairs)
  const principals = movedPrincipals(pairs)
  return [
    ...(statements > 0 ? [`${counted(statements, 'statement')} moved, no effect`] : []),
    ...(principals > 0 ? [`${counted(principals, 'principal')} moved, no effect`] : []),
  ]
}

const described = (one: Facets) =>
  one.sid ? `Statement ${one.sid}` : `A statement for ${list([...one.principals]) || 'nobody'}`

/**
 * One phrase for each thing that changed; a text that cannot be read is told as replaced. Empty only for equal texts.
 * `account` is the key's: principals of others are named with theirs.
 */
export function policyDelta(before: string, after: string, account?: string): string[] {
  if (before === after) return []
  const old = readPolicy(before, 'key')
  const fresh = readPolicy(after, 'key')
  if (!old.readable || !fresh.readable) return ['The whole text was replaced']
  const gone = old.statements.map((statement) => facetsOf(statement, account))
  const come = fresh.statements.map((statement) => facetsOf(statement, account))
  const pairs = match(gone, come)
  const phrases = [
    ...pairs.flatMap(changesOf),
    ...come.map((one) => `${described(one)} added`),
    ...gone.map((one) => `${described(one)} removed`),
    ...(old.variables === fresh.variables ? [] : ['Version changed: variables are read otherwise']),
    ...orderOf(pairs),
  ]
  return phrases.length > 0 ? phrases : ['Only the layout changed, no effect']
}

/**
 * Three policies into one: what was edited, what was saved meanwhile, and the draft. Statements that only one side touched
 * come together by themselves; of those that both touched, somebody chooses. The draft's text is the ground: what need not
 * change keeps its layout.
 */
import { parse } from 'jsonc-parser'
import { addStatement, removeStatement, replaceStatement, statementSource } from './statement-edits.ts'
import { statementsOf } from './statement-nodes.ts'

export type Side = 'mine' | 'theirs'

/** A statement that both sides changed, each otherwise. Null where a side took it out. */
export type Conflict = {
  readonly id: string
  readonly name: string
  readonly base: string | null
  readonly mine: string | null
  readonly theirs: string | null
}

export type Merge = {
  readonly conflicts: readonly Conflict[]
  /** What comes in from the other side without a question, in words. */
  readonly taken: readonly string[]
  /** The merged text; every conflict must have its choice, else the draft's side is kept. */
  readonly merged: (choices: Readonly<Record<string, Side>>) => string
}

type Part = { readonly id: string; readonly index: number; readonly source: string; readonly meaning: string }

/** Meaning without order of members or layout. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

const PLACE = /^Statement \d+$/

/** Of a statement without a Sid: the one of the base that says the same, or stands in its place; else what it says. */
function nameless(
  { index, meaning }: Pick<Part, 'index' | 'meaning'>,
  base: readonly Part[],
  seen: ReadonlyMap<string, number>,
): string {
  const same = base.find((part) => part.meaning === meaning && !seen.has(part.id))
  const place = `Statement ${index + 1}`
  if (same) return same.id
  return base.length === 0 || base.some(({ id }) => id === place) ? place : `New ${meaning}`
}

/** Statements under names that the three texts share: the Sid, or else what was there in the base. */
function partsOf(text: string, base: readonly Part[]): Part[] {
  const seen = new Map<string, number>()
  const numbered = (name: string) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} ${count}`
  }
  return statementsOf(text).map(({ index, sid }) => {
    const source = statementSource(text, index) ?? ''
    const meaning = canonical(parse(source))
    return {
      id: numbered(sid ? `Sid ${sid}` : nameless({ index, meaning }, base, seen)),
      index,
      source,
      meaning,
    }
  })
}

type Three = { readonly id: string; readonly base?: Part; readonly mine?: Part; readonly theirs?: Part }

function aligned(base: readonly Part[], mine: readonly Part[], theirs: readonly Part[]): Three[] {
  const ids = new Set([...mine, ...base, ...theirs].map(({ id }) => id))
  const find = (parts: readonly Part[], id: string) => parts.find((part) => part.id === id)
  return [...ids].map((id) => {
    const [was, ours, other] = [find(base, id), find(mine, id), find(theirs, id)]
    return { id, ...(was && { base: was }), ...(ours && { mine: ours }), ...(other && { theirs: other }) }
  })
}

const changed = (from: Part | undefined, to: Part | undefined) => from?.meaning !== to?.meaning

/** Who touched a statement. */
function outcome({ base, mine, theirs }: Three): 'keep' | 'take' | 'conflict' {
  if (!changed(base, theirs) || !changed(mine, theirs)) return 'keep'
  return changed(base, mine) ? 'conflict' : 'take'
}

const nameOf = (id: string) =>
  PLACE.test(id) ? id : id.startsWith('Sid ') ? id.slice('Sid '.length) : 'A statement without a Sid'

function takenWords({ id, base, theirs }: Three): string {
  const name = nameOf(id)
  if (!theirs) return `${name} is taken out`
  return base ? `${name} is changed` : `${name} is added`
}

/** Brings the chosen statements of the other side into the draft, from its end to its beginning. */
function bringIn(mine: string, three: readonly Three[]): string {
  const placed = three.flatMap((one) => (one.mine ? [{ ...one, at: one.mine.index }] : []))
  const edited = placed
    .sort((a, b) => b.at - a.at)
    .reduce(
      (text, { at, theirs }) =>
        theirs ? replaceStatement(text, at, theirs.source) : removeStatement(text, at),
      mine,
    )
  const added = three.flatMap(({ mine: own, theirs }) => (!own && theirs ? [theirs.source] : []))
  // The reader has found a statement there.
  return added.reduce((text, source) => addStatement(text, parse(source) as object), edited)
}

/** Merges statements. Everything else of the document (Version, Id) stays as the draft has it. */
export function mergePolicies(base: string, theirs: string, mine: string): Merge {
  const was = partsOf(base, [])
  const three = aligned(was, partsOf(mine, was), partsOf(theirs, was))
  const taken = three.filter((one) => outcome(one) === 'take')
  const conflicting = three.filter((one) => outcome(one) === 'conflict')
  return {
    conflicts: conflicting.map((one) => ({
      id: one.id,
      name: nameOf(one.id),
      base: one.base?.source ?? null,
      mine: one.mine?.source ?? null,
      theirs: one.theirs?.source ?? null,
    })),
    taken: taken.map(takenWords),
    merged: (choices) =>
      bringIn(mine, [...taken, ...conflicting.filter(({ id }) => choices[id] === 'theirs')]),
  }
}

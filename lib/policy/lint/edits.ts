/** The mechanical edits of fixes: as small as they can be, so that the rest of the text stays as it was written. */
import type { FindingEdit } from '#lib/domain/access.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import {
  childrenOf,
  isObjectAt,
  keySpanOf,
  type LintSheet,
  spanOf,
  statementPointer,
  wholeSpanOf,
} from './sheet.ts'

/** A text with edits that do not overlap, applied. */
export function applyEdits(text: string, edits: readonly FindingEdit[]): string {
  const backwards = [...edits].sort((a, b) => b.From - a.From)
  return backwards.reduce((so, { From, To, Text }) => so.slice(0, From) + Text + so.slice(To), text)
}

export const replaceValue = (sheet: LintSheet, pointer: string, value: unknown): FindingEdit => {
  const { from, to } = spanOf(sheet, pointer)
  return { From: from, To: to, Text: JSON.stringify(value) }
}

export const replaceName = (sheet: LintSheet, pointer: string, name: string): FindingEdit => {
  const { from, to } = keySpanOf(sheet, pointer)
  return { From: from, To: to, Text: JSON.stringify(name) }
}

const parentOf = (pointer: string) => pointer.slice(0, pointer.lastIndexOf('/'))

/** Takes a member or an element out with its comma; undefined where it is the only one of its container. */
export function remove(sheet: LintSheet, pointer: string): FindingEdit | undefined {
  const siblings = childrenOf(sheet, parentOf(pointer))
  const at = siblings.indexOf(pointer)
  const next = siblings[at + 1]
  const previous = siblings[at - 1]
  const { from, to } = wholeSpanOf(sheet, pointer)
  if (next !== undefined) return { From: from, To: wholeSpanOf(sheet, next).from, Text: '' }
  if (previous !== undefined) return { From: wholeSpanOf(sheet, previous).to, To: to, Text: '' }
  return undefined
}

/** White space between a container's last entry and what stands before it: how a new entry is set off. */
function gapBefore(sheet: LintSheet, pointer: string): string {
  const { from } = wholeSpanOf(sheet, pointer)
  const before = sheet.text.slice(0, from)
  const gap = /\s*$/.exec(before)?.[0] ?? ''
  return gap === '' ? ' ' : gap
}

/** Adds a text as the last entry of a container that has some. */
function append(sheet: LintSheet, container: string, text: string): FindingEdit | undefined {
  const last = childrenOf(sheet, container).at(-1)
  if (last === undefined) return undefined
  const { to } = wholeSpanOf(sheet, last)
  return { From: to, To: to, Text: `,${gapBefore(sheet, last)}${text}` }
}

/** Adds a member to an object that has some. */
export const addMember = (sheet: LintSheet, object: string, name: string, value: unknown) =>
  isObjectAt(sheet, object)
    ? append(sheet, object, `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    : undefined

/** Lays a statement out as the text lays out the others: one line where they have one, else indented. */
function statementText(sheet: LintSheet, statement: object): string {
  const [first] = childrenOf(sheet, '/Statement')
  const gap = first === undefined ? ' ' : gapBefore(sheet, first)
  if (!gap.includes('\n')) return JSON.stringify(statement)
  const indent = gap.slice(gap.lastIndexOf('\n') + 1)
  return JSON.stringify(statement, null, 2).replaceAll('\n', `\n${indent}`)
}

const isListed = (sheet: LintSheet) => !isObjectAt(sheet, '/Statement')

/** Adds a statement at the end or the beginning of a list of them. */
export function addStatement(
  sheet: LintSheet,
  statement: object,
  where: 'first' | 'last' = 'last',
): FindingEdit | undefined {
  if (!isListed(sheet)) return undefined
  const text = statementText(sheet, statement)
  if (where === 'last') return append(sheet, '/Statement', text)
  const [first] = childrenOf(sheet, '/Statement')
  if (first === undefined) return undefined
  const { from } = spanOf(sheet, first)
  return { From: from, To: from, Text: `${text},${gapBefore(sheet, first)}` }
}

/** Takes a statement out, unless it is the only one. */
export const removeStatement = (sheet: LintSheet, { index }: ParsedStatement) =>
  isListed(sheet) ? remove(sheet, statementPointer(sheet, index)) : undefined

/** Takes one entry out of a list; of the only one, its whole type, and of the only type, the statement. */
export function removePrincipal(
  sheet: LintSheet,
  statement: ParsedStatement,
  pointer: string,
): FindingEdit | undefined {
  const element = statementPointer(sheet, statement.index)
  // …/Principal/AWS/0 is an entry of a list; …/Principal/AWS and …/Principal stand alone.
  const steps = pointer.slice(element.length).split('/').length - 1
  const alone = steps === 3 ? remove(sheet, pointer) : undefined
  const type = steps === 3 ? parentOf(pointer) : pointer
  return alone ?? (steps > 1 ? remove(sheet, type) : undefined) ?? removeStatement(sheet, statement)
}

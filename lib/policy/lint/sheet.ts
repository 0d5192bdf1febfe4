/**
 * A policy text with its places, as the rules read it: where each element of each statement stands. Pointers are those of
 * lib/domain/json-text.ts; offsets are UTF-16 units of the text.
 */
import type { PolicyFindingView } from '#lib/domain/access.ts'
import { pointerStep, type Span } from '#lib/domain/json-text.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { type PolicyDocument, readPolicy } from '#lib/domain/policy-grammar.ts'
import { PRINCIPAL_TYPES, type PrincipalName } from '#lib/domain/policy-principal.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { RULES, type RuleId } from './rules.ts'

export type LintSheet = {
  readonly text: string
  readonly document: PolicyDocument
  /** Pointers of the members or elements of a container, in the order of the text. */
  readonly children: ReadonlyMap<string, readonly string[]>
}

export type Finding = PolicyFindingView
export type Fix = Finding['Fix']

export function readSheet(text: string, kind: PolicyKind): LintSheet {
  const document = readPolicy(text, kind)
  const children = new Map<string, string[]>()
  for (const pointer of document.places.keys()) {
    if (pointer === '') continue
    const parent = pointer.slice(0, pointer.lastIndexOf('/'))
    const known = children.get(parent)
    if (known) known.push(pointer)
    else children.set(parent, [pointer])
  }
  return { text, document, children }
}

const NOWHERE: Span = { from: 0, to: 0 }

/** Where a value stands. */
export const spanOf = ({ document }: LintSheet, pointer: string): Span =>
  document.places.get(pointer)?.value ?? NOWHERE

/** Where the name of a member stands; of an element, the element. */
export const keySpanOf = (sheet: LintSheet, pointer: string): Span =>
  sheet.document.places.get(pointer)?.key ?? spanOf(sheet, pointer)

/** A member with its name, or an element. */
export function wholeSpanOf(sheet: LintSheet, pointer: string): Span {
  const { from } = keySpanOf(sheet, pointer)
  return { from, to: spanOf(sheet, pointer).to }
}

const isList = (sheet: LintSheet, pointer: string) => sheet.text.charAt(spanOf(sheet, pointer).from) === '['
export const isObjectAt = (sheet: LintSheet, pointer: string) =>
  sheet.text.charAt(spanOf(sheet, pointer).from) === '{'

export const childrenOf = ({ children }: LintSheet, pointer: string): readonly string[] =>
  children.get(pointer) ?? []

/** Whether a member is in the text at all. */
export const isThere = ({ document }: LintSheet, pointer: string) => document.places.has(pointer)

export const statementPointer = (sheet: LintSheet, index: number): string =>
  isList(sheet, '/Statement') ? pointerStep('/Statement', index) : '/Statement'

/** The pointers of a value that is one text or a list of texts. */
const entries = (sheet: LintSheet, pointer: string): readonly string[] =>
  isList(sheet, pointer) ? childrenOf(sheet, pointer) : [pointer]

export type Entry = { readonly value: string; readonly pointer: string }

/** The text at a pointer, or undefined where something else stands. */
function textAt(sheet: LintSheet, pointer: string): string | undefined {
  const { from, to } = spanOf(sheet, pointer)
  if (sheet.text.charAt(from) !== '"') return undefined
  // The reader has accepted this very slice as a JSON string.
  return JSON.parse(sheet.text.slice(from, to)) as string
}

const textsAt = (sheet: LintSheet, pointers: readonly string[]): Entry[] =>
  pointers.flatMap((pointer) => {
    const value = textAt(sheet, pointer)
    return value === undefined ? [] : { value, pointer }
  })

/** Action or Resource, or with Not before it, as it stands in a statement: its name and its texts. */
export function patternsAt(sheet: LintSheet, statement: ParsedStatement, element: 'Action' | 'Resource') {
  const base = statementPointer(sheet, statement.index)
  const plain = pointerStep(base, element)
  const pointer = isThere(sheet, plain) ? plain : pointerStep(base, `Not${element}`)
  return { pointer, entries: isThere(sheet, pointer) ? textsAt(sheet, entries(sheet, pointer)) : [] }
}

export type PrincipalEntry = { readonly name: PrincipalName; readonly pointer: string }

/** Each name of a statement's Principal or NotPrincipal, with its place. */
export function principalsAt(sheet: LintSheet, statement: ParsedStatement): PrincipalEntry[] {
  const base = statementPointer(sheet, statement.index)
  const plain = pointerStep(base, 'Principal')
  const pointer = isThere(sheet, plain) ? plain : pointerStep(base, 'NotPrincipal')
  if (!isThere(sheet, pointer)) return []
  if (!isObjectAt(sheet, pointer))
    return textsAt(sheet, [pointer]).map(({ value, pointer: at }) => ({
      name: { type: 'AWS', value },
      pointer: at,
    }))
  return childrenOf(sheet, pointer).flatMap((member) => {
    const type = PRINCIPAL_TYPES.find((known) => member.endsWith(`/${known}`))
    if (!type) return []
    return textsAt(sheet, entries(sheet, member)).map(({ value, pointer: at }) => ({
      name: { type, value },
      pointer: at,
    }))
  })
}

/** Where a clause of a statement's Condition stands. */
export const clausePointer = (
  sheet: LintSheet,
  statement: ParsedStatement,
  { written, key }: { readonly written: string; readonly key: string },
): string => {
  const condition = pointerStep(statementPointer(sheet, statement.index), 'Condition')
  return pointerStep(pointerStep(condition, written), key)
}

type Place = { readonly statement: number | null; readonly span: Span }

/** A finding of a rule, at a place. */
export const finding = (
  id: RuleId,
  message: string,
  { statement, span }: Place,
  fix: Fix = null,
): Finding => ({
  Id: id,
  Severity: RULES[id].severity,
  Message: message,
  Statement: statement,
  From: span.from,
  To: span.to,
  Fix: fix,
})

/** "Statement 3", or its Sid in quotes. */
export const statementName = ({ sid, index }: ParsedStatement) =>
  sid ? `"${sid}"` : `Statement ${index + 1}`

/** Statements that can be understood. */
export const readableStatements = ({ document }: LintSheet): readonly ParsedStatement[] =>
  document.readable ? document.statements.filter(({ index }) => !document.unreadable.has(index)) : []

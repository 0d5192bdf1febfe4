/**
 * A policy document, read: statements in a shape of their own, and every fault of grammar with its place in
 * the text. Runs in the engine (what is refused, what is compiled) and in the browser (what the editor
 * underlines).
 */

import type { JsonPlaces } from './json-text.ts'
import { JsonTextError, pointerStep, readJsonWithPlaces } from './json-text.ts'
import {
  type Finding,
  isObject,
  type JsonObject,
  mark,
  type PolicyKind,
  type Sheet,
} from './policy-finding.ts'
import { type ParsedStatement, readStatement } from './policy-statement.ts'

/** R43 for policies: depth 10; architecture §9: 20,000 tokens. */
const LIMITS = { maxDepth: 10, maxTokens: 20_000 }

export const MAX_KEY_POLICY_BYTES = 32_768

/** With variables, and without them (also what a policy without Version means). */
const VERSIONS = ['2012-10-17', '2008-10-17']

export type PolicyDocument = {
  readonly kind: PolicyKind
  readonly id: string | null
  /** False when the document as a whole cannot be understood; its statements then mean nothing. */
  readonly readable: boolean
  /** Version 2012-10-17: ${…} is a variable. */
  readonly variables: boolean
  readonly statements: readonly ParsedStatement[]
  /** Indexes of statements that cannot be understood as a whole. */
  readonly unreadable: ReadonlySet<number>
  readonly findings: readonly Finding[]
  readonly places: JsonPlaces
}

const NONE: ReadonlySet<number> = new Set()

/** Reads a policy text. Never throws: a text that is no JSON gives one finding and no statements. */
export function readPolicy(text: string, kind: PolicyKind): PolicyDocument {
  try {
    const { value, places } = readJsonWithPlaces(text, LIMITS)
    return { ...readDocument(value, kind), places }
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    const places: JsonPlaces = new Map([['', { value: { from: error.position, to: error.end } }]])
    const findings = [jsonFinding(error)]
    return {
      kind,
      id: null,
      readable: false,
      variables: false,
      statements: [],
      unreadable: NONE,
      findings,
      places,
    }
  }
}

function jsonFinding(error: JsonTextError): Finding {
  const reason = `${error.reason.charAt(0).toUpperCase()}${error.reason.slice(1)}`
  return { fault: 'json', message: `${reason}.`, pointer: '', on: 'value', statement: null, unreadable: true }
}

function readDocument(value: unknown, kind: PolicyKind): Omit<PolicyDocument, 'places'> {
  const findings: Finding[] = []
  const sheet: Sheet = { kind, variables: false, statement: null, findings }
  if (!isObject(value)) {
    mark(sheet, { fault: 'syntax', message: 'A policy must be an object.', pointer: '' })
    return { kind, id: null, readable: false, variables: false, statements: [], unreadable: NONE, findings }
  }
  checkElements(sheet, value)
  const variables = value.Version === '2012-10-17'
  const statements = readStatements({ ...sheet, variables }, value)
  const blind = new Set(findings.filter((finding) => finding.unreadable).map((finding) => finding.statement))
  const readable = !blind.delete(null)
  const unreadable = new Set([...blind].filter((index) => index !== null))
  const id = typeof value.Id === 'string' ? value.Id : null
  return { kind, id, readable, variables, statements, unreadable, findings }
}

function checkElements(sheet: Sheet, value: JsonObject): void {
  for (const name of Object.keys(value)) {
    if (name === 'Version' || name === 'Id' || name === 'Statement') continue
    const pointer = pointerStep('', name)
    mark(sheet, { fault: 'syntax', message: `"${name}" is not an element of a policy.`, pointer, on: 'key' })
  }
  const { Version, Id } = value
  if (Version !== undefined && !VERSIONS.some((known) => known === Version))
    mark(sheet, {
      fault: 'syntax',
      message: 'Version must be "2012-10-17" or "2008-10-17".',
      pointer: '/Version',
    })
  if (Id !== undefined && typeof Id !== 'string')
    mark(sheet, { fault: 'syntax', message: 'Id must be text.', pointer: '/Id' })
}

function readStatements(sheet: Sheet, { Statement }: JsonObject): ParsedStatement[] {
  if (Statement === undefined) {
    mark(sheet, { fault: 'syntax', message: 'Statement is missing.', pointer: '' })
    return []
  }
  const many = Array.isArray(Statement)
  const list: unknown[] = Array.isArray(Statement) ? Statement : [Statement]
  if (list.length === 0)
    mark(sheet, { fault: 'syntax', message: 'Statement is empty.', pointer: '/Statement' })
  const statements = list.map((value, index) =>
    readStatement(
      { ...sheet, statement: index },
      value,
      many ? pointerStep('/Statement', index) : '/Statement',
    ),
  )
  if (sheet.kind !== 'key') checkSidsOnce(sheet, statements, many)
  return statements
}

function checkSidsOnce(sheet: Sheet, statements: readonly ParsedStatement[], many: boolean): void {
  const seen = new Set<string>()
  for (const { index, sid } of statements) {
    if (sid === null || sid === '') continue
    const pointer = many ? `/Statement/${index}/Sid` : '/Statement/Sid'
    if (seen.has(sid))
      mark(sheet, {
        fault: 'sid',
        message: `Two statements have the Sid "${sid}".`,
        pointer,
        unreadable: false,
      })
    seen.add(sid)
  }
}

/** A finding of the editor: a sentence, and the half-open range of UTF-16 offsets it is about. */
export type LintPosition = { readonly message: string; readonly from: number; readonly to: number }

/** Faults of syntax and schema with their places, for the editor. */
export function lintPositions(text: string, kind: PolicyKind = 'key'): LintPosition[] {
  const { findings, places } = readPolicy(text, kind)
  return findings.map(({ message, pointer, on }) => ({ message, ...spanOf(places, pointer, on) }))
}

function spanOf(places: JsonPlaces, pointer: string, on: Finding['on']) {
  const place = places.get(pointer) ?? places.get('')
  const span = on === 'key' ? (place?.key ?? place?.value) : place?.value
  return { from: span?.from ?? 0, to: span?.to ?? 0 }
}

/**
 * One statement of a policy: its elements read into a shape that no later code has to doubt, and what is wrong with it.
 * Grammar only (facts §8.1, §8.7). Names of actions and condition keys are not judged: AWS accepts unknown ones.
 */
import { isOperand, parseOperator, takesVariables, VALUE_WORDS } from './condition-operators.ts'
import type { Operator } from './condition-operators.ts'
import { pointerStep } from './json-text.ts'
import { PRINCIPAL_TYPES, principalForm } from './policy-principal.ts'
import type { PrincipalName, PrincipalType } from './policy-principal.ts'
import { parseTemplate } from './policy-variables.ts'

export type PolicyKind = 'key' | 'identity'

export type PolicyFault =
  | 'json'
  | 'syntax'
  | 'no-principal'
  | 'principal'
  | 'principal-not-allowed'
  | 'no-action'
  | 'action'
  | 'no-resource'
  | 'resource'
  | 'sid'
  | 'condition-key'
  | 'overly-permissive'

export type Finding = {
  readonly fault: PolicyFault
  /** For a person, in one sentence. */
  readonly message: string
  /** JSON pointer of what is wrong. */
  readonly pointer: string
  /** The value itself, or the name of the member. */
  readonly on: 'key' | 'value'
  readonly statement: number | null
  /** What carries such a finding cannot be understood; the others are only refused when a policy is written. */
  readonly unreadable: boolean
}

export type Patterns = { readonly negated: boolean; readonly values: readonly string[] }

export type ParsedCondition = {
  readonly operator: Operator
  /** As written, and as the operator was written. */
  readonly key: string
  readonly written: string
  readonly values: readonly string[]
}

export type ParsedStatement = {
  readonly index: number
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny' | null
  readonly principal: { readonly negated: boolean; readonly names: readonly PrincipalName[] } | null
  readonly action: Patterns | null
  readonly resource: Patterns | null
  readonly conditions: readonly ParsedCondition[]
}

export type JsonObject = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Collects findings about one statement (or, with `statement` null, about the document). */
export type Sheet = {
  readonly kind: PolicyKind
  readonly variables: boolean
  readonly statement: number | null
  readonly findings: Finding[]
}

type Mark = { fault: PolicyFault; message: string; pointer: string; on?: 'key' | 'value'; unreadable?: boolean }

export function mark(sheet: Sheet, { fault, message, pointer, on = 'value', unreadable = true }: Mark): void {
  sheet.findings.push({ fault, message, pointer, on, statement: sheet.statement, unreadable })
}

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition',
])

/** Reads a statement. Whatever is wrong is on the sheet; elements that could not be read are null. */
export function readStatement(sheet: Sheet, value: unknown, pointer: string): ParsedStatement {
  const index = sheet.statement ?? 0
  if (!isObject(value)) {
    mark(sheet, { fault: 'syntax', message: 'A statement must be an object.', pointer })
    return { index, sid: null, effect: null, principal: null, action: null, resource: null, conditions: [] }
  }
  for (const name of Object.keys(value)) {
    if (ELEMENTS.has(name)) continue
    const message = `"${name}" is not an element of a statement.`
    mark(sheet, { fault: 'syntax', message, pointer: pointerStep(pointer, name), on: 'key' })
  }
  return {
    index,
    sid: readSid(sheet, value, pointer),
    effect: readEffect(sheet, value, pointer),
    principal: readPrincipal(sheet, value, pointer),
    action: readPatterns(sheet, value, { pointer, element: 'Action' }),
    resource: readPatterns(sheet, value, { pointer, element: 'Resource' }),
    conditions: readConditions(sheet, value, pointer),
  }
}

/** Identity policies allow letters and digits only; key policies are free. */
const IDENTITY_SID = /^[0-9A-Za-z]*$/

function readSid(sheet: Sheet, { Sid }: JsonObject, statement: string): string | null {
  const pointer = pointerStep(statement, 'Sid')
  if (Sid === undefined) return null
  if (typeof Sid !== 'string') {
    mark(sheet, { fault: 'syntax', message: 'Sid must be text.', pointer })
    return null
  }
  if (sheet.kind === 'identity' && !IDENTITY_SID.test(Sid))
    mark(sheet, { fault: 'sid', message: 'Sid may hold only letters and digits.', pointer, unreadable: false })
  return Sid
}

function readEffect(sheet: Sheet, { Effect }: JsonObject, statement: string): 'Allow' | 'Deny' | null {
  if (Effect === 'Allow' || Effect === 'Deny') return Effect
  const missing = Effect === undefined
  const message = missing ? 'Effect is missing.' : 'Effect must be "Allow" or "Deny".'
  mark(sheet, { fault: 'syntax', message, pointer: missing ? statement : pointerStep(statement, 'Effect') })
  return null
}

/** The member of a pair such as Action and NotAction that the statement has. */
function pick(sheet: Sheet, value: JsonObject, { pointer, element }: { pointer: string; element: string }) {
  const negative = `Not${element}`
  const plain = Object.hasOwn(value, element)
  const negated = Object.hasOwn(value, negative)
  if (!plain && !negated) return undefined
  const at = pointerStep(pointer, negated ? negative : element)
  if (plain && negated)
    mark(sheet, { fault: 'syntax', message: `A statement has ${element} or ${negative}, not both.`, pointer: at, on: 'key' })
  return { negated, value: value[negated ? negative : element], pointer: at }
}

/** One text or a list of texts. */
function texts(sheet: Sheet, value: unknown, pointer: string): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const found = list.filter((entry) => typeof entry === 'string')
  if (found.length === list.length) return found
  mark(sheet, { fault: 'syntax', message: 'This must be text or a list of texts.', pointer })
  return undefined
}

function readPatterns(
  sheet: Sheet, statement: JsonObject, place: { pointer: string; element: 'Action' | 'Resource' },
): Patterns | null {
  const fault = place.element === 'Action' ? 'no-action' : 'no-resource'
  const found = pick(sheet, statement, place)
  if (!found) {
    mark(sheet, { fault, message: `${place.element} is missing.`, pointer: place.pointer })
    return null
  }
  const values = texts(sheet, found.value, found.pointer)
  if (!values) return null
  if (values.length === 0) mark(sheet, { fault, message: `${place.element} is empty.`, pointer: found.pointer })
  for (const [index, value] of values.entries()) {
    const message = place.element === 'Action' ? actionFault(value) : resourceFault(value, sheet.variables)
    const pointer = Array.isArray(found.value) ? pointerStep(found.pointer, index) : found.pointer
    if (message) mark(sheet, { fault: place.element === 'Action' ? 'action' : 'resource', message, pointer })
  }
  return { negated: found.negated, values }
}

const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/

function actionFault(value: string): string | undefined {
  if (value === '*' || ACTION.test(value)) return undefined
  return `"${value}" must be a service and an action, such as kms:Decrypt.`
}

function resourceFault(value: string, variables: boolean): string | undefined {
  if (value !== '*' && !value.startsWith('arn:')) return `"${value}" must be "*" or an ARN.`
  return parseTemplate(value, variables) ? undefined : `"${value}" holds a variable that is not well formed.`
}

const isPrincipalType = (name: string): name is PrincipalType => PRINCIPAL_TYPES.some((type) => type === name)

function readPrincipal(sheet: Sheet, statement: JsonObject, place: string): ParsedStatement['principal'] {
  const found = pick(sheet, statement, { pointer: place, element: 'Principal' })
  if (sheet.kind === 'identity') {
    const message = 'An identity policy names no principal.'
    if (found) mark(sheet, { fault: 'principal-not-allowed', message, pointer: found.pointer, on: 'key' })
    return null
  }
  const missing = { fault: 'no-principal', message: 'Principal is missing.', pointer: found?.pointer ?? place } as const
  if (!found) {
    mark(sheet, missing)
    return null
  }
  const names = found.value === '*' ? [{ type: 'AWS' as const, value: '*' }] : principalNames(sheet, found.value, found.pointer)
  if (names?.length === 0) mark(sheet, missing)
  return names && { negated: found.negated, names }
}

function principalNames(sheet: Sheet, value: unknown, pointer: string): PrincipalName[] | null {
  if (!isObject(value)) {
    mark(sheet, { fault: 'principal', message: 'Principal must be "*" or an object such as {"AWS": …}.', pointer })
    return null
  }
  const names: PrincipalName[] = []
  for (const [type, list] of Object.entries(value)) {
    const at = pointerStep(pointer, type)
    if (!isPrincipalType(type)) {
      const message = `"${type}" is not a kind of principal.`
      mark(sheet, { fault: 'principal', message, pointer: at, on: 'key' })
      continue
    }
    for (const [index, name] of (texts(sheet, list, at) ?? []).entries()) {
      names.push({ type, value: name })
      const where = Array.isArray(list) ? pointerStep(at, index) : at
      if (!principalForm({ type, value: name }))
        mark(sheet, { fault: 'principal', message: `"${name}" is not a principal.`, pointer: where })
    }
  }
  return names
}

function readConditions(sheet: Sheet, { Condition }: JsonObject, statement: string): ParsedCondition[] {
  const pointer = pointerStep(statement, 'Condition')
  if (Condition === undefined) return []
  if (!isObject(Condition)) {
    mark(sheet, { fault: 'syntax', message: 'Condition must be an object of operators.', pointer })
    return []
  }
  return Object.entries(Condition).flatMap(([written, keys]) => {
    const at = pointerStep(pointer, written)
    const operator = parseOperator(written)
    if (!operator) mark(sheet, { fault: 'syntax', message: `"${written}" is not an operator.`, pointer: at, on: 'key' })
    if (isObject(keys)) return operator ? readClauses(sheet, keys, { operator, written, pointer: at }) : []
    mark(sheet, { fault: 'syntax', message: 'An operator holds an object of condition keys.', pointer: at })
    return []
  })
}

type OperatorPlace = { readonly operator: Operator; readonly written: string; readonly pointer: string }

function readClauses(sheet: Sheet, keys: JsonObject, { operator, written, pointer }: OperatorPlace): ParsedCondition[] {
  return Object.entries(keys).map(([key, value]) => {
    const at = pointerStep(pointer, key)
    checkKey(sheet, { key, operator, pointer: at })
    return { operator, key, written, values: operands(sheet, value, { operator, written, pointer: at }) }
  })
}

const KEY_NAME = /^[A-Za-z][A-Za-z0-9-]*:./
/** KMS: they describe the key itself, so only identity policies may ask for them. */
const IDENTITY_ONLY = ['aws:resourcetag/', 'kms:resourcetag', 'kms:resourcealiases']
/** Keys with one value: ForAllValues would also hold when the request has none. */
const SINGLE_VALUED = ['kms:encryptioncontext:', 'aws:requesttag/']

function checkKey(sheet: Sheet, place: { key: string; operator: Operator; pointer: string }): void {
  const { key, operator, pointer } = place
  const lower = key.toLowerCase()
  const starts = (prefix: string) => lower.startsWith(prefix)
  if (!KEY_NAME.test(key)) mark(sheet, { fault: 'syntax', message: `"${key}" is not a condition key.`, pointer, on: 'key' })
  if (sheet.kind === 'key' && IDENTITY_ONLY.some(starts)) {
    const message = `${key} is not permitted in a key policy.`
    mark(sheet, { fault: 'condition-key', message, pointer, on: 'key', unreadable: false })
  }
  if (operator.set === 'all' && SINGLE_VALUED.some(starts)) {
    const message = `${key} has one value: ForAllValues would also match requests without it.`
    mark(sheet, { fault: 'overly-permissive', message, pointer, on: 'key', unreadable: false })
  }
}

function operands(sheet: Sheet, value: unknown, place: OperatorPlace): string[] {
  const { operator, pointer } = place
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.flatMap((entry, index) => {
    const at = Array.isArray(value) ? pointerStep(pointer, index) : pointer
    // Values may be JSON strings, numbers or booleans (facts §8.7).
    const text = typeof entry === 'string' ? entry : String(entry)
    const scalar = typeof entry === 'string' || typeof entry === 'number' || typeof entry === 'boolean'
    const variables = sheet.variables && takesVariables(operator.family)
    if (scalar && isOperand(operator.family, text, variables)) return [text]
    const message = `${place.written} compares with ${VALUE_WORDS[operator.family]}.`
    mark(sheet, { fault: 'syntax', message, pointer: at })
    return []
  })
}

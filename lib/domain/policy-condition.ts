/**
 * The Condition element of a statement, read: operators, keys and values that can be compared, or findings
 * that say why not. Unknown condition keys pass: AWS accepts them, and they are absent when a request is
 * judged.
 */
import {
  isOperand,
  type Operator,
  parseOperator,
  takesVariables,
  VALUE_WORDS,
} from './condition-operators.ts'
import { pointerStep } from './json-text.ts'
import { isObject, type JsonObject, mark, type Sheet } from './policy-finding.ts'

export type ParsedCondition = {
  readonly operator: Operator
  /** As written, and as the operator was written. */
  readonly key: string
  readonly written: string
  readonly values: readonly string[]
}

/** The clauses of a statement's Condition; those that cannot be read are left out and on the sheet. */
export function readConditions(
  sheet: Sheet,
  { Condition }: JsonObject,
  statement: string,
): ParsedCondition[] {
  const pointer = pointerStep(statement, 'Condition')
  if (Condition === undefined) return []
  if (!isObject(Condition)) {
    mark(sheet, { fault: 'syntax', message: 'Condition must be an object of operators.', pointer })
    return []
  }
  return Object.entries(Condition).flatMap(([written, keys]) => {
    const at = pointerStep(pointer, written)
    const operator = parseOperator(written)
    if (!operator)
      mark(sheet, { fault: 'syntax', message: `"${written}" is not an operator.`, pointer: at, on: 'key' })
    if (isObject(keys)) return operator ? readClauses(sheet, keys, { operator, written, pointer: at }) : []
    mark(sheet, { fault: 'syntax', message: 'An operator holds an object of condition keys.', pointer: at })
    return []
  })
}

type OperatorPlace = { readonly operator: Operator; readonly written: string; readonly pointer: string }

function readClauses(
  sheet: Sheet,
  keys: JsonObject,
  { operator, written, pointer }: OperatorPlace,
): ParsedCondition[] {
  return Object.entries(keys).map(([key, value]) => {
    const at = pointerStep(pointer, key)
    checkKey(sheet, { key, operator, pointer: at })
    return { operator, key, written, values: operands(sheet, value, { operator, written, pointer: at }) }
  })
}

/** kms:ViaService; of an identity provider its host and path stand for the service: issuer.example.com/a:sub */
const KEY_NAME = /^[A-Za-z0-9][A-Za-z0-9.-]*(?:\/[\w.~%-]+)*:./
/** KMS: they describe the key itself, so only identity policies may ask for them. */
const IDENTITY_ONLY = ['aws:resourcetag/', 'kms:resourcetag', 'kms:resourcealiases']
/** Keys with one value: ForAllValues would also hold when the request has none. */
const SINGLE_VALUED = ['kms:encryptioncontext:', 'aws:requesttag/']

function checkKey(sheet: Sheet, place: { key: string; operator: Operator; pointer: string }): void {
  const { key, operator, pointer } = place
  const lower = key.toLowerCase()
  const starts = (prefix: string) => lower.startsWith(prefix)
  if (!KEY_NAME.test(key))
    mark(sheet, { fault: 'syntax', message: `"${key}" is not a condition key.`, pointer, on: 'key' })
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
    const text = scalarText(entry)
    const variables = sheet.variables && takesVariables(operator.family)
    if (text !== undefined && isOperand(operator.family, text, variables)) return [text]
    const message = `${place.written} compares with ${VALUE_WORDS[operator.family]}.`
    mark(sheet, { fault: 'syntax', message, pointer: at })
    return []
  })
}

/** Values may be JSON strings, numbers or booleans (facts §8.7). */
function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

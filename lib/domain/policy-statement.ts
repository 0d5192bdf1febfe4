/**
 * One statement of a policy: its elements read into a shape that no later code has to doubt, and what is
 * wrong with it. Grammar only (facts §8.1, §8.7). Names of actions and condition keys are not judged: AWS
 * accepts unknown ones.
 */
import { pointerStep } from './json-text.ts'
import { type ParsedCondition, readConditions } from './policy-condition.ts'
import { isObject, type JsonObject, mark, type Sheet } from './policy-finding.ts'
import { PRINCIPAL_TYPES, type PrincipalName, type PrincipalType, principalForm } from './policy-principal.ts'
import { parseTemplate } from './policy-variables.ts'

/** Action or Resource, or with `negated` NotAction or NotResource. */
export type Patterns = { readonly negated: boolean; readonly values: readonly string[] }

export type ParsedStatement = {
  readonly index: number
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny' | null
  readonly principal: { readonly negated: boolean; readonly names: readonly PrincipalName[] } | null
  readonly action: Patterns | null
  readonly resource: Patterns | null
  readonly conditions: readonly ParsedCondition[]
}

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
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
    resource: readResource(sheet, value, pointer),
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
  if (sheet.kind !== 'key' && !IDENTITY_SID.test(Sid))
    mark(sheet, {
      fault: 'sid',
      message: 'Sid may hold only letters and digits.',
      pointer,
      unreadable: false,
    })
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
    mark(sheet, {
      fault: 'syntax',
      message: `A statement has ${element} or ${negative}, not both.`,
      pointer: at,
      on: 'key',
    })
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
  sheet: Sheet,
  statement: JsonObject,
  place: { pointer: string; element: 'Action' | 'Resource' },
): Patterns | null {
  const fault = place.element === 'Action' ? 'no-action' : 'no-resource'
  const found = pick(sheet, statement, place)
  if (!found) {
    mark(sheet, { fault, message: `${place.element} is missing.`, pointer: place.pointer })
    return null
  }
  const values = texts(sheet, found.value, found.pointer)
  if (!values) return null
  if (values.length === 0)
    mark(sheet, { fault, message: `${place.element} is empty.`, pointer: found.pointer })
  for (const [index, value] of values.entries()) {
    const message = place.element === 'Action' ? actionFault(value) : resourceFault(value, sheet.variables)
    const pointer = Array.isArray(found.value) ? pointerStep(found.pointer, index) : found.pointer
    if (message) mark(sheet, { fault: place.element === 'Action' ? 'action' : 'resource', message, pointer })
  }
  return { negated: found.negated, values }
}

const THE_ROLE: Patterns = { negated: false, values: ['*'] }

/** A trust policy is about its role, and says no resource. */
function readResource(sheet: Sheet, value: JsonObject, pointer: string): Patterns | null {
  if (sheet.kind !== 'trust') return readPatterns(sheet, value, { pointer, element: 'Resource' })
  const found = pick(sheet, value, { pointer, element: 'Resource' })
  const message = 'A trust policy names no resource.'
  if (found) mark(sheet, { fault: 'resource-not-allowed', message, pointer: found.pointer, on: 'key' })
  return THE_ROLE
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
  const missing = {
    fault: 'no-principal',
    message: 'Principal is missing.',
    pointer: found?.pointer ?? place,
  } as const
  if (!found) {
    mark(sheet, missing)
    return null
  }
  const names =
    found.value === '*'
      ? [{ type: 'AWS' as const, value: '*' }]
      : principalNames(sheet, found.value, found.pointer)
  if (names?.length === 0) mark(sheet, missing)
  return names && { negated: found.negated, names }
}

function principalNames(sheet: Sheet, value: unknown, pointer: string): PrincipalName[] | null {
  if (!isObject(value)) {
    mark(sheet, {
      fault: 'principal',
      message: 'Principal must be "*" or an object such as {"AWS": …}.',
      pointer,
    })
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

/**
 * The condition operators of the policy language as rows (facts §8.7), and how their names are put together:
 *
 *   [ForAllValues: | ForAnyValue:] name [IfExists]
 */

import { readAddressRange, readBoolean, readDecimal, readInstant } from './condition-values.ts'
import { fromBase64 } from './constraints.ts'
import { parseTemplate } from './policy-variables.ts'

export type OperatorFamily = 'string' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'arn' | 'null'

export type OperatorRow = {
  readonly family: OperatorFamily
  /** How a value of the request is compared with one of the policy. */
  readonly test:
    | 'equals'
    | 'equalsIgnoreCase'
    | 'like'
    | 'less'
    | 'lessOrEqual'
    | 'greater'
    | 'greaterOrEqual'
    | 'absent'
  /** Negated operators hold when no value of the policy matches, and when the key is absent. */
  readonly negated: boolean
}

const row = (family: OperatorFamily, test: OperatorRow['test'], negated = false): OperatorRow => ({
  family,
  test,
  negated,
})

// Without a prototype: `constructor` is not an operator.
export const CONDITION_OPERATORS: Readonly<Record<string, OperatorRow>> = Object.assign(Object.create(null), {
  StringEquals: row('string', 'equals'),
  StringNotEquals: row('string', 'equals', true),
  StringEqualsIgnoreCase: row('string', 'equalsIgnoreCase'),
  StringNotEqualsIgnoreCase: row('string', 'equalsIgnoreCase', true),
  StringLike: row('string', 'like'),
  StringNotLike: row('string', 'like', true),
  NumericEquals: row('numeric', 'equals'),
  NumericNotEquals: row('numeric', 'equals', true),
  NumericLessThan: row('numeric', 'less'),
  NumericLessThanEquals: row('numeric', 'lessOrEqual'),
  NumericGreaterThan: row('numeric', 'greater'),
  NumericGreaterThanEquals: row('numeric', 'greaterOrEqual'),
  DateEquals: row('date', 'equals'),
  DateNotEquals: row('date', 'equals', true),
  DateLessThan: row('date', 'less'),
  DateLessThanEquals: row('date', 'lessOrEqual'),
  DateGreaterThan: row('date', 'greater'),
  DateGreaterThanEquals: row('date', 'greaterOrEqual'),
  Bool: row('bool', 'equals'),
  BinaryEquals: row('binary', 'equals'),
  IpAddress: row('ip', 'equals'),
  NotIpAddress: row('ip', 'equals', true),
  // For ARNs, Equals and Like are the same: both read * and ?.
  ArnEquals: row('arn', 'like'),
  ArnNotEquals: row('arn', 'like', true),
  ArnLike: row('arn', 'like'),
  ArnNotLike: row('arn', 'like', true),
  Null: row('null', 'absent'),
})

export type Operator = OperatorRow & {
  readonly name: string
  /** How the operator treats the several values of one key. */
  readonly set: 'all' | 'any' | null
  /** True when the key is absent. */
  readonly ifExists: boolean
}

const SETS = { 'ForAllValues:': 'all', 'ForAnyValue:': 'any' } as const

/**
 * An operator from its name as a policy writes it, case and all; undefined when there is no such operator.
 */
export function parseOperator(written: string): Operator | undefined {
  let name = written
  let set: Operator['set'] = null
  for (const [prefix, meaning] of Object.entries(SETS)) {
    if (!name.startsWith(prefix)) continue
    set = meaning
    name = name.slice(prefix.length)
    break
  }
  const ifExists = name.endsWith('IfExists')
  if (ifExists) name = name.slice(0, -'IfExists'.length)
  const found = CONDITION_OPERATORS[name]
  // Null asks about presence itself: neither a set nor IfExists has a meaning with it.
  if (!found || (found.family === 'null' && (set !== null || ifExists))) return undefined
  return { ...found, name, set, ifExists }
}

/** What a value of each family looks like, for a person. */
export const VALUE_WORDS: Record<OperatorFamily, string> = {
  string: 'text',
  numeric: 'a number',
  date: 'a date such as 2026-01-31T00:00:00Z, or seconds since 1970',
  bool: '"true" or "false"',
  binary: 'base64',
  ip: 'an address or a range such as 192.0.2.0/24',
  arn: 'an ARN of six parts, or "*"',
  null: '"true" or "false"',
}

/** Variables are read in the values of string and ARN operators only (facts §8.7). */
export const takesVariables = (family: OperatorFamily) => family === 'string' || family === 'arn'

/** Could this value of a policy ever be compared? `variables` says whether the policy's Version has them. */
export function isOperand(family: OperatorFamily, value: string, variables: boolean): boolean {
  switch (family) {
    case 'string':
      return parseTemplate(value, variables) !== undefined
    case 'arn':
      return isArnPattern(value, variables)
    case 'numeric':
      return readDecimal(value) !== undefined
    case 'date':
      return readInstant(value) !== undefined
    case 'ip':
      return readAddressRange(value) !== undefined
    case 'binary':
      return fromBase64(value) !== undefined
    case 'bool':
    case 'null':
      return readBoolean(value) !== undefined
  }
}

function isArnPattern(value: string, variables: boolean): boolean {
  const template = parseTemplate(value, variables)
  if (!template) return false
  // A variable may hold the colons that are missing here; what it holds is seen at evaluation.
  return value === '*' || template.some((part) => part.kind === 'variable') || value.split(':').length >= 6
}

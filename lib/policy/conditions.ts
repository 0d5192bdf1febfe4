/**
 * The Condition element compiled to one closure (facts §8.7): every clause must hold.
 *
 * Within a clause the policy's values are alternatives; a negated operator holds when none of them matches.
 * Where the language leaves a reading open, an Allow takes the narrow one and a Deny the wide one.
 */

import { type Operator, type OperatorRow, takesVariables } from '#lib/domain/condition-operators.ts'
import {
  inRange,
  readAddress,
  readAddressRange,
  readBoolean,
  readDecimal,
  readInstant,
} from '#lib/domain/condition-values.ts'
import { fromBase64 } from '#lib/domain/constraints.ts'
import type { ParsedCondition } from '#lib/domain/policy-condition.ts'
import { parseTemplate } from '#lib/domain/policy-variables.ts'
import {
  arnTest,
  assumed,
  type Evidence,
  equalityTest,
  globTest,
  readKey,
  type Test,
  variablesOf,
} from './pattern.ts'

export type Condition = (evidence: Evidence) => boolean
export type Effect = 'Allow' | 'Deny'

/** Grammar has admitted the value, so this is a fault of ours; evaluation is total and denies (R48). */
function understood<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a condition value passed the grammar and cannot be read')
  return value
}

type Order = (value: number, operand: number) => boolean
const ORDERS: Partial<Record<OperatorRow['test'], Order>> = {
  equals: (value, operand) => value === operand,
  less: (value, operand) => value < operand,
  lessOrEqual: (value, operand) => value <= operand,
  greater: (value, operand) => value > operand,
  greaterOrEqual: (value, operand) => value >= operand,
}

function ordered(row: OperatorRow, read: (text: string) => number | undefined, operand: string): Test {
  const holds = understood(ORDERS[row.test])
  const number = understood(read(operand))
  return (text) => {
    const value = read(text)
    return value === undefined ? 'alien' : holds(value, number)
  }
}

function stringTest(row: OperatorRow, operand: string, variables: boolean): Test {
  const template = understood(parseTemplate(operand, variables))
  return row.test === 'like' ? globTest(template) : equalityTest(template, row.test === 'equalsIgnoreCase')
}

function addressTest(operand: string): Test {
  const range = understood(readAddressRange(operand))
  return (text) => {
    const address = readAddress(text)
    return address ? inRange(address, range) : 'alien'
  }
}

function booleanTest(operand: string): Test {
  const expected = understood(readBoolean(operand))
  return (text) => {
    const value = readBoolean(text)
    return value === undefined ? 'alien' : value === expected
  }
}

/** Canonical base64 is equal exactly when its bytes are. */
const binaryTest =
  (operand: string): Test =>
  (text) =>
    fromBase64(text) ? text === operand : 'alien'

function testOf(row: OperatorRow, operand: string, variables: boolean): Test {
  switch (row.family) {
    case 'string':
      return stringTest(row, operand, variables)
    case 'arn':
      return arnTest(understood(parseTemplate(operand, variables)))
    case 'numeric':
      return ordered(row, readDecimal, operand)
    case 'date':
      return ordered(row, readInstant, operand)
    case 'ip':
      return addressTest(operand)
    case 'binary':
      return binaryTest(operand)
    case 'bool':
    case 'null':
      return booleanTest(operand)
  }
}

/** Does one value of the request satisfy the operator? */
type Holds = (value: string, evidence: Evidence) => boolean

function positive(tests: readonly Test[]): Holds {
  return (value, evidence) => {
    for (const test of tests) if (test(value, evidence) === true) return true
    return false
  }
}

/**
 * None of the policy's values may match. A variable that cannot be resolved makes the clause false (facts
 * §8.7). A value of another kind matches nothing, and that is enough for a Deny but not for an Allow.
 */
function negated(tests: readonly Test[], effect: Effect): Holds {
  return (value, evidence) => {
    let holds = true
    for (const test of tests) {
      const match = test(value, evidence)
      if (match === true) return false
      if (match === 'unresolved' || (match === 'alien' && effect === 'Allow')) holds = false
    }
    return holds
  }
}

/** Without a set operator, an Allow needs every value of the key to fit and a Deny needs one. */
function overValues(set: Operator['set'], effect: Effect, holds: Holds) {
  const every = set === 'all' || (set === null && effect === 'Allow')
  return (values: readonly string[], evidence: Evidence): boolean => {
    for (const value of values) if (holds(value, evidence) !== every) return !every
    return every
  }
}

function absenceCondition(key: string, operands: readonly string[]): Condition {
  const wanted = operands.map((operand) => understood(readBoolean(operand)))
  return (evidence) => wanted.includes(readKey(evidence, key) === undefined)
}

/** What a clause says when its key is absent. */
function whenAbsent({ set, ifExists, negated: isNegated }: Operator): boolean {
  if (ifExists || set === 'all') return true
  return set === 'any' ? false : isNegated
}

function compileClause(clause: ParsedCondition, effect: Effect, variables: boolean): Condition {
  const known = compileKnown(clause, effect, variables)
  const named = takesVariables(clause.operator.family)
    ? clause.values.flatMap((value) => variablesOf(parseTemplate(value, variables)))
    : []
  const keys = [clause.key.toLowerCase(), ...named]
  return (evidence) => assumed(evidence, keys, effect) ?? known(evidence)
}

function compileKnown(clause: ParsedCondition, effect: Effect, variables: boolean): Condition {
  const { operator, values } = clause
  const key = clause.key.toLowerCase()
  if (operator.family === 'null') return absenceCondition(key, values)
  const tests = values.map((operand) => testOf(operator, operand, variables))
  const holds = operator.negated ? negated(tests, effect) : positive(tests)
  const judge = overValues(operator.set, effect, holds)
  const absent = whenAbsent(operator)
  return (evidence) => {
    const present = readKey(evidence, key)
    return present === undefined ? absent : judge(present, evidence)
  }
}

/** All clauses of a statement as one condition; no clause at all always holds. */
export function compileConditions(
  clauses: readonly ParsedCondition[],
  { effect, variables }: { effect: Effect; variables: boolean },
): Condition {
  const compiled = clauses.map((clause) => compileClause(clause, effect, variables))
  return (evidence) => {
    for (const holds of compiled) if (!holds(evidence)) return false
    return true
  }
}

/** Conditions that cannot mean what they seem to: operators of another type, and keys that no request has. */
import { CONDITION_KEYS, type ConditionKey, findConditionKey } from '#lib/domain/condition-keys.ts'
import { isOperand, type OperatorFamily, takesVariables } from '#lib/domain/condition-operators.ts'
import { meantName } from '#lib/domain/nearest-name.ts'
import type { ParsedCondition } from '#lib/domain/policy-condition.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { replaceName } from './edits.ts'
import {
  childrenOf,
  clausePointer,
  type Finding,
  type Fix,
  finding,
  keySpanOf,
  type LintSheet,
  readableStatements,
} from './sheet.ts'

type Clause = {
  readonly sheet: LintSheet
  readonly statement: ParsedStatement
  readonly condition: ParsedCondition
  readonly pointer: string
}

type KeyType = ConditionKey['type']

/** Operators that can compare values of a type. Every value is text, so that string operators always can. */
const FITTING: Record<KeyType, readonly OperatorFamily[]> = {
  string: ['string', 'arn', 'binary'],
  arn: ['arn', 'string'],
  bool: ['bool', 'string'],
  numeric: ['numeric', 'string'],
  date: ['date', 'string'],
  binary: ['binary', 'string'],
  ip: ['ip', 'string'],
}

/** Seconds since 1970 are numbers and dates (AWS's own tables). */
const INSTANTS: ReadonlySet<string> = new Set(['aws:epochtime', 'kms:validto', 'aws:currenttime'])

const DEFAULTS: Record<KeyType, string> = {
  string: 'StringEquals',
  arn: 'ArnEquals',
  bool: 'Bool',
  numeric: 'NumericEquals',
  date: 'DateEquals',
  binary: 'BinaryEquals',
  ip: 'IpAddress',
}

const NOUNS: Record<KeyType, string> = {
  string: 'a string',
  arn: 'an ARN',
  bool: 'a Bool',
  numeric: 'a numeric',
  date: 'a date',
  binary: 'a binary',
  ip: 'an IP address',
}

/** What follows a tag's or a context's name is the user's, and so is its type. */
const isOpen = ({ name }: ConditionKey) => /[:/]$/.test(name)

function fits({ operator, key }: ParsedCondition, row: ConditionKey): boolean {
  const { family } = operator
  if (family === 'null' || isOpen(row) || FITTING[row.type].includes(family)) return true
  return INSTANTS.has(key.toLowerCase()) && (family === 'date' || family === 'numeric')
}

const parentOf = (pointer: string) => pointer.slice(0, pointer.lastIndexOf('/'))
const OPPOSITE = /^(String|Arn|Numeric|Date)Not|^NotIp/

/** The plain operator of the key's type, where the old one holds this key alone and every value fits. */
function properOperator({ sheet, condition, pointer }: Clause, type: KeyType): Fix {
  const operator = parentOf(pointer)
  const { name, set, ifExists } = condition.operator
  const alone = childrenOf(sheet, operator).length === 1
  const fresh = DEFAULTS[type]
  const taken = sheet.document.places.has(`${parentOf(operator)}/${fresh}`)
  const variables = sheet.document.variables && takesVariables(type)
  const readable = condition.values.every((value) => isOperand(type, value, variables))
  if (!alone || taken || !readable || set !== null || ifExists || OPPOSITE.test(name)) return null
  return { Title: `Change to ${fresh}`, Edits: [replaceName(sheet, operator, fresh)] }
}

const at = ({ sheet, statement, pointer }: Clause) => ({
  statement: statement.index,
  span: keySpanOf(sheet, pointer),
})

/** COND-01 */
function operatorFindings(clause: Clause, row: ConditionKey): Finding[] {
  const { condition } = clause
  if (fits(condition, row)) return []
  const text = `${condition.key} needs ${NOUNS[row.type]} operator; you used ${condition.written}.`
  return [finding('COND-01', text, at(clause), properOperator(clause, row.type))]
}

/** COND-03 */
function setFindings(clause: Clause, row: ConditionKey): Finding[] {
  const { operator, key } = clause.condition
  if (!row.many || operator.set !== null || operator.family === 'null') return []
  const text = `${key} has several values: ForAllValues: or ForAnyValue: says which of them must match.`
  return [finding('COND-03', text, at(clause))]
}

const NAMES = CONDITION_KEYS.filter((row) => !isOpen(row)).map(({ name }) => name)

/** COND-02. Other services have keys of their own, which other kinds of policies may use. */
function unknownFindings(clause: Clause): Finding[] {
  const { sheet, condition, pointer } = clause
  const { key } = condition
  if (!/^(kms|aws):/i.test(key)) return []
  const text = `${key} is not a condition key: no request has it.`
  const other = meantName(key, NAMES)
  const taken = other !== undefined && sheet.document.places.has(`${parentOf(pointer)}/${other}`)
  if (other === undefined || taken) return [finding('COND-02', text, at(clause))]
  const fix = { Title: `Change to ${other}`, Edits: [replaceName(sheet, pointer, other)] }
  return [finding('COND-02', `${text} Did you mean ${other}?`, at(clause), fix)]
}

function clauseFindings(clause: Clause): Finding[] {
  const row = findConditionKey(clause.condition.key)
  return row ? [...operatorFindings(clause, row), ...setFindings(clause, row)] : unknownFindings(clause)
}

export const conditionFindings = (sheet: LintSheet): Finding[] =>
  readableStatements(sheet).flatMap((statement) =>
    statement.conditions.flatMap((condition) =>
      clauseFindings({ sheet, statement, condition, pointer: clausePointer(sheet, statement, condition) }),
    ),
  )

/** Statements as wholes: what they are about, what they are called, and which one a key policy ought to have. */
import { rootArn } from '#lib/domain/arn.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { addStatement, replaceValue } from './edits.ts'
import { namesRoot } from './principal-rules.ts'
import {
  type Finding,
  finding,
  isThere,
  keySpanOf,
  type LintSheet,
  patternsAt,
  readableStatements,
  spanOf,
  statementPointer,
} from './sheet.ts'
import { coveredActions, type Surroundings } from './surroundings.ts'

/** RES-01 */
function resourceFindings(sheet: LintSheet, statement: ParsedStatement): Finding[] {
  const { resource, index } = statement
  if (!resource || (!resource.negated && resource.values.every((value) => value === '*'))) return []
  const { pointer } = patternsAt(sheet, statement, 'Resource')
  const key = keySpanOf(sheet, pointer)
  const value = spanOf(sheet, pointer)
  const edit = { From: key.from, To: value.to, Text: '"Resource": "*"' }
  const text = 'In a key policy Resource must be "*": it means this key.'
  const place = { statement: index, span: resource.negated ? key : value }
  return [finding('RES-01', text, place, { Title: 'Change to "*"', Edits: [edit] })]
}

/** A name that no statement has: "Allow use 2". */
function freeSid(sid: string, taken: ReadonlySet<string | null>, gap: string): string {
  for (let count = 2; ; count++) {
    const candidate = `${sid}${gap}${count}`
    if (!taken.has(candidate)) return candidate
  }
}

/** DUP-01. Of policies that are no key policies the grammar refuses it, as IAM does. */
function duplicateFindings(sheet: LintSheet): Finding[] {
  const { statements } = sheet.document
  const sids = new Set(statements.map(({ sid }) => sid))
  const seen = new Set<string>()
  return statements.flatMap(({ sid, index }) => {
    if (!sid) return []
    const again = seen.has(sid)
    seen.add(sid)
    const pointer = `${statementPointer(sheet, index)}/Sid`
    if (!again || !isThere(sheet, pointer)) return []
    const fresh = freeSid(sid, sids, sheet.document.kind === 'key' ? ' ' : '')
    sids.add(fresh)
    const fix = { Title: `Change to "${fresh}"`, Edits: [replaceValue(sheet, pointer, fresh)] }
    const place = { statement: index, span: spanOf(sheet, pointer) }
    return [finding('DUP-01', `Two statements have the Sid "${sid}".`, place, fix)]
  })
}

const WHOLE = { statement: null, span: { from: 0, to: 0 } }

/** ROOT-01 */
function rootFindings(sheet: LintSheet, surroundings: Surroundings): Finding[] {
  const delegates = (statement: ParsedStatement) =>
    statement.effect === 'Allow' && statement.conditions.length === 0 && namesRoot(statement, surroundings)
  if (readableStatements(sheet).some(delegates)) return []
  const { partition, account } = surroundings
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: rootArn(partition, account) },
    Action: 'kms:*',
    Resource: '*',
  }
  const edit = addStatement(sheet, statement, 'first')
  const text =
    "Without the account statement, identity policies can't give access and recovery depends on the listed principals."
  const fix = edit ? { Title: 'Add the account statement', Edits: [edit] } : null
  return [finding('ROOT-01', text, WHOLE, fix)]
}

const WINDOW = 'kms:schedulekeydeletionpendingwindowindays'
const LEAST_DAYS = '30'

const allowsDeletion = ({ effect, action }: ParsedStatement) =>
  effect === 'Allow' && action !== null && coveredActions(action).has('kms:ScheduleKeyDeletion')
const asksForWindow = ({ conditions }: ParsedStatement) =>
  conditions.some(({ key }) => key.toLowerCase() === WINDOW)

/** DEL-01 */
function deletionFindings(sheet: LintSheet): Finding[] {
  const statements = readableStatements(sheet)
  const open = statements.filter((statement) => allowsDeletion(statement) && !asksForWindow(statement))
  const guarded = statements.some((statement) => statement.effect === 'Deny' && asksForWindow(statement))
  const [first] = open
  if (!first || guarded) return []
  const statement = {
    Sid: 'Deny a short waiting period for deletion',
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:ScheduleKeyDeletion',
    Resource: '*',
    Condition: { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': LEAST_DAYS } },
  }
  const edit = addStatement(sheet, statement)
  const text = 'No minimum waiting period for deletion. Add kms:ScheduleKeyDeletionPendingWindowInDays.'
  const { pointer } = patternsAt(sheet, first, 'Action')
  const fix = edit ? { Title: `Deny less than ${LEAST_DAYS} days`, Edits: [edit] } : null
  return [finding('DEL-01', text, { statement: first.index, span: spanOf(sheet, pointer) }, fix)]
}

export function statementFindings(sheet: LintSheet, surroundings: Surroundings): Finding[] {
  const duplicates = duplicateFindings(sheet)
  if (surroundings.kind !== 'key' || !sheet.document.readable) return duplicates
  return [
    ...readableStatements(sheet).flatMap((statement) => resourceFindings(sheet, statement)),
    ...duplicates,
    ...rootFindings(sheet, surroundings),
    ...deletionFindings(sheet),
  ]
}

/**
 * What is wrong with a policy, or could be better (console POL-3, POL-4): every rule over one text. Pure, and quick
 * enough to run while somebody types.
 */
import type { FindingSeverity, PolicyFindingView } from '#lib/domain/access.ts'
import { actionFindings } from './action-rules.ts'
import { conditionFindings } from './condition-rules.ts'
import { dutyFindings } from './duty-rules.ts'
import { characterFindings, grammarFindings, refusalFindings, sizeFindings } from './grammar-rules.ts'
import { lockoutFindings } from './lockout-rules.ts'
import { principalFindings } from './principal-rules.ts'
import { readSheet } from './sheet.ts'
import { statementFindings } from './statement-rules.ts'
import type { Surroundings } from './surroundings.ts'

const ORDER: Record<FindingSeverity, number> = { error: 0, 'security-warning': 1, warning: 2, suggestion: 3 }

/** Findings by severity, and in the order of the text. Never throws: a text that is no JSON is a finding. */
export function lintPolicy(text: string, surroundings: Surroundings): PolicyFindingView[] {
  const { kind } = surroundings
  const sheet = readSheet(text, kind === 'boundary' ? 'identity' : kind)
  const found = [
    ...grammarFindings(sheet),
    ...sizeFindings(sheet, surroundings),
    ...characterFindings(sheet),
    ...statementFindings(sheet, surroundings),
    ...principalFindings(sheet, surroundings),
    ...actionFindings(sheet, surroundings),
    ...conditionFindings(sheet),
    ...dutyFindings(sheet, surroundings),
    ...lockoutFindings(sheet, surroundings),
  ]
  const all = [...found, ...refusalFindings(sheet, surroundings, found)]
  return all.sort(
    (a, b) => ORDER[a.Severity] - ORDER[b.Severity] || a.From - b.From || (a.Id < b.Id ? -1 : 1),
  )
}

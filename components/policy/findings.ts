/** Findings of a policy for screens: grouped, counted, and those that the browser sees by itself at once. */
import type { FindingSeverity, PolicyFindingView } from '#lib/domain/access.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { lintPositions } from '#lib/domain/policy-grammar.ts'

export type Finding = PolicyFindingView

export const SEVERITIES: readonly FindingSeverity[] = ['error', 'security-warning', 'warning', 'suggestion']

export const SEVERITY_WORDS: Readonly<Record<FindingSeverity, string>> = {
  error: 'Error',
  'security-warning': 'Security warning',
  warning: 'Warning',
  suggestion: 'Suggestion',
}

/** Tab, line feed, carriage return, and U+0020 to U+00FF (facts §8.1). */
const STRANGE = /[^\t\n\r\u0020-\u00ff]+/gu

function strange(text: string): Finding[] {
  return [...text.matchAll(STRANGE)].slice(0, 50).map((match) => ({
    Id: 'CHAR-01',
    Severity: 'error',
    Message: `“${match[0]}” can’t be in a policy.`,
    Statement: null,
    From: match.index,
    To: match.index + match[0].length,
    Fix: null,
  }))
}

/** Faults of syntax, schema and characters, without asking anybody. */
export function localFindings(text: string, kind: PolicyKind): Finding[] {
  const faults = lintPositions(text, kind).map(
    ({ message, from, to }): Finding => ({
      Id: 'GRAM-01',
      Severity: 'error',
      Message: message,
      Statement: null,
      From: from,
      To: to,
      Fix: null,
    }),
  )
  return [...faults, ...strange(text)]
}

export type FindingGroup = {
  readonly severity: FindingSeverity
  readonly title: string
  readonly findings: readonly Finding[]
}

/** By severity, the worst first; in each in the order of the text. */
export const groupsOf = (findings: readonly Finding[]): readonly FindingGroup[] =>
  SEVERITIES.map((severity) => ({
    severity,
    title: SEVERITY_WORDS[severity],
    findings: findings.filter(({ Severity }) => Severity === severity).toSorted((a, b) => a.From - b.From),
  })).filter((group) => group.findings.length > 0)

/** "2 errors, 1 warning", or that there is nothing. */
export function countsOf(findings: readonly Finding[]): string {
  const parts = groupsOf(findings).map(({ title, findings: found }) => {
    const noun = title.toLowerCase()
    return `${found.length} ${noun}${found.length === 1 ? '' : 's'}`
  })
  return parts.length === 0 ? 'nothing found' : parts.join(', ')
}

/** The worst that is said about a statement: what its outline is marked with. */
export function markOf(findings: readonly Finding[], statement: number): FindingSeverity | undefined {
  const about = findings.filter(({ Statement }) => Statement === statement).map(({ Severity }) => Severity)
  return SEVERITIES.find((severity) => about.includes(severity))
}

/** Faults of grammar, size and characters, each under its id; and what AWS would answer to all of it. */
import type { PolicyFault } from '#lib/domain/policy-finding.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { checkIdentityPolicy, checkKeyPolicy, checkTrustPolicy } from '../check.ts'
import { addMember } from './edits.ts'
import type { RuleId } from './rules.ts'
import { type Finding, type Fix, finding, keySpanOf, type LintSheet, spanOf } from './sheet.ts'
import { exists, type LintKind, type Surroundings } from './surroundings.ts'

const IDS: Record<PolicyFault, RuleId> = {
  json: 'JSON-01',
  syntax: 'GRAM-01',
  'no-principal': 'GRAM-01',
  principal: 'PRIN-04',
  'principal-not-allowed': 'GRAM-01',
  'no-action': 'NOOP-01',
  action: 'GRAM-01',
  'no-resource': 'NOOP-01',
  resource: 'GRAM-01',
  'resource-not-allowed': 'GRAM-01',
  sid: 'SID-01',
  'condition-key': 'COND-04',
  'overly-permissive': 'COND-03',
}

type Fault = LintSheet['document']['findings'][number]

const wordsOf = ({ fault, message, statement }: Fault): string => {
  const which = `Statement ${(statement ?? 0) + 1}`
  if (fault === 'no-action') return `${which} has no Action, so the server rejects it.`
  return fault === 'no-resource' ? `${which} has no Resource, so the server rejects it.` : message
}

/** A Resource that is missing can only be the key's own. */
function missingResource(sheet: LintSheet, { fault, message, pointer }: Fault): Fix {
  if (fault !== 'no-resource' || !message.endsWith('missing.') || sheet.document.kind !== 'key') return null
  const edit = addMember(sheet, pointer, 'Resource', '*')
  return edit ? { Title: 'Add "Resource": "*"', Edits: [edit] } : null
}

export const grammarFindings = (sheet: LintSheet): Finding[] =>
  sheet.document.findings.map((fault) => {
    const { statement, pointer, on } = fault
    const span = on === 'key' ? keySpanOf(sheet, pointer) : spanOf(sheet, pointer)
    return finding(IDS[fault.fault], wordsOf(fault), { statement, span }, missingResource(sheet, fault))
  })

/** Bytes for key policies; characters without white space for the others, as IAM counts (facts §15, §18). */
const MOST: Record<LintKind, number> = {
  key: MAX_KEY_POLICY_BYTES,
  identity: 10_240,
  boundary: 6144,
  trust: 2048,
}
const WHITE = /\s/g

const sizeOf = (text: string, kind: LintKind) =>
  kind === 'key' ? new TextEncoder().encode(text).length : text.replace(WHITE, '').length

const number = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

export function sizeFindings({ text }: LintSheet, { kind }: Surroundings): Finding[] {
  const size = sizeOf(text, kind)
  const most = MOST[kind]
  const place = { statement: null, span: { from: 0, to: text.length } }
  const unit = kind === 'key' ? 'bytes' : 'characters without white space'
  const words = `The policy has ${number(size)} of ${number(most)} ${unit}.`
  if (size > most) return [finding('SIZE-01', words, place)]
  return size >= most * 0.8 ? [finding('SIZE-02', words, place)] : []
}

/** Tab, line feed, carriage return, and U+0020 to U+00FF (facts §8.1). */
const STRANGE = /[^\t\n\r\u0020-\u00ff]+/gu

export const characterFindings = ({ text }: LintSheet): Finding[] =>
  [...text.matchAll(STRANGE)].slice(0, 50).map((match) => {
    const code = match[0].codePointAt(0) ?? 0
    const span = { from: match.index, to: match.index + match[0].length }
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    return finding('CHAR-01', `A policy holds U+0020 to U+00FF only, not ${name}.`, { statement: null, span })
  })

function refusalOf(text: string, surroundings: Surroundings): string | null {
  const { kind, partition } = surroundings
  if (kind === 'identity' || kind === 'boundary') return checkIdentityPolicy(text)
  const check = kind === 'key' ? checkKeyPolicy : checkTrustPolicy
  return check(text, { partition, principalExists: (arn) => exists(arn, surroundings) })
}

/** AWS's own sentence, beside the findings that say what is meant. `found` are those of error and deleted principals. */
export function refusalFindings(
  sheet: LintSheet,
  surroundings: Surroundings,
  found: readonly Finding[],
): Finding[] {
  const refusal = refusalOf(sheet.text, surroundings)
  if (refusal === null) return []
  const why = found.find(({ Severity, Id }) => Severity === 'error' || Id === 'PRIN-02' || Id === 'COND-03')
  const span = why ? { from: why.From, to: why.To } : { from: 0, to: sheet.text.length }
  return [finding('AWS-01', `AWS would refuse this: ${refusal}`, { statement: why?.Statement ?? null, span })]
}

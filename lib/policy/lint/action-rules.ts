/** Actions that do not exist, and those that never have an effect where they stand. */

import { whyNever } from '#lib/domain/action-kinds.ts'
import { findAction, KMS_ACTIONS } from '#lib/domain/actions.ts'
import { meantName } from '#lib/domain/nearest-name.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { remove, replaceValue } from './edits.ts'
import {
  type Entry,
  type Finding,
  type Fix,
  finding,
  type LintSheet,
  patternsAt,
  readableStatements,
  spanOf,
} from './sheet.ts'
import { actionsLike, type Surroundings } from './surroundings.ts'

/** What a trust policy can allow (facts §18). */
const TRUST_ACTIONS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]
const KMS_NAMES = Object.keys(KMS_ACTIONS)
const WILD = /[*?]/

type Named = { readonly sheet: LintSheet; readonly statement: ParsedStatement; readonly entry: Entry }

const place = ({ sheet, statement, entry }: Named) => ({
  statement: statement.index,
  span: spanOf(sheet, entry.pointer),
})

const removal = ({ sheet, entry }: Named): Fix => {
  // An Action that is one text, or a list of one, cannot do without it.
  const listed = /\/\d+$/.test(entry.pointer)
  const edit = listed ? remove(sheet, entry.pointer) : undefined
  return edit ? { Title: `Remove ${entry.value}`, Edits: [edit] } : null
}

/** ACT-01 */
function unknownFinding(named: Named, known: readonly string[]): Finding {
  const { sheet, entry } = named
  const other = meantName(entry.value, known)
  const text = WILD.test(entry.value) ? `${entry.value} means no action.` : `${entry.value} is not an action.`
  if (other === undefined) return finding('ACT-01', text, place(named), removal(named))
  const fix = { Title: `Change to ${other}`, Edits: [replaceValue(sheet, entry.pointer, other)] }
  return finding('ACT-01', `${text} Did you mean ${other}?`, place(named), fix)
}

const never = (named: Named, why: string): Finding =>
  finding('ACT-02', `${named.entry.value} never applies: ${why}.`, place(named), removal(named))

const serviceOf = (pattern: string) => pattern.slice(0, pattern.indexOf(':')).toLowerCase()

/** Of the actions that the pattern means, all may be in vain. */
function uselessFindings(named: Named, { key, kind }: Surroundings): Finding[] {
  if (kind !== 'key') return []
  const reasons = actionsLike(named.entry.value).map((action) => whyNever(action, key))
  const [first] = reasons
  return first && reasons.every((why) => why !== null) ? [never(named, first)] : []
}

function kmsFindings(named: Named, surroundings: Surroundings): Finding[] {
  const { value } = named.entry
  const exists = WILD.test(value) ? actionsLike(value).length > 0 : findAction(value) !== undefined
  return exists ? uselessFindings(named, surroundings) : [unknownFinding(named, KMS_NAMES)]
}

function trustFindings(named: Named): Finding[] {
  const { value } = named.entry
  if (serviceOf(value) !== 'sts') return [never(named, 'a trust policy is about who may assume its role')]
  const lower = value.toLowerCase()
  if (WILD.test(value) || TRUST_ACTIONS.some((known) => known.toLowerCase() === lower)) return []
  return [unknownFinding(named, TRUST_ACTIONS)]
}

function findingsOf(named: Named, surroundings: Surroundings): Finding[] {
  const { value } = named.entry
  if (value === '*') return []
  if (surroundings.kind === 'trust') return trustFindings(named)
  if (serviceOf(value) === 'kms') return kmsFindings(named, surroundings)
  if (surroundings.kind !== 'key') return []
  // A wildcard in the service's place may mean KMS; the grammar does not allow one.
  const other = meantName(value, KMS_NAMES)
  if (other !== undefined) return [unknownFinding(named, KMS_NAMES)]
  return [never(named, 'a key policy is about actions of KMS')]
}

export const actionFindings = (sheet: LintSheet, surroundings: Surroundings): Finding[] =>
  readableStatements(sheet).flatMap((statement) =>
    patternsAt(sheet, statement, 'Action').entries.flatMap((entry) =>
      findingsOf({ sheet, statement, entry }, surroundings),
    ),
  )

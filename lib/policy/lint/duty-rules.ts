/** Separation of duties: who administers a key and uses it, and who could hand out its use (console 3.22). */

import { whyNever } from '#lib/domain/action-kinds.ts'
import { KMS_ACTIONS, type KmsActionName } from '#lib/domain/actions.ts'
import type { ParsedCondition } from '#lib/domain/policy-condition.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { addMember, removePrincipal } from './edits.ts'
import {
  type Finding,
  type Fix,
  finding,
  type LintSheet,
  type PrincipalEntry,
  principalsAt,
  readableStatements,
  readSheet,
  spanOf,
  statementPointer,
} from './sheet.ts'
import { coveredActions, type Surroundings, whoIs } from './surroundings.ts'

/** What makes somebody an administrator: the key's policy, its life, its material. */
const ADMINISTER: readonly KmsActionName[] = [
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
  'kms:DeleteImportedKeyMaterial',
]

/** Cryptography with the key. */
const USE = Object.entries(KMS_ACTIONS).flatMap(([name, row]) =>
  // The keys of a constant table are exactly its names.
  row.crossAccount && row.level === 'write' ? [name as KmsActionName] : [],
)

type Naming = { readonly statement: ParsedStatement; readonly entry: PrincipalEntry }

/** Where each user and role is named by an Allow. */
function namings(sheet: LintSheet): Map<string, Naming[]> {
  const found = new Map<string, Naming[]>()
  for (const statement of readableStatements(sheet)) {
    if (statement.effect !== 'Allow' || statement.principal?.negated) continue
    for (const entry of principalsAt(sheet, statement)) {
      const form = principalForm(entry.name)
      if (form?.form !== 'identity') continue
      found.set(form.arn, [...(found.get(form.arn) ?? []), { statement, entry }])
    }
  }
  return found
}

const accountIn = (arn: string) => arn.split(':')[4] ?? ''

/** Whether a Deny is about an identity: by its name, its account, or everyone. */
function isDenied({ principal }: ParsedStatement, arn: string): boolean {
  const account = accountIn(arn)
  const named = (principal?.names ?? []).some(({ type, value }) => {
    if (type !== 'AWS') return false
    return value === '*' || value === arn || value === account || value.endsWith(`::${account}:root`)
  })
  return named !== principal?.negated
}

/** Actions that no Allow can give an identity. Those under a condition are not counted: they deny now and then. */
function deniedTo(sheet: LintSheet, arn: string): ReadonlySet<KmsActionName> {
  const denies = readableStatements(sheet).filter(
    (statement) =>
      statement.effect === 'Deny' && statement.conditions.length === 0 && isDenied(statement, arn),
  )
  return new Set(denies.flatMap(({ action }) => (action ? [...coveredActions(action)] : [])))
}

const gives = (
  { action }: ParsedStatement,
  wanted: readonly KmsActionName[],
  denied: ReadonlySet<string>,
) => {
  const covered = action && coveredActions(action)
  return wanted.some((name) => covered?.has(name) && !denied.has(name))
}

/** Taking the identity out of what only uses; none where one statement gives both. */
function withoutUse(
  sheet: LintSheet,
  arn: string,
  using: readonly Naming[],
  administers: (one: Naming) => boolean,
): Fix {
  if (using.some(administers)) return null
  // Of a statement that names somebody twice two edits would overlap.
  if (new Set(using.map(({ statement }) => statement.index)).size < using.length) return null
  // Statements that go as a whole may stand beside each other.
  const edits = using.map(({ statement, entry }) => removePrincipal(sheet, statement, entry.pointer))
  const found = edits.filter((edit) => edit !== undefined).sort((a, b) => a.From - b.From)
  const apart = found.every((edit, index) => edit.From >= (found[index - 1]?.To ?? 0))
  if (found.length < using.length || !apart) return null
  return { Title: `Leave ${arn.slice(arn.lastIndexOf(':') + 1)} out of what uses the key`, Edits: found }
}

type Both = {
  readonly arn: string
  readonly first: Naming
  readonly using: readonly Naming[]
  readonly administers: (one: Naming) => boolean
}

/** Users and roles whom the policy lets administer the key and use it. */
function bothIn(sheet: LintSheet, key: Surroundings['key']): Both[] {
  const use = USE.filter((name) => whyNever(name, key) === null)
  return [...namings(sheet)].flatMap(([arn, named]) => {
    const denied = deniedTo(sheet, arn)
    const administers = ({ statement }: Naming) => gives(statement, ADMINISTER, denied)
    const using = named.filter(({ statement }) => gives(statement, use, denied))
    const [first] = using
    return first && named.some(administers) ? [{ arn, first, using, administers }] : []
  })
}

/** The ARNs of those whom a key policy by itself makes administrator and user at once. */
export const overlapIn = (policy: string, key: Surroundings['key']): string[] =>
  bothIn(readSheet(policy, 'key'), key).map(({ arn }) => arn)

/** SOD-01 */
function bothFindings(sheet: LintSheet, surroundings: Surroundings): Finding[] {
  return bothIn(sheet, surroundings.key).map(({ arn, first, using, administers }) => {
    const text = `${whoIs(arn, surroundings)} is a key administrator and would also be a key user.`
    const place = { statement: first.statement.index, span: spanOf(sheet, first.entry.pointer) }
    return finding('SOD-01', text, place, withoutUse(sheet, arn, using, administers))
  })
}

const isTrue = ({ operator, key, values }: ParsedCondition) =>
  operator.family === 'bool' &&
  !operator.ifExists &&
  operator.set === null &&
  key.toLowerCase() === 'kms:grantisforawsresource' &&
  values.every((value) => value.toLowerCase() === 'true')

/** Only for grants, so that a condition on them takes nothing else away. */
const GRANT_ACTIONS: ReadonlySet<string> = new Set(['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'])

function onlyForServices(sheet: LintSheet, statement: ParsedStatement): Fix {
  const object = statementPointer(sheet, statement.index)
  const covered = statement.action ? [...coveredActions(statement.action)] : []
  if (!covered.every((name) => GRANT_ACTIONS.has(name)) || sheet.document.places.has(`${object}/Condition`))
    return null
  const edit = addMember(sheet, object, 'Condition', { Bool: { 'kms:GrantIsForAWSResource': 'true' } })
  return edit ? { Title: 'Only for AWS services', Edits: [edit] } : null
}

/** SOD-02 */
function grantFindings(sheet: LintSheet, surroundings: Surroundings): Finding[] {
  return [...namings(sheet)].flatMap(([arn, named]) => {
    const denied = deniedTo(sheet, arn)
    const wide = named.filter(
      ({ statement }) => gives(statement, ['kms:CreateGrant'], denied) && !statement.conditions.some(isTrue),
    )
    const [first] = wide
    if (!first) return []
    const text =
      `${whoIs(arn, surroundings)} may create grants without kms:GrantIsForAWSResource, ` +
      'so it can hand out use of the key.'
    const place = { statement: first.statement.index, span: spanOf(sheet, first.entry.pointer) }
    const fix = wide.length === 1 ? onlyForServices(sheet, first.statement) : null
    return [finding('SOD-02', text, place, fix)]
  })
}

export const dutyFindings = (sheet: LintSheet, surroundings: Surroundings): Finding[] =>
  surroundings.kind === 'key'
    ? [...bothFindings(sheet, surroundings), ...grantFindings(sheet, surroundings)]
    : []

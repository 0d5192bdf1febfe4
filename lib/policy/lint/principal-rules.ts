/** Whom statements name: everyone, nobody any more, nobody yet, and accounts elsewhere. */
import { parseArn, rootArn } from '#lib/domain/arn.ts'
import { meantName } from '#lib/domain/nearest-name.ts'
import { type PrincipalForm, principalForm } from '#lib/domain/policy-principal.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'
import { addMember, removePrincipal, replaceValue } from './edits.ts'
import {
  type Finding,
  type Fix,
  finding,
  keySpanOf,
  type LintSheet,
  type PrincipalEntry,
  principalsAt,
  readableStatements,
  spanOf,
  statementPointer,
} from './sheet.ts'
import { exists, type Surroundings, whoIs } from './surroundings.ts'

type Named = {
  readonly sheet: LintSheet
  readonly statement: ParsedStatement
  readonly entry: PrincipalEntry
  readonly form: PrincipalForm | undefined
}

const place = ({ sheet, statement, entry }: Named) => ({
  statement: statement.index,
  span: spanOf(sheet, entry.pointer),
})

const removal = ({ sheet, statement, entry }: Named, title: string): Fix => {
  const edit = removePrincipal(sheet, statement, entry.pointer)
  return edit ? { Title: title, Edits: [edit] } : null
}

/** PRIN-01 */
function everyone(named: Named, { kind, account }: Surroundings): Finding[] {
  const { sheet, statement, form } = named
  const { effect, principal, conditions } = statement
  if (form?.form !== 'everyone' || effect !== 'Allow' || principal?.negated || conditions.length > 0)
    return []
  const what = kind === 'trust' ? 'assume this role' : 'use this key'
  const text = `Principal: "*" without a condition lets any account ${what}.`
  const key = kind === 'trust' ? 'aws:PrincipalAccount' : 'kms:CallerAccount'
  const object = statementPointer(sheet, statement.index)
  // An empty Condition stands in the way of a second one.
  const edit = sheet.document.places.has(`${object}/Condition`)
    ? undefined
    : addMember(sheet, object, 'Condition', { StringEquals: { [key]: account } })
  const fix = edit ? { Title: `Only for account ${account}`, Edits: [edit] } : null
  return [finding('PRIN-01', text, place(named), fix)]
}

/** PRIN-02: AROA…X7 */
function deleted(named: Named): Finding[] {
  const { value } = named.entry.name
  if (named.form?.form !== 'unique-id') return []
  const noun = value.startsWith('AROA') ? 'role' : 'user'
  const short = `${value.slice(0, 4)}…${value.slice(-2)}`
  const text =
    `${short} is the ID of a deleted ${noun}. Nobody matches it; a new ${noun} with the same name ` +
    "won't either."
  return [finding('PRIN-02', text, place(named), removal(named, `Remove ${short}`))]
}

/**
 * Names of the same kind: a user is not meant where a role is written. Those of other accounts are told to nobody.
 */
function meant(arn: string, { directory, account }: Surroundings): string | undefined {
  const parsed = parseArn(arn)
  const names = parsed?.account === account ? directory.get(account) : undefined
  if (!parsed || !names) return undefined
  const kind = parsed.resource.slice(0, parsed.resource.indexOf('/') + 1)
  const name = meantName(
    parsed.resource,
    [...names].filter((known) => known.startsWith(kind)),
  )
  return name === undefined ? undefined : arn.slice(0, arn.length - parsed.resource.length) + name
}

/** PRIN-03 */
function unknown(named: Named, surroundings: Surroundings): Finding[] {
  const { form, sheet, entry } = named
  if (form?.form !== 'identity' || exists(form.arn, surroundings)) return []
  const who = whoIs(form.arn, surroundings)
  const other = meant(form.arn, surroundings)
  if (other === undefined) {
    return [finding('PRIN-03', `${who} doesn't exist.`, place(named), removal(named, `Remove ${who}`))]
  }
  const better = whoIs(other, surroundings)
  const fix = { Title: `Change to ${better}`, Edits: [replaceValue(sheet, entry.pointer, other)] }
  return [finding('PRIN-03', `${who} doesn't exist. Did you mean ${better}?`, place(named), fix)]
}

const MOST_ACTIONS = 3

/** "Decrypt, Encrypt and 2 more" */
function actionsIn({ action }: ParsedStatement): string {
  const names = (action?.values ?? []).map((name) => name.replace(/^kms:/i, ''))
  const all = action?.negated ? [`everything but ${names.join(', ')}`] : names
  const shown = all.slice(0, MOST_ACTIONS).join(', ')
  return all.length > MOST_ACTIONS ? `${shown} and ${all.length - MOST_ACTIONS} more` : shown
}

const accountOf = (form: PrincipalForm | undefined): string | undefined =>
  form?.form === 'account' || form?.form === 'identity' ? form.account : undefined

/** EXT-01 */
function foreign(named: Named, { account, knownAccounts }: Surroundings): Finding[] {
  const { statement, form } = named
  const other = accountOf(form)
  if (other === undefined || other === account || knownAccounts.has(other)) return []
  if (statement.effect !== 'Allow' || statement.principal?.negated) return []
  const text = `Account ${other} gets ${actionsIn(statement)}. It is not on the list of known accounts.`
  return [finding('EXT-01', text, place(named), removal(named, `Remove account ${other}`))]
}

/** NOT-01 */
function allButFindings(sheet: LintSheet, statement: ParsedStatement): Finding[] {
  if (statement.effect !== 'Allow' || !statement.principal?.negated) return []
  const pointer = `${statementPointer(sheet, statement.index)}/NotPrincipal`
  const text = 'Allow with NotPrincipal allows everyone else.'
  return [finding('NOT-01', text, { statement: statement.index, span: keySpanOf(sheet, pointer) })]
}

export const principalFindings = (sheet: LintSheet, surroundings: Surroundings): Finding[] =>
  readableStatements(sheet).flatMap((statement) => [
    ...allButFindings(sheet, statement),
    ...principalsAt(sheet, statement).flatMap((entry) => {
      const named = { sheet, statement, entry, form: principalForm(entry.name) }
      return [
        ...everyone(named, surroundings),
        ...deleted(named),
        ...unknown(named, surroundings),
        ...foreign(named, surroundings),
      ]
    }),
  ])

/** Whether a statement hands the key to the identity policies of its own account. */
export const namesRoot = (statement: ParsedStatement, { partition, account }: Surroundings): boolean =>
  statement.principal?.negated === false &&
  statement.principal.names.some(
    ({ type, value }) => type === 'AWS' && (value === account || value === rootArn(partition, account)),
  )

/**
 * Statements of a policy in plain words, for people who do not read JSON (console 3.6 View).
 * Describes; judges nothing. A sentence never says less than the statement: what has no words is quoted.
 */
import { KMS_ACTIONS } from './actions.ts'
import { conditionPhrase } from './condition-phrases.ts'
import type { PolicyKind } from './policy-finding.ts'
import { matchesGlob, parseGlob } from './policy-glob.ts'
import { readPolicy } from './policy-grammar.ts'
import { type PrincipalName, principalForm } from './policy-principal.ts'
import type { ParsedStatement, Patterns } from './policy-statement.ts'

export type StatementRole = 'root' | 'administrators' | 'users' | 'service' | 'other'

export type DescribedStatement = {
  readonly sentence: string
  readonly role: StatementRole
  /** Null when the statement does not say. */
  readonly effect: 'Allow' | 'Deny' | null
  /** Short names: user/bob, account 111122223333, everyone. */
  readonly principals: readonly string[]
  /** Patterns without `kms:`. */
  readonly actions: readonly string[]
  /** Phrases such as "the source address is in 192.0.2.0/24". */
  readonly conditions: readonly string[]
}

/** Every statement of a policy text in words; none when the text is no policy. */
export function describePolicy(
  text: string,
  kind: PolicyKind = 'key',
  account?: string,
): DescribedStatement[] {
  return readPolicy(text, kind).statements.map((statement) => describeStatement(statement, account))
}

/**
 * A statement as readPolicy gives it. `account`: the key's; principals of others are then named with
 * theirs.
 */
export function describeStatement(statement: ParsedStatement, account?: string): DescribedStatement {
  const role = roleOf(statement)
  const principals = (statement.principal?.names ?? []).map((name) => principalWords(name, account))
  const actions = (statement.action?.values ?? []).map(shortAction)
  const conditions = statement.conditions.map(conditionPhrase)
  const { effect } = statement
  return {
    sentence: sentenceOf(statement, { role, principals, actions, conditions }),
    role,
    effect,
    principals,
    actions,
    conditions,
  }
}

const shortAction = (pattern: string) => pattern.replace(/^kms:/i, '')

/** A principal in few words: user/bob, account 111122223333, everyone. */
export function principalWords(name: PrincipalName, account: string | undefined): string {
  const form = principalForm(name)
  if (form?.form === 'everyone') return 'everyone'
  if (form?.form === 'account') return `account ${form.account}`
  if (form?.form === 'unique-id') return `${name.value} (deleted)`
  if (form?.form !== 'identity') return name.value
  const short = form.arn.slice(form.arn.lastIndexOf(':') + 1)
  return account === undefined || form.account === account ? short : `${short} of account ${form.account}`
}

type Words = Omit<DescribedStatement, 'sentence' | 'effect'>

function sentenceOf(statement: ParsedStatement, words: Words): string {
  const { effect, action, resource, principal } = statement
  if (!effect || !action) return 'This statement cannot be understood.'
  const listed = list(words.principals)
  const who = principal?.negated ? `everyone except ${listed}` : listed
  const subject = principal ? who : 'whoever has this policy'
  const may = effect === 'Allow' ? 'may' : 'may not'
  const where =
    resource && !isEverything(resource)
      ? `, on ${resource.negated ? 'anything but ' : ''}${list(resource.values)}`
      : ''
  const when =
    words.conditions.length === 0
      ? ''
      : `, ${effect === 'Allow' ? 'only ' : ''}when ${list(words.conditions)}`
  return `${capitalised(subject)} ${may} ${deed(statement, action, words)}${where}${when}.`
}

/** Names such as user/bob keep their first letter. */
const capitalised = (text: string) =>
  /^[a-z]+(?: |$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text

const isEverything = ({ negated, values }: Patterns) => !negated && values.includes('*')

function deed(statement: ParsedStatement, action: Patterns, { role, actions }: Words): string {
  const named = list(actions, 'nothing')
  if (action.negated) return `do everything except ${named}`
  const everything = action.values.some((pattern) => pattern === '*' || pattern.toLowerCase() === 'kms:*')
  if (role === 'root') return 'do what its identity policies allow'
  if (everything) return 'do everything with the key'
  if (role === 'administrators') return `manage the key: ${named}`
  if (role === 'users') return `use the key: ${named}`
  if (role === 'service' && isForServices(statement)) return `let AWS services use the key for them: ${named}`
  return `call ${named}`
}

const list = (texts: readonly string[], none = 'nobody'): string => {
  if (texts.length < 2) return texts[0] ?? none
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}

const hasKey = ({ conditions }: ParsedStatement, name: string) =>
  conditions.some(({ key }) => key.toLowerCase() === name)
const isForServices = (statement: ParsedStatement) => hasKey(statement, 'kms:grantisforawsresource')

/** The actions of KMS that the patterns cover. */
function covered({ negated, values }: Patterns): Set<string> {
  const globs = values.map((value) => parseGlob(value.toLowerCase()))
  const names = Object.keys(KMS_ACTIONS).filter(
    (name) => globs.some((glob) => matchesGlob(glob, name.toLowerCase())) !== negated,
  )
  return new Set(names)
}

/** Cryptography: what works across accounts and is no mere reading or granting. */
const USE = Object.entries(KMS_ACTIONS).flatMap(([name, row]) =>
  row.crossAccount && row.level === 'write' ? [name] : [],
)
/** What changes a key, its policy or its life. */
const MANAGE = Object.entries(KMS_ACTIONS).flatMap(([name, row]) =>
  row.resource === 'key' && !row.crossAccount && (row.level === 'write' || row.level === 'permissions')
    ? [name]
    : [],
)

function roleOf(statement: ParsedStatement): StatementRole {
  const { effect, principal, action } = statement
  if (effect !== 'Allow' || !action || principal?.negated) return 'other'
  if (isForServices(statement) || hasKey(statement, 'kms:viaservice') || namesService(statement))
    return 'service'
  const actions = covered(action)
  const uses = USE.some((name) => actions.has(name))
  const manages = MANAGE.some((name) => actions.has(name))
  if (uses && manages) return namesOneAccount(statement) ? 'root' : 'other'
  if (manages) return 'administrators'
  return uses ? 'users' : 'other'
}

const namesService = ({ principal }: ParsedStatement) =>
  principal?.names.some(({ type }) => type === 'Service') ?? false

/** The statement that hands the key to the identity policies of its account. */
function namesOneAccount({ principal }: ParsedStatement): boolean {
  const [only, more] = principal?.names ?? []
  return only !== undefined && more === undefined && principalForm(only)?.form === 'account'
}

/**
 * The people of a key policy, both ways: a policy from choices, choices back from a policy that someone edited, and
 * the smallest edit that brings changed choices into it. Statements are known by AWS's Sids; nothing else is touched.
 */
import { applyEdits, findNodeAtLocation, type JSONPath, modify, parse, parseTree } from 'jsonc-parser'
import { principalLabel } from '#lib/console/format.ts'
import { type ConsolePolicyChoices, consoleKeyPolicy, DENY_USE_SID } from '#lib/domain/default-policy.ts'
import { type PolicyDocument, readPolicy } from '#lib/domain/policy-grammar.ts'
import { principalForm } from '#lib/domain/policy-principal.ts'
import type { Draft } from './draft.ts'

export type People = Pick<
  Draft,
  'administrators' | 'users' | 'accounts' | 'allowDeletion' | 'grants' | 'strict'
>
/** Whose key it will be, and of what kind: its users' actions differ. */
export type Owner = Omit<ConsolePolicyChoices, keyof People>

const ADMINISTRATORS = 'Allow access for Key Administrators'
const USERS = 'Allow use of the key'
const GRANTS = 'Allow attachment of persistent resources'
const DELETION = ['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion']

export const generatedPolicy = (people: People, owner: Owner): string =>
  consoleKeyPolicy({ ...owner, ...people })

/** The policy that the key will get. */
export const policyOf = (draft: Draft, owner: Owner): string => draft.policy ?? generatedPolicy(draft, owner)

const statementOf = (document: PolicyDocument, sid: string) =>
  document.statements.find((one) => one.sid === sid)

function namesIn(document: PolicyDocument, sid: string): string[] {
  const principal = statementOf(document, sid)?.principal
  if (!principal || principal.negated) return []
  return principal.names.filter(({ type }) => type === 'AWS').map(({ value }) => value)
}

/** The account that a principal stands for as a whole, or undefined. */
function accountOf(value: string): string | undefined {
  const form = principalForm({ type: 'AWS', value })
  return form?.form === 'account' ? form.account : undefined
}

/** The choices that an edited policy still shows; undefined when it cannot be read at all. */
function readPeople(text: string, before: People): People | undefined {
  const document = readPolicy(text, 'key')
  if (!document.readable) return undefined
  const administrators = statementOf(document, ADMINISTRATORS)
  const users = statementOf(document, USERS)
  const using = namesIn(document, USERS)
  return {
    administrators: namesIn(document, ADMINISTRATORS),
    users: using.filter((name) => accountOf(name) === undefined),
    accounts: using.map(accountOf).filter((account) => account !== undefined),
    allowDeletion: administrators
      ? DELETION.every((action) => administrators.action?.values.includes(action))
      : before.allowDeletion,
    grants: users ? statementOf(document, GRANTS) !== undefined : before.grants,
    strict: administrators ? statementOf(document, DENY_USE_SID)?.effect === 'Deny' : before.strict,
  }
}

/** Who administers and uses the key by this draft; undefined when its edited policy cannot be read. */
export const peopleOf = (draft: Draft): People | undefined =>
  draft.policy === null ? draft : readPeople(draft.policy, draft)

type Statement = {
  readonly Sid?: string
  readonly Principal?: { readonly AWS?: unknown }
  readonly Action?: unknown
}

/** AWS's layout of a list: on one line. */
const print = (value: unknown): string =>
  Array.isArray(value) ? `[ ${value.map(print).join(', ')} ]` : JSON.stringify(value)

const remove = (text: string, path: JSONPath): string => applyEdits(text, modify(text, path, undefined, {}))

const insert = (text: string, path: JSONPath, value: unknown): string => {
  const formattingOptions = { insertSpaces: true, tabSize: 2 }
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion: true }))
}

/** Puts a value where one stands, and leaves every other character as it is. */
function replace(text: string, path: JSONPath, value: unknown): string {
  const root = parseTree(text)
  const node = root && findNodeAtLocation(root, path)
  if (!node) return applyEdits(text, modify(text, path, value, {}))
  return text.slice(0, node.offset) + print(value) + text.slice(node.offset + node.length)
}

// readPolicy has read the same text: it is JSON, and its statements are objects.
const statementsIn = (text: string): readonly Statement[] =>
  [parse(text)?.Statement ?? []].flat() as Statement[]

const actionsWith = (action: unknown, deletion: boolean): unknown[] => {
  const others = [action ?? []].flat().filter((name) => !DELETION.includes(String(name)))
  return deletion ? [...others, ...DELETION] : others
}

/** What becomes of the actions of a statement: some by rule, all of them anew, or nothing where it is undefined. */
type ActionChange = ((now: unknown, wanted: unknown) => unknown) | undefined

/** Brings one statement of the policy in line with what the choices would generate. */
function align(text: string, sid: string, wanted: Statement | undefined, actions?: ActionChange): string {
  const found = statementsIn(text)
  const at = found.findIndex((one) => one.Sid === sid)
  const now = found[at]
  if (!now) return wanted ? insert(text, ['Statement', found.length], wanted) : text
  if (!wanted) return remove(text, ['Statement', at])
  const named = replace(text, ['Statement', at, 'Principal', 'AWS'], wanted.Principal?.AWS)
  return actions ? replace(named, ['Statement', at, 'Action'], actions(now.Action, wanted.Action)) : named
}

/** Strict separation names other actions altogether; deletion adds two to whatever there is. */
function changeOfActions(before: People, after: People): ActionChange {
  if (before.strict !== after.strict) return (_, wanted) => wanted
  if (before.allowDeletion === after.allowDeletion) return undefined
  return (now) => actionsWith(now, after.allowDeletion)
}

function editPeople(text: string, before: People, after: People, owner: Owner): string {
  // One statement may stand without a list around it; there must be a list to add to.
  const listed = Array.isArray(parse(text)?.Statement)
    ? text
    : replace(text, ['Statement'], statementsIn(text))
  const wanted = statementsIn(generatedPolicy(after, owner))
  const find = (sid: string) => wanted.find((one) => one.Sid === sid)
  const managed = align(listed, ADMINISTRATORS, find(ADMINISTRATORS), changeOfActions(before, after))
  const used = align(managed, USERS, find(USERS))
  const granted = align(used, GRANTS, find(GRANTS))
  return align(granted, DENY_USE_SID, find(DENY_USE_SID))
}

/** The draft with other people. A policy edited by hand keeps everything but those statements. */
export function withPeople(draft: Draft, change: Partial<People>, owner: Owner): Draft {
  const before = peopleOf(draft)
  if (draft.policy === null || !before) return { ...draft, ...change }
  const after = { ...before, ...change }
  return { ...draft, ...after, policy: editPeople(draft.policy, before, after, owner) }
}

/** The draft with the policy of the editor; the generated text, typed back, is no edit. */
export const withPolicy = (draft: Draft, text: string, owner: Owner): Draft => ({
  ...draft,
  policy: text === generatedPolicy(draft, owner) ? null : text,
})

/** "alice would manage and use this key." where the list says alice. */
export const overlapText = (arn: string) =>
  `${principalLabel(arn).replace(/^.*\//, '')} would manage and use this key. (SOD-01)`

/** Identities that would both manage and use the key (SOD-01). */
export const overlap = (people: People): string[] =>
  people.users.filter((user) => people.administrators.includes(user))

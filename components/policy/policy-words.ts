/**
 * What can stand at a place of a policy: names with a few words about each, those that suit the key first. From the tables
 * of lib/domain and what the page knows of the account; it draws nothing.
 */
import { getLocation, type JSONPath } from 'jsonc-parser'
import { type KnownKeyKind, whyNever } from '#lib/domain/action-kinds.ts'
import { KMS_ACTIONS, type KmsActionName, STS_ACTIONS } from '#lib/domain/actions.ts'
import { rootArn } from '#lib/domain/arn.ts'
import { CONDITION_KEYS, type ConditionKey, findConditionKey } from '#lib/domain/condition-keys.ts'
import { CONDITION_OPERATORS } from '#lib/domain/condition-operators.ts'
import { KEY_SPEC_NAMES, KEY_USAGES, ORIGINS } from '#lib/domain/key-spec.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'

/** What an editor knows besides the text. */
export type PolicyKnowledge = {
  readonly kind: PolicyKind
  readonly partition: string
  readonly account: string
  readonly key: KnownKeyKind
  /** ARNs of the account's identities, where they may be listed. */
  readonly principals: readonly string[]
  readonly regions: readonly string[]
}

export type Word = {
  readonly label: string
  readonly detail?: string
  readonly info?: string
  /** Offered after the others. */
  readonly last?: boolean
}

const plain = (...labels: string[]): Word[] => labels.map((label) => ({ label }))

/** One action: what it needs, and why it may be in vain. */
function actionWord(label: string, { kind, key }: PolicyKnowledge): Word {
  const row = label in KMS_ACTIONS ? KMS_ACTIONS[label as KmsActionName] : undefined
  if (!row) return { label }
  const why = kind === 'key' ? whyNever(label as KmsActionName, key) : null
  const reach = row.crossAccount ? 'Also for other accounts.' : 'Only within the key’s own account.'
  return why === null
    ? { label, detail: row.level, info: reach }
    : { label, detail: 'never applies', info: `Never applies: ${why}.`, last: true }
}

const WILD = ['kms:*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:Describe*', 'kms:List*', 'kms:Get*']

function actionWords(known: PolicyKnowledge): Word[] {
  if (known.kind === 'trust') return Object.keys(STS_ACTIONS).map((label) => ({ label }))
  const wild = WILD.map((label) => ({ label, detail: 'pattern' }))
  return [...Object.keys(KMS_ACTIONS).map((label) => actionWord(label, known)), ...wild]
}

const operatorWords = (): Word[] =>
  Object.entries(CONDITION_OPERATORS).map(([label, { family }]) => ({ label, detail: family }))

const keyWord = ({ name, type, where, many }: ConditionKey): Word => ({
  label: name,
  detail: type,
  info: `In ${where}.${many ? ' Has several values: ForAllValues: or ForAnyValue: says which.' : ''}`,
})

const conditionKeyWords = ({ kind }: PolicyKnowledge): Word[] =>
  CONDITION_KEYS.filter(({ policies }) => kind !== 'key' || policies === 'both').map(keyWord)

const SERVICES = ['s3', 'dynamodb', 'ec2', 'rds', 'secretsmanager', 'sqs', 'lambda']
const ACCOUNT_KEYS = /account$/i
const REGION_KEYS = /region$/i

/** Values of a condition key that are known beforehand. */
function valueWords(name: string, { account, regions, principals }: PolicyKnowledge): Word[] {
  const lower = name.toLowerCase()
  if (lower === 'kms:viaservice')
    return SERVICES.flatMap((service) =>
      regions.map((region) => ({ label: `${service}.${region}.amazonaws.com` })),
    )
  if (lower === 'kms:keyspec') return plain(...KEY_SPEC_NAMES)
  if (lower === 'kms:keyusage') return plain(...KEY_USAGES)
  if (lower === 'kms:keyorigin') return plain(...ORIGINS)
  if (lower === 'aws:principalarn' || lower.endsWith('principal')) return plain(...principals)
  if (ACCOUNT_KEYS.test(lower)) return [{ label: account, detail: 'this account' }]
  if (REGION_KEYS.test(lower)) return plain(...regions)
  return findConditionKey(name)?.type === 'bool' ? plain('true', 'false') : []
}

const principalWords = ({ partition, account, principals }: PolicyKnowledge): Word[] => [
  ...principals.map((label) => ({ label, detail: label.includes(':role/') ? 'role' : 'user' })),
  { label: rootArn(partition, account), detail: 'account' },
  { label: '*', detail: 'everyone', last: true },
]

const ELEMENTS: Record<PolicyKind, readonly string[]> = {
  key: [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ],
  identity: ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
  trust: ['Sid', 'Effect', 'Principal', 'Action', 'Condition'],
}

/** The names of a path without the numbers of lists. */
const namesIn = (path: JSONPath) => path.filter((step) => typeof step === 'string')

function membersAt(names: readonly string[], known: PolicyKnowledge): Word[] {
  const [, element, operator] = names
  if (names.length === 1) return plain('Version', 'Id', 'Statement')
  if (names.length === 2) return plain(...ELEMENTS[known.kind])
  if (element === 'Principal' || element === 'NotPrincipal') return plain('AWS', 'Service', 'Federated')
  if (element !== 'Condition') return []
  return names.length === 3 || operator === undefined ? operatorWords() : conditionKeyWords(known)
}

function valuesAt(names: readonly string[], known: PolicyKnowledge): Word[] {
  const [top, element, third, fourth] = names
  if (top === 'Version') return plain('2012-10-17', '2008-10-17')
  if (element === 'Effect') return plain('Allow', 'Deny')
  if (element === 'Action' || element === 'NotAction') return actionWords(known)
  if (element === 'Resource') return plain('*')
  if (element === 'Principal' || element === 'NotPrincipal')
    return third === 'Service' ? [] : principalWords(known)
  return element === 'Condition' && fourth !== undefined ? valueWords(fourth, known) : []
}

export type WordsAt = {
  /** What is replaced: inside the quotes that are there, or nothing. */
  readonly from: number
  readonly to: number
  readonly quoted: boolean
  readonly words: readonly Word[]
}

/** What may be written at an offset, or undefined where nothing is known. */
export function wordsAt(text: string, offset: number, known: PolicyKnowledge): WordsAt | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset)
  const names = namesIn(path)
  const words = isAtPropertyKey ? membersAt(names, known) : valuesAt(names, known)
  if (words.length === 0) return undefined
  const inside =
    previousNode &&
    text.charAt(previousNode.offset) === '"' &&
    offset > previousNode.offset &&
    offset <= previousNode.offset + previousNode.length
  if (!inside) return { from: offset, to: offset, quoted: false, words }
  const end = previousNode.offset + previousNode.length
  const closed = previousNode.length > 1 && text.charAt(end - 1) === '"'
  if (closed && offset === end) return undefined
  return { from: previousNode.offset + 1, to: closed ? end - 1 : end, quoted: true, words }
}

/** What the word under an offset means, for a hover; undefined where nothing is known of it. */
export function meaningAt(text: string, offset: number, known: PolicyKnowledge) {
  const at = wordsAt(text, offset, known)
  if (!at?.quoted) return undefined
  const written = text.slice(at.from, at.to)
  const row = findConditionKey(written)
  const word =
    at.words.find(({ label }) => label.toLowerCase() === written.toLowerCase()) ?? (row && keyWord(row))
  if (!word?.detail && !word?.info) return undefined
  return { from: at.from, to: at.to, word }
}

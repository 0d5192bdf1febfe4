/**
 * Conditions of a policy as phrases: "the source address is in 192.0.2.0/24". Words only; conditions are
 * judged elsewhere.
 */
import type { Operator, OperatorRow } from './condition-operators.ts'
import type { ParsedCondition } from './policy-condition.ts'

/** Keys that people meet often; others are quoted as they are. */
const KEY_WORDS: Readonly<Record<string, string>> = {
  'aws:currenttime': 'the time',
  'aws:principalarn': 'the caller',
  'aws:sourceip': 'the source address',
  'kms:calleraccount': "the caller's account",
  'kms:requestalias': 'the alias used',
  'kms:schedulekeydeletionpendingwindowindays': 'the waiting period in days',
  'kms:viaservice': 'the calling service',
}

/** Boolean keys whose words are a whole claim. */
const CLAIMS: Readonly<Record<string, string>> = {
  'aws:multifactorauthpresent': 'a second factor was used',
  'aws:securetransport': 'the connection is encrypted',
  'kms:grantisforawsresource': 'an AWS service asks for them',
}

const own = (words: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(words, key.toLowerCase()) ? words[key.toLowerCase()] : undefined

const CONTEXT = 'kms:encryptioncontext:'

function subject(key: string): string {
  if (key.toLowerCase().startsWith(CONTEXT)) return `encryption context "${key.slice(CONTEXT.length)}"`
  return own(KEY_WORDS, key) ?? key
}

const COMPARISONS: Record<OperatorRow['test'], string> = {
  equals: 'is',
  equalsIgnoreCase: 'is, in any case,',
  like: 'is like',
  less: 'is less than',
  lessOrEqual: 'is at most',
  greater: 'is more than',
  greaterOrEqual: 'is at least',
  absent: 'is',
}

const DATES: Partial<Record<OperatorRow['test'], string>> = {
  less: 'is before',
  lessOrEqual: 'is not after',
  greater: 'is after',
  greaterOrEqual: 'is not before',
}

function comparison({ family, test, negated }: Operator): string {
  const words =
    family === 'ip' ? 'is in' : ((family === 'date' ? DATES[test] : undefined) ?? COMPARISONS[test])
  return negated ? words.replace(/^is/, 'is not') : words
}

const alternatives = (values: readonly string[]): string => {
  if (values.length < 2) return values[0] ?? 'nothing'
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

const SETS = { all: 'every value of ', any: 'some value of ' } as const

/** Presence, and boolean keys that read as claims. */
function claim({ operator, key, values }: ParsedCondition): string | undefined {
  const [only, more] = values
  if (only === undefined || more !== undefined) return undefined
  const truth = only.toLowerCase() === 'true'
  if (operator.family === 'null') return `${subject(key)} is ${truth ? 'absent' : 'present'}`
  const words = operator.family === 'bool' && operator.set === null ? own(CLAIMS, key) : undefined
  return words && (truth ? words : `it is not so that ${words}`)
}

/** One condition in words. Several values are alternatives. */
export function conditionPhrase(condition: ParsedCondition): string {
  const { operator, key, values } = condition
  const words = operator.set === null ? subject(key) : `${SETS[operator.set]}${subject(key)}`
  const phrase = claim(condition) ?? `${words} ${comparison(operator)} ${alternatives(values)}`
  return operator.ifExists ? `${phrase} (or ${subject(key)} is absent)` : phrase
}

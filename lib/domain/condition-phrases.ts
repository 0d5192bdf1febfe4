/** Conditions of a policy as phrases: "the source address is in 192.0.2.0/24". Words only; conditions are judged elsewhere. */
import type { Operator, OperatorFamily, OperatorRow } from './condition-operators.ts'
import type { ParsedCondition } from './policy-statement.ts'

/** Keys that people meet often; others are quoted as they are. */
const KEY_WORDS: Readonly<Record<string, string>> = {
  'aws:currenttime': 'the time',
  'aws:multifactorauthpresent': 'a second factor was used',
  'aws:principalarn': 'the caller',
  'aws:securetransport': 'the connection is encrypted',
  'aws:sourceip': 'the source address',
  'kms:calleraccount': "the caller's account",
  'kms:grantisforawsresource': 'an AWS service asks for them',
  'kms:requestalias': 'the alias used',
  'kms:schedulekeydeletionpendingwindowindays': 'the waiting period in days',
  'kms:viaservice': 'the calling service',
}

const CONTEXT = 'kms:encryptioncontext:'

function subject(key: string): string {
  const lower = key.toLowerCase()
  if (lower.startsWith(CONTEXT)) return `encryption context "${key.slice(CONTEXT.length)}"`
  return (Object.hasOwn(KEY_WORDS, lower) ? KEY_WORDS[lower] : undefined) ?? key
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
  less: 'is before', lessOrEqual: 'is not after', greater: 'is after', greaterOrEqual: 'is not before',
}

function comparison({ family, test, negated }: Operator): string {
  const words = family === 'ip' ? 'is in' : ((family === 'date' ? DATES[test] : undefined) ?? COMPARISONS[test])
  return negated ? words.replace(/^is/, 'is not') : words
}

const alternatives = (values: readonly string[]): string => {
  if (values.length < 2) return values[0] ?? 'nothing'
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

const SETS = { all: 'every value of ', any: 'some value of ' } as const

/** Keys whose words are a whole claim: "the connection is encrypted". */
const isClaim = (words: string) => /^(?:a|an|the connection) .* (?:was|is|asks) ?/.test(words)

function boolean(words: string, family: OperatorFamily, values: readonly string[]): string | undefined {
  const [only, more] = values
  if (more !== undefined || (family !== 'bool' && family !== 'null')) return undefined
  const truth = only?.toLowerCase() === 'true'
  if (family === 'null') return `${words} is ${truth ? 'absent' : 'present'}`
  if (!isClaim(words)) return undefined
  return truth ? words : `it is not so that ${words}`
}

/** One condition in words. Several values are alternatives. */
export function conditionPhrase({ operator, key, values }: ParsedCondition): string {
  const words = subject(key)
  const named = operator.set === null ? words : `${SETS[operator.set]}${words}`
  const phrase = boolean(named, operator.family, values) ?? `${named} ${comparison(operator)} ${alternatives(values)}`
  return operator.ifExists ? `${phrase} (or ${words} is absent)` : phrase
}

/** Inputs that break one constraint of the model each, with what AWS says then (facts §1.4). */
import { type Facts, inputFacts, KMS_MODEL, shownPath } from './kms-constraints.ts'

export type ConstraintCase = {
  readonly member: string
  /** What is wrong, in two or three words. */
  readonly rule: string
  readonly input: Record<string, unknown>
  /** What stands before and in "failed to satisfy constraint", for each rule that is broken; null: not even the type. */
  readonly broken: readonly { readonly subject: string; readonly text: string }[] | null
}

/** A valid value of a pattern whose values are not simply letters. */
const SAMPLES: Readonly<Record<string, string>> = {
  '^[A-Z2-7]+$': 'A'.repeat(20),
  '[0-9]{12}': '1'.repeat(12),
  'cluster-[2-7a-zA-Z]{11,16}': `cluster-${'a'.repeat(11)}`,
  '^https://[a-zA-Z0-9.-]+$': 'https://xks.example',
  '^([a-z]+-){2,3}\\d+$': 'eu-west-1',
  '^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$': '/kms/xks/v1',
  '^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$':
    'com.amazonaws.vpce.eu-west-1.vpce-svc-0',
}

const base64 = (bytes: number) => Buffer.alloc(bytes).toString('base64')
const valuesOf = ({ enum: name = '' }: Facts) => KMS_MODEL.enums[name] ?? []
/** No pattern and no enumeration of the model has it. */
const ODD = '☃'

type Members = ReadonlyMap<string, Facts>

/** The members directly below a structure, by their own names. */
function below(members: Members, path: string): [string, string, Facts][] {
  const prefix = path === '' ? '' : `${path}.`
  return [...members]
    .filter(([at]) => at.startsWith(prefix) && !/[.[]/.test(at.slice(prefix.length)))
    .map(([at, facts]) => [at.slice(prefix.length), at, facts])
}

function sampleStructure(members: Members, path: string): Record<string, unknown> {
  const required = below(members, path).filter(([, , facts]) => facts.required)
  return Object.fromEntries(required.map(([name, at]) => [name, sample(members, at)]))
}

/** A value that satisfies every constraint, of the least length. */
function sample(members: Members, path: string): unknown {
  const facts = members.get(path)
  if (!facts) throw new Error(`the model has no ${path}`)
  switch (facts.type) {
    case 'string':
      return facts.enum
        ? valuesOf(facts)[0]
        : (SAMPLES[facts.pattern ?? ''] ?? 'a'.repeat(Math.max(facts.min ?? 0, 1)))
    case 'blob':
      return base64(Math.max(facts.min ?? 0, 1))
    case 'integer':
      return facts.min ?? 1
    case 'boolean':
      return false
    case 'timestamp':
      return 4_000_000_000
    case 'list':
      return [sample(members, `${path}[]`)]
    case 'map':
      return { a: 'b' }
    case 'structure':
      return sampleStructure(members, path)
  }
}

/** A valid input but for one member, which is `value`; undefined leaves it out. */
function inputWith(members: Members, path: string, value: unknown): Record<string, unknown> {
  const steps = path.split('.')
  const root = sampleStructure(members, '')
  let at = root
  for (const [index, step] of steps.entries()) {
    const name = step.replace('[]', '')
    const here = steps.slice(0, index).concat(name).join('.')
    const isLast = index === steps.length - 1
    if (isLast) at[name] = step.endsWith('[]') ? [value] : value
    else {
      const inner = sampleStructure(members, step.endsWith('[]') ? `${here}[]` : here)
      at[name] = step.endsWith('[]') ? [inner] : inner
      at = inner
    }
  }
  return root
}

const lengthOf = (facts: Facts, value: unknown): number =>
  facts.type === 'blob'
    ? Buffer.from(String(value), 'base64').length
    : Array.isArray(value)
      ? value.length
      : String(value).length

/** Every text that a value earns, in AWS's order. */
function texts(facts: Facts, value: unknown): string[] {
  if (value === undefined) return ['Member must not be null']
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, pattern, type } = facts
  const noun = type === 'integer' ? 'value' : 'length'
  const measured = type === 'integer' ? Number(value) : lengthOf(facts, value)
  const found: string[] = []
  if (measured < min) found.push(`Member must have ${noun} greater than or equal to ${min}`)
  if (measured > max) found.push(`Member must have ${noun} less than or equal to ${max}`)
  if (pattern && !new RegExp(`^(?:${pattern})$`).test(String(value)))
    found.push(`Member must satisfy regular expression pattern: ${pattern}`)
  if (facts.enum && !valuesOf(facts).includes(String(value)))
    found.push(`Member must satisfy enum value set: [${valuesOf(facts).join(', ')}]`)
  return found
}

/** AWS names every rule of an element when one is broken. */
function elementRules(facts: Facts): string {
  const rules: string[] = []
  if (facts.max !== undefined) rules.push(`Member must have length less than or equal to ${facts.max}`)
  if (facts.min !== undefined) rules.push(`Member must have length greater than or equal to ${facts.min}`)
  if (facts.pattern) rules.push(`Member must satisfy regular expression pattern: ${facts.pattern}`)
  if (facts.enum) rules.push(`Member must satisfy enum value set: [${valuesOf(facts).join(', ')}]`)
  return `Member must satisfy constraint: [${rules.join(', ')}]`
}

function subjectOf(path: string, facts: Facts, value: unknown): string {
  const where = `at '${shownPath(path)}'`
  if (value === undefined) return `Value null ${where}`
  if (facts.type === 'blob' || facts.sensitive) return `Value ${where}`
  const shown = Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
  return `Value '${shown}' ${where}`
}

function broken(path: string, facts: Facts, value: unknown): ConstraintCase['broken'] {
  if (!path.endsWith('[]'))
    return texts(facts, value).map((text) => ({ subject: subjectOf(path, facts, value), text }))
  return [{ subject: subjectOf(path.slice(0, -2), facts, [value]), text: elementRules(facts) }]
}

/** Values that break one rule, with its name. */
function spoiled(members: Members, path: string, facts: Facts): [string, unknown][] {
  const { type, min, max, pattern, required } = facts
  const found: [string, unknown][] = []
  const valid = sample(members, path)
  if (required) found.push(['missing', undefined])
  if (type === 'integer') {
    if (min !== undefined) found.push(['below minimum', min - 1])
    if (max !== undefined) found.push(['above maximum', max + 1])
  } else if (type === 'blob') {
    if (min !== undefined && min > 0) found.push(['below minimum', base64(min - 1)])
    if (max !== undefined) found.push(['above maximum', base64(max + 1)])
  } else if (type === 'list') {
    if (max !== undefined)
      found.push(['above maximum', Array.from({ length: max + 1 }, () => sample(members, `${path}[]`))])
  } else if (type === 'string') {
    if (min !== undefined && min > 0) found.push(['below minimum', String(valid).slice(0, min - 1)])
    if (max !== undefined)
      found.push(['above maximum', String(valid).padEnd(max + 1, String(valid).slice(-1))])
    if (pattern) found.push(['bad pattern', ODD.repeat(Math.max(min ?? 0, 1))])
    if (facts.enum) found.push(['bad enum', ODD])
  }
  return found
}

/** What is no value of a type at all. */
const WRONG: Readonly<Record<Facts['type'], readonly unknown[]>> = {
  string: [1, {}],
  integer: ['1', 1.5],
  boolean: ['true', 1],
  timestamp: ['tomorrow', {}],
  blob: [1, 'AAA', 'not base64'],
  list: ['a', {}],
  map: ['a', ['a'], { a: 1 }],
  structure: ['a', ['a']],
}

/** Every way to break every constraint of an operation's input. */
export function constraintCases(operation: string): ConstraintCase[] {
  const members = inputFacts(operation)
  return [...members].flatMap(([member, facts]) => [
    ...spoiled(members, member, facts).map(([rule, value]) => ({
      member,
      rule,
      input: inputWith(members, member, value),
      broken: broken(member, facts, value),
    })),
    ...WRONG[facts.type].map((value) => ({
      member,
      rule: `wrong type: ${JSON.stringify(value)}`,
      input: inputWith(members, member, value),
      broken: null,
    })),
  ])
}

/** Values that a member must take: each of its enumeration, the longest and the shortest. */
function admitted(members: Members, path: string, facts: Facts): unknown[] {
  const valid = sample(members, path)
  const { max, pattern } = facts
  if (facts.enum) return [...valuesOf(facts)]
  if (facts.type === 'integer' && max !== undefined) return [valid, max]
  if (facts.type === 'blob' && max !== undefined) return [valid, base64(max)]
  if (facts.type !== 'string' || max === undefined || SAMPLES[pattern ?? '']) return [valid]
  return [valid, 'a'.repeat(max), ...(facts.min === 0 && !pattern ? [''] : [])]
}

/** Inputs that break nothing, for every member. */
export function admittedInputs(operation: string): { member: string; input: Record<string, unknown> }[] {
  const members = inputFacts(operation)
  return [...members].flatMap(([member, facts]) =>
    admitted(members, member, facts).map((value) => ({ member, input: inputWith(members, member, value) })),
  )
}

/** The members without which nothing goes. */
export const requiredMembers = (operation: string): string[] =>
  [...inputFacts(operation)]
    .filter(([path, { required }]) => required && !/[.[]/.test(path))
    .map(([path]) => path)

/** A valid input with the required members only. */
export const leastInput = (operation: string): Record<string, unknown> =>
  sampleStructure(inputFacts(operation), '')

/** Whether a refusal's text says what a case expects; the values of an enumeration in any order, as AWS's grow. */
export function says(message: string, { broken }: ConstraintCase): boolean {
  if (broken === null) return false
  const count = broken.length
  const head = `${count} validation ${count === 1 ? 'error' : 'errors'} detected: `
  const sorted = (text: string) =>
    text.replace(
      /(enum value set: )\[([^\]]*)\]/g,
      (_, before, names: string) => `${before}[${names.split(', ').sort().join(', ')}]`,
    )
  const expected = broken.map(({ subject, text }) => `${subject} failed to satisfy constraint: ${text}`)
  if (!message.startsWith(head)) return false
  let rest = sorted(message.slice(head.length))
  for (const part of expected.map(sorted)) {
    if (!rest.includes(part)) return false
    rest = rest.replace(part, () => '')
  }
  return rest.replaceAll('; ', '') === ''
}

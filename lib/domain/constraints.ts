/**
 * The members of operation inputs, and AWS's words when one breaks its constraint (facts §1.4).
 *
 *   2 validation errors detected: Value '' at 'keyId' failed to satisfy constraint: Member must …; Value null at …
 *
 * Schemas are zod so that the wire, the console's forms and the types share one truth. A wrong JSON type is
 * a SerializationException; everything else that is wrong here is counted into one ValidationException.
 */
import { z } from 'zod'
import { KmsError } from './refusal.ts'

const NOT_NULL = 'Member must not be null'
/** Marks issues that mean "not even the right JSON type". */
const SERIALIZATION = 'serialization'
/** Marks issues that are a whole sentence, as IAM words what a member's characters may be; `{}` is the member's name. */
const SENTENCE = 'sentence:'

const typed = (expected: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? NOT_NULL : `${SERIALIZATION}:${expected}`

/**
 * `pattern` as AWS's model writes it, which is also how a refusal shows it; a value must match as a whole. `said` is what
 * a service says instead of the pattern.
 */
type TextRule = { min?: number; max?: number; pattern?: string; said?: string; sensitive?: true }

/** What AWS says of an element that breaks a rule: every rule of it, on one line. */
const ELEMENT_RULES = new WeakMap<z.ZodType, string>()
const ruled = <T extends z.ZodType>(schema: T, rules: readonly (string | undefined)[]): T => {
  ELEMENT_RULES.set(schema, rules.filter((rule) => rule !== undefined).join(', '))
  return schema
}

/** Classes such as \p{L} are of Unicode only. */
const unicodeOf = (pattern: string) => (pattern.includes(String.raw`\p{`) ? 'u' : '')

/** A string member. Lengths count UTF-16 units, as AWS's model does. */
export function text(rule: TextRule = {}) {
  const { min, max, pattern } = rule
  let schema = z.string({ error: typed('a string') })
  const atLeast = min === undefined ? undefined : `Member must have length greater than or equal to ${min}`
  const atMost = max === undefined ? undefined : `Member must have length less than or equal to ${max}`
  const formed =
    pattern &&
    (rule.said ? `${SENTENCE}${rule.said}` : `Member must satisfy regular expression pattern: ${pattern}`)
  if (min !== undefined) schema = schema.min(min, atLeast)
  if (max !== undefined) schema = schema.max(max, atMost)
  if (pattern) schema = schema.regex(new RegExp(`^(?:${pattern})$`, unicodeOf(pattern)), formed)
  return ruled(rule.sensitive ? schema.meta({ sensitive: true }) : schema, [atMost, atLeast, formed])
}

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  const inSet = `Member must satisfy enum value set: [${names.join(', ')}]`
  const schema = z.enum(names, {
    error: (issue) => {
      if (issue.input === undefined) return NOT_NULL
      return typeof issue.input === 'string' ? inSet : `${SERIALIZATION}:a string`
    },
  })
  return ruled(schema, [inSet])
}

export function integer(min: number, max: number) {
  return z
    .number({ error: typed('a number') })
    .refine(Number.isInteger, `${SERIALIZATION}:an integer`)
    .min(min, `Member must have value greater than or equal to ${min}`)
    .max(max, `Member must have value less than or equal to ${max}`)
}

export const flag = () => z.boolean({ error: typed('a boolean') })

/** Seconds since the epoch, with or without a fraction (facts §1.1), as a Date. */
export const timestamp = () =>
  z
    .number({ error: typed('a timestamp') })
    .refine((seconds) => Math.abs(seconds) < 8.64e12, `${SERIALIZATION}:a timestamp`)
    .transform((seconds) => new Date(seconds * 1000))

const CANONICAL_BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** Bytes of canonical base64, or undefined: padding is required and unused bits are zero (R44). */
export function fromBase64(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  if (!CANONICAL_BASE64.test(encoded)) return undefined
  const binary = atob(encoded)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** A blob member: base64 outside, bytes inside, limits on the bytes. Its value is never repeated in an error. */
export function blob(min: number, max: number) {
  return z
    .string({ error: typed('a blob') })
    .transform((encoded, context) => {
      const bytes = fromBase64(encoded)
      if (!bytes) context.addIssue({ code: 'custom', message: `${SERIALIZATION}:base64`, input: encoded })
      return bytes ?? new Uint8Array()
    })
    .refine((bytes) => bytes.length >= min, `Member must have length greater than or equal to ${min}`)
    .refine((bytes) => bytes.length <= max, `Member must have length less than or equal to ${max}`)
}

export const list = <T extends z.ZodType>(element: T, rule: { min?: number; max?: number } = {}) => {
  let schema = z.array(element, { error: typed('a list') })
  if (rule.min !== undefined)
    schema = schema.min(rule.min, `Member must have length greater than or equal to ${rule.min}`)
  if (rule.max !== undefined)
    schema = schema.max(rule.max, `Member must have length less than or equal to ${rule.max}`)
  return schema
}

export const structure = <T extends z.ZodRawShape>(members: T) =>
  z.object(members, { error: typed('a structure') })

export const stringMap = () => z.record(z.string(), text(), { error: typed('a map') })

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

/** ['Tags', 0, 'TagValue'] → tags.1.member.tagValue */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `${step + 1}.member` : lowerFirst(String(step))))
    .join('.')
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, step)
  }
  return value
}

/** Members whose value an error must not repeat. */
const SENSITIVE = new Set([
  'Plaintext',
  'CiphertextBlob',
  'SharedSecretCiphertextBlob',
  'EncryptedKeyMaterial',
  'PublicKey',
  'AttestationDocument',
  'Policy',
  'Message',
  'Mac',
  'Signature',
  'ImportToken',
  'KeyStorePassword',
  'TokenCode',
  'WebIdentityToken',
  'Password',
  'OldPassword',
  'NewPassword',
  'PolicyDocument',
  'AssumeRolePolicyDocument',
  'XksProxyAuthenticationCredential',
])

function subject(input: unknown, path: readonly PropertyKey[]): string {
  const where = `at '${pathOf(path)}'`
  if (path.some((step) => SENSITIVE.has(String(step)))) {
    return at(input, path) === undefined ? `Value null ${where}` : `Value ${where}`
  }
  const value = at(input, path)
  if (value === undefined || value === null) return `Value null ${where}`
  if (Array.isArray(value) && value.every((element) => typeof element !== 'object'))
    return `Value '[${value.join(', ')}]' ${where}`
  return `Value '${typeof value === 'object' ? JSON.stringify(value) : String(value)}' ${where}`
}

type Broken = { readonly path: readonly PropertyKey[]; readonly message: string }

/** The rules of the elements of a list, if they are plain values. */
function elementRules(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  let at: unknown = schema
  for (const step of path) {
    // Lists of the query protocol are first made of its text.
    while (at instanceof z.ZodOptional || at instanceof z.ZodPipe)
      at = at instanceof z.ZodPipe ? at.out : at.unwrap()
    if (at instanceof z.ZodArray) at = at.element
    else if (at instanceof z.ZodObject) at = at.shape[String(step)]
    else return undefined
  }
  return at instanceof z.ZodType ? ELEMENT_RULES.get(at) : undefined
}

/** AWS says of a list of plain values that one of them is wrong, and what they must be; not which one it is. */
function asAwsCounts(issues: readonly Broken[], schema: z.ZodType): Broken[] {
  const found = new Map<string, Broken>()
  for (const issue of issues) {
    const { path, message } = issue
    const rules = typeof path.at(-1) === 'number' ? elementRules(schema, path) : undefined
    const broken = rules
      ? { path: path.slice(0, -1), message: `Member must satisfy constraint: [${rules}]` }
      : { path, message }
    found.set(`${broken.path.join('.')} ${broken.message}`, broken)
  }
  return [...found.values()]
}

/** The refusal for an input that does not fit its schema. */
export function constraintRefusal(error: z.ZodError, input: unknown, schema: z.ZodType): KmsError {
  const wrongType = error.issues.find((issue) => issue.message.startsWith(`${SERIALIZATION}:`))
  if (wrongType) {
    const expected = wrongType.message.slice(SERIALIZATION.length + 1)
    return new KmsError('SerializationException', `Member '${pathOf(wrongType.path)}' must be ${expected}`)
  }
  const counted = asAwsCounts(error.issues, schema)
  const issues = counted.filter(({ message }) => !message.startsWith(SENTENCE))
  const [sentence] = counted
  if (sentence && issues.length === 0) {
    const text = sentence.message.slice(SENTENCE.length).replace('{}', pathOf(sentence.path))
    return new KmsError('ValidationException', text)
  }
  const count = issues.length
  const found = issues.map(
    (issue) => `${subject(input, issue.path)} failed to satisfy constraint: ${issue.message}`,
  )
  const plural = count === 1 ? 'error' : 'errors'
  return new KmsError('ValidationException', `${count} validation ${plural} detected: ${found.join('; ')}`)
}

/** Test support: inputs that break one constraint of a schema each, found by reading the schema. */
import { z } from 'zod'

type Case = {
  /** As a refusal names the member: tags.1.member.key */
  readonly path: string
  readonly rule: string
  readonly input: Record<string, unknown>
}

/** A value that is wrong, and why. */
type Wrong = readonly [string, unknown]

/** No pattern and no enumeration has it. */
const ODD = '\u2603\u0007'

/** What is inside optional members, empty lists written as text, and numbers read from text. */
function inner(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return inner(schema.unwrap())
  if (schema instanceof z.ZodPipe) {
    const { in: from, out } = schema.def
    // A conversion leads to the schema of its result, or is itself the last step.
    return out instanceof z.ZodTransform ? inner(from) : inner(out)
  }
  return schema
}

const letters = (length: number) => 'a'.repeat(length)

/** Values among which every text member of IAM and STS has one that it takes. */
const SAMPLES = ['a', '/', 'v1', letters(2), letters(9), letters(20), letters(40), '000000', '1'.repeat(12)]

/** A value that the member takes. @throws where none is known */
function sampleOf(schema: z.ZodType): unknown {
  const known = inner(schema)
  if (known instanceof z.ZodObject) return sampleObject(known)
  if (known instanceof z.ZodArray) return [sampleOf(typed(known.element))]
  const candidates = known instanceof z.ZodEnum ? known.options : [...SAMPLES, '900', '3600', 'true', 900]
  const found = candidates.find((value) => schema.safeParse(value).success)
  if (found === undefined) throw new Error('no sample is known of a member')
  return found
}

/** Zod's own types say less of what is inside than there is. */
const typed = (schema: unknown) => schema as z.ZodType

/** The members without which nothing goes. */
function sampleObject(schema: z.ZodObject): Record<string, unknown> {
  const members = Object.entries(schema.shape).filter(
    ([, member]) => !typed(member).safeParse(undefined).success,
  )
  return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(typed(member))]))
}

function wrongTexts(schema: z.ZodString): Wrong[] {
  const found: Wrong[] = []
  const { minLength: min, maxLength: max } = schema
  if (min !== null && min > 0) found.push(['below minimum', letters(min - 1)])
  if (max !== null) found.push(['above maximum', letters(max + 1)])
  if (!schema.safeParse(ODD.repeat(Math.max(1, Math.ceil((min ?? 0) / 2)))).success)
    found.push(['odd characters', ODD.repeat(Math.max(1, Math.ceil((min ?? 0) / 2)))])
  return found
}

function wrongNumbers({ minValue: min, maxValue: max }: z.ZodNumber): Wrong[] {
  const found: Wrong[] = []
  // As the query protocol has them, and as JSON has.
  if (min !== null && min > -1e9) found.push(['below minimum', String(min - 1)], ['below minimum', min - 1])
  if (max !== null && max < 1e9) found.push(['above maximum', String(max + 1)], ['above maximum', max + 1])
  return found
}

type Place = { readonly path: string; readonly put: (value: unknown) => Record<string, unknown> }

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

/** Every way to break a member. */
function casesOf(schema: z.ZodType, { path, put }: Place): Case[] {
  const known = inner(schema)
  const because = (wrong: readonly Wrong[]) =>
    wrong.map(([rule, value]) => ({ path, rule, input: put(value) }))
  if (known instanceof z.ZodString) return because(wrongTexts(known))
  if (known instanceof z.ZodNumber) return because(wrongNumbers(known))
  if (known instanceof z.ZodEnum) return because([['not of the enumeration', ODD]])
  if (known instanceof z.ZodArray) return casesOfList(known, { path, put })
  if (known instanceof z.ZodObject) return casesOfObject(known, { path: `${path}.`, put })
  return []
}

function casesOfList(list: z.ZodArray, { path, put }: Place): Case[] {
  const element = typed(list.element)
  const plain = !(inner(element) instanceof z.ZodObject)
  // Of a plain element AWS names the list.
  const inside = casesOf(element, { path: plain ? path : `${path}.1.member`, put: (value) => put([value]) })
  const sample = sampleOf(element)
  for (let length = 1; length <= 201; length++) {
    const value = Array.from({ length }, () => sample)
    if (!list.safeParse(value).success) return [...inside, { path, rule: 'above maximum', input: put(value) }]
  }
  return inside
}

function casesOfObject(schema: z.ZodObject, { path, put }: Place): Case[] {
  const least = sampleObject(schema)
  return Object.entries(schema.shape).flatMap(([name, member]) => {
    const place = {
      path: `${path}${lowerFirst(name)}`,
      put: (value: unknown) => put({ ...least, [name]: value }),
    }
    const cases = casesOf(typed(member), place)
    if (!(name in least)) return cases
    const { [name]: _, ...without } = least
    return [{ path: place.path, rule: 'missing', input: put(without) }, ...cases]
  })
}

/** Every way to break every constraint of an operation's input, alone. */
export function brokenInputs(schema: z.ZodType): Case[] {
  if (!(schema instanceof z.ZodObject)) throw new Error('an input is a structure')
  // What is put at the top is the input itself.
  return casesOfObject(schema, { path: '', put: (value) => value as Record<string, unknown> })
}

/** Whether a refusal is worded as AWS words a broken constraint of the member. */
export function answersIn(message: string, path: string): boolean {
  const counted = /^\d validation errors? detected: /.test(message)
  if (counted) return message.includes(` at '${path}' failed to satisfy constraint: Member must `)
  return message.startsWith(`The specified value for ${path} is invalid. It must `)
}

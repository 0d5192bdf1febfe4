/**
 * What the newest AWS SDK knows of KMS: operations, the members that go in and come out, the errors they name.
 * Read from @aws-sdk/client-kms as installed, so that a newer one is noticed by the tests that ask here.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as sdk from '@aws-sdk/client-kms'

export type ShapeType = 'string' | 'integer' | 'boolean' | 'timestamp' | 'blob' | 'list' | 'map' | 'structure'
/** `path` as in Tags[].TagKey; `shape` is the structure that has it, which may be that of many operations. */
export type SdkMember = {
  readonly path: string
  readonly shape: string
  readonly type: ShapeType
  readonly required: boolean
}
export type SdkOperation = {
  readonly input: readonly SdkMember[]
  readonly output: readonly SdkMember[]
  readonly errors: readonly string[]
}

// The SDK's schemas are arrays whose first element says what they are; simple shapes are numbers.
const SIMPLE: Readonly<Record<number, ShapeType>> = {
  0: 'string',
  1: 'integer',
  2: 'boolean',
  4: 'timestamp',
  21: 'blob',
}
const LIST_OF = 64
const MAP_OF = 128
const [NAMED_SIMPLE, NAMED_LIST, NAMED_MAP, STRUCTURE, OPERATION] = [0, 1, 2, 3, 9]

type Schema = number | readonly unknown[] | (() => Schema)

const resolved = (schema: Schema): number | readonly unknown[] =>
  typeof schema === 'function' ? resolved(schema()) : schema

type Place = Pick<SdkMember, 'path' | 'shape' | 'required'>

/** The member itself and everything below it. */
function flatten(place: Place, schema: Schema): SdkMember[] {
  const shape = resolved(schema)
  const element = { ...place, path: `${place.path}[]`, required: false }
  if (typeof shape === 'number') {
    if (shape >= MAP_OF) return [{ ...place, type: 'map' }]
    if (shape < LIST_OF) return [{ ...place, type: SIMPLE[shape] ?? 'string' }]
    return [{ ...place, type: 'list' }, ...flatten(element, shape - LIST_OF)]
  }
  // [schema, traits]: what is said of one member beside its schema.
  if (typeof shape[1] !== 'string') return flatten(place, shape[0] as Schema)
  const inner = shape[4] as Schema
  if (shape[0] === NAMED_SIMPLE) return flatten(place, inner)
  if (shape[0] === NAMED_MAP) return [{ ...place, type: 'map' }]
  if (shape[0] === NAMED_LIST) return [{ ...place, type: 'list' }, ...flatten(element, inner)]
  return [{ ...place, type: 'structure' }, ...membersOf(shape, `${place.path}.`)]
}

/** [3, namespace, name, traits, names, schemas, how many of them are required] */
function membersOf(schema: Schema, prefix = ''): SdkMember[] {
  const structure = resolved(schema)
  if (typeof structure === 'number' || structure[0] !== STRUCTURE) return []
  const [shape, , names, schemas, required = 0] = structure.slice(2) as [
    string,
    unknown,
    string[],
    Schema[],
    number?,
  ]
  return names.flatMap((name, i) =>
    flatten({ path: prefix + name, shape, required: i < required }, schemas[i] ?? 0),
  )
}

const types = join(dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-kms')), '..', 'dist-types')

/** The SDK names an operation's errors in the comment of its command only. */
function errorsOf(operation: string): string[] {
  const text = readFileSync(join(types, 'commands', `${operation}Command.d.ts`), 'utf8')
  const named = [...text.matchAll(/@throws \{@link (\w+Exception)\}/g)].map((match) => match[1] ?? '')
  return [...new Set(named)].filter((name) => name !== 'KMSServiceException').sort()
}

type OperationSchema = readonly [number, string, string, number, Schema, Schema]
const isOperation = (value: unknown): value is OperationSchema =>
  Array.isArray(value) && value[0] === OPERATION

/** Every operation by name. */
export const SDK_OPERATIONS: ReadonlyMap<string, SdkOperation> = new Map(
  Object.values<unknown>(sdk)
    .filter(isOperation)
    .map(([, , name, , input, output]): [string, SdkOperation] => [
      name,
      { input: membersOf(input), output: membersOf(output), errors: errorsOf(name) },
    ])
    .sort(([a], [b]) => a.localeCompare(b)),
)

/** The values that the SDK knows for an enumeration of the model, by the name of its shape. */
export function sdkEnum(name: string): string[] | undefined {
  const found: unknown = Reflect.get(sdk, name)
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? Object.values(found).map(String)
    : undefined
}

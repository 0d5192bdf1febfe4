/**
 * Members that many operations share, with the limits of the model (aws/kms-model.json). Those of the query protocol
 * take text for everything, because it has nothing else, and real numbers and booleans from JSON.
 */
import { z } from 'zod'
import { blob, flag, integer, list, oneOf, stringMap, structure, text } from '../constraints.ts'
import { DATA_KEY_SPECS } from '../data-key-spec.ts'
import { ENCRYPTION_ALGORITHMS } from '../key-spec.ts'

export const keyId = () => text({ min: 1, max: 2048 })
export const aliasName = () => text({ min: 1, max: 256, pattern: '^[a-zA-Z0-9:/_-]+$' })
export const grantTokens = () => list(text({ min: 1, max: 8192 }), { max: 10 }).optional()
export const encryptionContext = () => stringMap().optional()
export const encryptionAlgorithm = () => oneOf(ENCRYPTION_ALGORITHMS).optional()
export const dryRun = () => flag().optional()
export const ciphertextBlob = () => blob(1, 6144)
/** Opaque, U+0020 to U+00FF, at most 1024 characters. */
export const marker = () => text({ min: 1, max: 1024, pattern: String.raw`[\u0020-\u00FF]*` }).optional()
export const limit = (max: number) => integer(1, max).optional()
export const policyName = () => text({ min: 1, max: 128, pattern: String.raw`[\w]+` }).optional()
export const policy = () =>
  text({ min: 1, max: 131072, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` })
export const description = () => text({ max: 8192 })
export const tags = () =>
  list(structure({ TagKey: text({ min: 1, max: 128 }), TagValue: text({ max: 256 }) }))
export const dataKeySpec = () => oneOf(Object.keys(DATA_KEY_SPECS) as ['AES_256', 'AES_128']).optional()
/** Who is to read the answer, by attestation. The model requires nothing; without a document there is nobody. */
export const recipient = () =>
  structure({
    KeyEncryptionAlgorithm: oneOf(['RSAES_OAEP_SHA_256']).optional(),
    AttestationDocument: blob(1, 262144),
  }).optional()

const WHOLE = /^-?\d{1,15}$/
/** A whole number, or the text of one. */
export const queryNumber = (min: number, max: number) =>
  z
    .custom<number | string>(
      (value) => typeof value === 'number' || (typeof value === 'string' && WHOLE.test(value)),
      {
        error: (issue) => (issue.input === undefined ? 'Member must not be null' : 'serialization:a number'),
      },
    )
    .transform(Number)
    .pipe(integer(min, max))

/** true or false, or the word. */
export const queryBoolean = () =>
  z
    .custom<boolean | 'true' | 'false'>(
      (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
      {
        error: (issue) => (issue.input === undefined ? 'Member must not be null' : 'serialization:a boolean'),
      },
    )
    .transform((value) => value === true || value === 'true')

/** A list; `Tags=` is how the query protocol says that one is empty. */
export const queryList = <T extends z.ZodType>(element: T, rule: { min?: number; max?: number } = {}) =>
  // What screens and tests hand over is a list; only the wire has the empty text.
  z.preprocess((value: unknown) => (value === '' ? [] : value), list(element, rule)) as z.ZodType<
    z.output<T>[],
    readonly z.input<T>[]
  >

export const noInput = () => z.object({})

/**
 * The body of a JSON 1.1 request, into plain values (facts §1.1). Shape and constraints are the operation's affair.
 */
import { JsonTextError, readJson } from '#lib/domain/json-text.ts'
import { KmsError } from '#lib/domain/refusal.ts'

/** The deepest input of KMS or CloudTrail has four levels (R43). */
const MAX_DEPTH = 16

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const unreadable = (message: string) => new KmsError('SerializationException', message)

/** UTF-8 text of a body. Throws SerializationException for bytes that are none. */
export function decodeText(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw unreadable('The request body is not valid UTF-8.')
  }
}

/** The input object: an empty body is `{}`, null members are absent. Throws SerializationException. */
export function readJsonInput(body: Uint8Array, maxTokens: number): object {
  if (body.length === 0) return {}
  const text = decodeText(body)
  const value = parse(text, maxTokens)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('The request body must be a JSON object.')
  }
  // Most requests have no null anywhere: one scan spares the walk.
  if (text.includes('null')) dropNulls(value)
  return value
}

function parse(text: string, maxTokens: number): unknown {
  try {
    return readJson(text, { maxDepth: MAX_DEPTH, maxTokens })
  } catch (thrown) {
    // Reason and position only: a request's text, which may hold plaintext, is never repeated.
    if (thrown instanceof JsonTextError)
      throw unreadable(`The request body is not valid JSON: ${thrown.message}.`)
    throw thrown
  }
}

// Depth is bounded by the reader.
function dropNulls(value: object): void {
  for (const [name, member] of Object.entries(value)) {
    if (member === null && !Array.isArray(value)) Reflect.deleteProperty(value, name)
    else if (typeof member === 'object' && member !== null) dropNulls(member)
  }
}

/**
 * The headers of a request as they came, so that nothing Node folds, drops or picks from a list can differ
 * from what was signed (R37). Values keep their bytes as Latin-1 characters.
 */
import { KmsError } from '#lib/domain/refusal.ts'

export const MAX_HEADERS = 64

export type RequestHeaders = {
  /** Lower-case name → value; a repeated one that does not matter here is joined with a comma. */
  readonly values: ReadonlyMap<string, string>
  /** Names that came more than once. */
  readonly repeated: ReadonlySet<string>
}

/** Headers that decide something here besides `x-amz-*`: each must come at most once, signed or not. */
const DECISIVE = new Set([
  'amz-sdk-invocation-id',
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'host',
  'transfer-encoding',
])

const NONE: ReadonlySet<string> = new Set()

/**
 * Reads Node's rawHeaders (name, value, name, value …).
 * Throws ValidationException for repeated decisive headers, for Content-Length beside Transfer-Encoding, and
 * for encoded bodies, whose bytes would not be those that were signed.
 */
export function readHeaders(raw: readonly string[]): RequestHeaders {
  const values = new Map<string, string>()
  let repeated: Set<string> | undefined
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    const value = raw[i + 1] ?? ''
    const earlier = values.get(name)
    if (earlier !== undefined) {
      if (DECISIVE.has(name) || name.startsWith('x-amz-'))
        throw refusal(`Header '${name}' must be sent only once.`)
      repeated ??= new Set()
      repeated.add(name)
    }
    values.set(name, earlier === undefined ? value : `${earlier},${value}`)
  }
  if (values.has('content-length') && values.has('transfer-encoding')) {
    throw refusal('Content-Length and Transfer-Encoding must not be sent together.')
  }
  if (values.has('content-encoding')) throw refusal('Content-Encoding is not supported.')
  return { values, repeated: repeated ?? NONE }
}

const refusal = (message: string) => new KmsError('ValidationException', message)

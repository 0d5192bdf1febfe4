/** Answers on the desk's socket: the wire's encoding of values, and one shape of error. */
import { FAULT, type KmsError, type KmsErrorCode } from '#lib/domain/refusal.ts'

export type DeskAnswer = { readonly status: number; readonly body: string }

/** Bytes become base64 and dates seconds since the epoch, as on the wire; absent members are left out. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64')
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return plain(Object.fromEntries(value))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

export const answer = (value: unknown): DeskAnswer => ({
  status: 200,
  body: JSON.stringify(plain(value) ?? {}),
})

/** What the console has to tell apart by status; the code says the rest. */
const STATUS: Partial<Record<KmsErrorCode, number>> = {
  ExpiredTokenException: 401,
  MissingAuthenticationTokenException: 401,
  UnknownOperationException: 404,
  RequestEntityTooLargeException: 413,
  ThrottlingException: 429,
}
const STATUS_OF_FAULT = { caller: 400, service: 500, unavailable: 503 } as const

/** What a refusal may carry besides its words. */
type Particulars = {
  readonly eventId?: string | null
  readonly decision?: unknown
  readonly retryAt?: Date
  /** The session is good, but this needs its password again. */
  readonly confirm?: true
  /** The password is right, and a code is needed beside it. */
  readonly codeNeeded?: true
  /** The session is good, but this needs another sign-in with the identity provider. */
  readonly signInAgain?: true
}

export function refusalAnswer(refusal: KmsError & Particulars, requestId: string): DeskAnswer {
  const { code, message, eventId = null, decision, retryAt, confirm, codeNeeded, signInAgain } = refusal
  const error = {
    code,
    message,
    requestId,
    eventId,
    ...(decision !== undefined && { decision }),
    ...(retryAt && { retryAt }),
    ...(confirm && { confirm }),
    ...(codeNeeded && { codeNeeded }),
    ...(signInAgain && { signInAgain }),
  }
  return { status: STATUS[code] ?? STATUS_OF_FAULT[FAULT[code]], body: JSON.stringify(plain({ error })) }
}

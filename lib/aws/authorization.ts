/**
 * The Authorization header and the time of a request, parsed strictly and refused in AWS's words (facts §1.5).
 *
 *   AWS4-HMAC-SHA256 Credential=AKIA…/20260102/eu-west-1/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=64 hex
 *
 * Header authentication only: no presigned queries, no SigV4A, no unsigned or streamed bodies (R34).
 */
import { KmsError, type KmsErrorCode } from '#lib/domain/refusal.ts'
import { ALGORITHM, basicTimestamp, type Scope, TERMINATOR } from './canonical-request.ts'

export type Authorization = {
  /** As sent; only ever looked up, and only when it has the form of an id. */
  readonly accessKeyId: string
  readonly scope: Scope
  readonly terminator: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const PARAMETERS = ['Credential', 'Signature', 'SignedHeaders'] as const
type Parameter = (typeof PARAMETERS)[number]

const incomplete = (message: string) => new KmsError('IncompleteSignatureException', message)
const invalid = (message: string) => new KmsError('InvalidSignatureException', message)

/** Throws MissingAuthenticationToken or IncompleteSignature. The header is never repeated in what it throws. */
export function parseAuthorization(header: string | undefined, hasDate: boolean): Authorization {
  if (!header?.startsWith('AWS4-')) {
    throw new KmsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
  const space = header.indexOf(' ')
  const algorithm = space < 0 ? header : header.slice(0, space)
  if (algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${algorithm.slice(0, 64)}'.`)
  const found = parseParameters(space < 0 ? '' : header.slice(space + 1))
  const missing = PARAMETERS.filter((name) => !found.get(name))
  if (missing.length > 0 || !hasDate) throw incomplete(missingText(missing, hasDate))
  return {
    ...parseCredential(found.get('Credential') ?? ''),
    signedHeaders: parseSignedHeaders(found.get('SignedHeaders') ?? ''),
    signature: found.get('Signature') ?? '',
  }
}

function missingText(missing: readonly Parameter[], hasDate: boolean): string {
  const texts = missing.map((name) => `Authorization header requires '${name}' parameter.`)
  if (!hasDate)
    texts.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  return texts.join(' ')
}

function parseParameters(text: string): Map<string, string> {
  const found = new Map<string, string>()
  if (text === '') return found
  for (const part of text.split(/, */)) {
    const equals = part.indexOf('=')
    if (equals < 0) throw incomplete('Authorization header has a parameter without an equal-sign.')
    const name = part.slice(0, equals)
    if (found.has(name)) throw incomplete(`Authorization header repeats a parameter.`)
    found.set(name, part.slice(equals + 1))
  }
  return found
}

function parseCredential(text: string): Pick<Authorization, 'accessKeyId' | 'scope' | 'terminator'> {
  const parts = text.split('/')
  const [accessKeyId = '', date = '', region = '', service = '', terminator = ''] = parts
  if (parts.length !== 5) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    )
  }
  return { accessKeyId, scope: { date, region, service }, terminator }
}

const HEADER_NAMES = /^[!#$%&'*+\-.^_`|~0-9a-z]+(?:;[!#$%&'*+\-.^_`|~0-9a-z]+)*$/

function parseSignedHeaders(text: string): readonly string[] {
  const names = HEADER_NAMES.test(text) ? text.split(';') : []
  // Sorted and unique, as the algorithm demands, or one signature would have a second spelling.
  const ordered = names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name)
  if (names.length === 0 || !ordered) {
    throw incomplete("Authorization header requires 'SignedHeaders' to be lower-case, sorted and unique.")
  }
  return names
}

/** Scope against service, terminator and the date of the request. Region and access key come later. */
export function checkScope(given: Authorization, service: string, timestamp: string): void {
  if (given.terminator !== TERMINATOR) {
    const text = `'${TERMINATOR}', not '${given.terminator.slice(0, 64)}'`
    throw invalid(`Credential should be scoped with a valid terminator: ${text}`)
  }
  if (given.scope.service !== service)
    throw invalid(`Credential should be scoped to correct service: '${service}'. `)
  const day = timestamp.slice(0, 8)
  if (given.scope.date !== day) {
    const text = `'${given.scope.date.slice(0, 64)}' != '${day}', from '${timestamp}'.`
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${text}`,
    )
  }
}

const BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * The moment a request was signed: X-Amz-Date, else Date (R35).
 * Gives milliseconds since the epoch and the basic ISO-8601 text that was signed.
 */
export function requestTime(values: ReadonlyMap<string, string>): { at: number; timestamp: string } {
  const basic = values.get('x-amz-date')
  const text = basic ?? values.get('date') ?? ''
  const at = basic === undefined && IMF_FIXDATE.test(text) ? Date.parse(text) : parseBasic(text)
  if (Number.isFinite(at)) return { at, timestamp: BASIC.test(text) ? text : basicTimestamp(new Date(at)) }
  throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${text.slice(0, 64)}'.`)
}

function parseBasic(text: string): number {
  const [, year, month, day, hour, minute, second] = BASIC.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return Number.NaN
  if (hour === undefined || minute === undefined || second === undefined) return Number.NaN
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  // Date.UTC turns 30 February into March and 24:60 into tomorrow: what comes back must be what went in.
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour
  return same && minute < 60 && second < 60 ? date.getTime() : Number.NaN
}

/** A refusal that knows how far the program's clock is from ours. */
export class SkewRefusal extends KmsError {
  readonly skewSeconds: number
  constructor(code: KmsErrorCode, message: string, skewSeconds: number) {
    super(code, message)
    this.skewSeconds = skewSeconds
  }
}

/** Throws when a request is older or newer than the service's window (facts §1.5: 5 minutes, 15 for STS). */
export function checkSkew(signedAt: number, now: number, minutes: number): void {
  const difference = signedAt - now
  if (Math.abs(difference) <= minutes * 60_000) return
  const text = (ms: number) => basicTimestamp(new Date(ms))
  const early = difference < 0
  const edge = text(now + (early ? -minutes : minutes) * 60_000)
  const sum = `(${text(now)} ${early ? '-' : '+'} ${minutes} min.)`
  const words = early
    ? `Signature expired: ${text(signedAt)} is now earlier than ${edge} ${sum}`
    : `Signature not yet current: ${text(signedAt)} is still later than ${edge} ${sum}`
  throw new SkewRefusal('InvalidSignatureException', words, Math.round(difference / 1000))
}

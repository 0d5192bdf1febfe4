/**
 * Signature Version 4, the signing side: for our own command line and for tests. POST to `/` without a query.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { hmacHex, sigv4SigningKey } from '#lib/crypto/signing-key.ts'
import { ALGORITHM, basicTimestamp, scopeText, stringToSign } from './canonical-request.ts'

export type SigningCredentials = {
  readonly id: string
  readonly secret: string
  readonly sessionToken?: string
}

export type RequestToSign = {
  readonly method: string
  /** `https://kms.example:4566/`, or the host alone. */
  readonly url: URL | string
  /** Sent and signed. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
  readonly credentials: SigningCredentials
  readonly region: string
  readonly service: string
  readonly date: Date
}

/** `kms.example`, `kms.example:4566`, `http://…`: what the Host header will say. */
const hostOf = (url: URL | string) =>
  typeof url === 'string' && !url.includes('://') ? url : new URL(url).host

/**
 * The headers to send, lower-case: those given, x-amz-date, the session token if any, and Authorization. The
 * host is signed and left to whoever opens the connection, unless it was given.
 */
export function signRequest(request: RequestToSign): Record<string, string> {
  const { credentials, region, service } = request
  const timestamp = basicTimestamp(request.date)
  const sent: Record<string, string> = { 'x-amz-date': timestamp }
  for (const [name, value] of Object.entries(request.headers)) sent[name.toLowerCase()] = value
  if (credentials.sessionToken !== undefined) sent['x-amz-security-token'] = credentials.sessionToken
  const values = new Map(Object.entries({ host: hostOf(request.url), ...sent }))
  const signedHeaders = [...values.keys()].sort()
  const scope = { date: timestamp.slice(0, 8), region, service }
  const bodyHashHex = sha256(request.body).toString('hex')
  const text = stringToSign({ method: request.method, signedHeaders, values, bodyHashHex, timestamp, scope })
  const key = sigv4SigningKey(Buffer.from(credentials.secret), scope.date, region, service)
  const credential = `${credentials.id}/${scopeText(scope)}`
  const parts = [
    `Credential=${credential}`,
    `SignedHeaders=${signedHeaders.join(';')}`,
    `Signature=${hmacHex(key, text)}`,
  ]
  return { ...sent, authorization: `${ALGORITHM} ${parts.join(', ')}` }
}

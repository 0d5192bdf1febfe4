/**
 * What Signature Version 4 signs, drawn once for the side that signs and the side that verifies
 * (AWS General Reference, "Create a signed AWS API request"). Keyhouse speaks only path `/` without a query.
 *
 *   canonical request                 string to sign
 *   ┌──────────────────────────┐      ┌──────────────────────────────────────┐
 *   │ POST                     │      │ AWS4-HMAC-SHA256                     │
 *   │ /                        │      │ 20260102T030405Z                     │
 *   │ (empty query)            │      │ 20260102/eu-west-1/kms/aws4_request  │
 *   │ host:kms.example         │      │ hex(SHA-256(canonical request))      │
 *   │ x-amz-date:2026…         │      └──────────────────────────────────────┘
 *   │ (empty line)             │
 *   │ host;x-amz-date          │
 *   │ hex(SHA-256(body))       │
 *   └──────────────────────────┘
 */
import { sha256Hex } from '#lib/crypto/digest.ts'

export const ALGORITHM = 'AWS4-HMAC-SHA256'
export const TERMINATOR = 'aws4_request'

export type Scope = { readonly date: string; readonly region: string; readonly service: string }

export type Signable = {
  readonly method: string
  /** Names to sign, lower-case and sorted. */
  readonly signedHeaders: readonly string[]
  readonly values: ReadonlyMap<string, string>
  readonly bodyHashHex: string
  /** yyyymmddThhmmssZ */
  readonly timestamp: string
  readonly scope: Scope
}

export const scopeText = ({ date, region, service }: Scope) => `${date}/${region}/${service}/${TERMINATOR}`

/** Outer space goes, inner runs of spaces become one (facts §1.5). */
function canonicalValue(value: string): string {
  const trimmed = value.trim()
  return trimmed.includes('  ') ? trimmed.replace(/ {2,}/g, ' ') : trimmed
}

/** The text that the signing key signs. A header named but not there counts as empty: callers refuse that first. */
export function stringToSign(request: Signable): string {
  let text = `${request.method}\n/\n\n`
  for (const name of request.signedHeaders)
    text += `${name}:${canonicalValue(request.values.get(name) ?? '')}\n`
  text += `\n${request.signedHeaders.join(';')}\n${request.bodyHashHex}`
  // Header values hold one character a byte: hashed as the bytes that came over the wire.
  const hash = sha256Hex(Buffer.from(text, 'latin1'))
  return `${ALGORITHM}\n${request.timestamp}\n${scopeText(request.scope)}\n${hash}`
}

/** 2026-01-02T03:04:05.678Z → 20260102T030405Z */
export const basicTimestamp = (date: Date) => `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

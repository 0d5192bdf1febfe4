/**
 * Signature Version 4, the verifying side (facts §1.5, security.md R34-R39).
 * Says who signed a request, or refuses it; knows nothing of HTTP beyond headers and of what is asked for.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { randomBytes } from '#lib/crypto/random.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import { hmacHex, sigv4SigningKey } from '#lib/crypto/signing-key.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import {
  type Authorization,
  checkScope,
  checkSkew,
  parseAuthorization,
  requestTime,
} from './authorization.ts'
import { stringToSign } from './canonical-request.ts'
import type { WireCredential } from './door.ts'
import type { RequestHeaders } from './request-headers.ts'
import type { Dialect } from './services.ts'

/** Everything that could be checked without the secret was. */
export type SignedRequest = {
  readonly authorization: Authorization
  /** Undefined when what was sent cannot be an access key id. */
  readonly accessKeyId: string | undefined
  readonly timestamp: string
}

export type SignedBy = {
  readonly principal: Principal
  readonly accessKeyId: string
  readonly region: string
}

const ACCESS_KEY_ID = /^[A-Za-z0-9_]{16,128}$/

/** The access key id that a request claims, for the record of a refusal; never proof of anything. */
export function claimedAccessKeyId(headers: RequestHeaders): string | undefined {
  const claimed = /Credential=(\w{16,128})\//.exec(headers.values.get('authorization') ?? '')
  return claimed?.[1]
}

/** Headers that proxies and SDKs add after signing and that nothing here reads (R36). */
const MAY_BE_UNSIGNED = new Set(['x-amz-user-agent', 'x-amz-cf-id'])

function checkSignedHeaders(signed: readonly string[], { values, repeated }: RequestHeaders): void {
  const names = new Set(signed)
  const demand = (name: string) => {
    if (names.has(name)) return
    throw new KmsError(
      'InvalidSignatureException',
      `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
    )
  }
  demand('host')
  if (!values.has('x-amz-date')) demand('date')
  // An unsigned x-amz-* header would let whoever is in between add meaning to the request.
  for (const name of values.keys()) if (name.startsWith('x-amz-') && !MAY_BE_UNSIGNED.has(name)) demand(name)
  for (const name of signed) if (!values.has(name) || repeated.has(name)) throw mismatch()
}

/** Parses and checks what needs no secret. Throws AWS's refusals; SkewRefusal when the clock is why. */
export function readSignature(headers: RequestHeaders, dialect: Dialect, now: number): SignedRequest {
  const { values } = headers
  const authorization = parseAuthorization(
    values.get('authorization'),
    values.has('x-amz-date') || values.has('date'),
  )
  const { at, timestamp } = requestTime(values)
  checkScope(authorization, dialect.signingName, timestamp)
  checkSignedHeaders(authorization.signedHeaders, headers)
  checkSkew(at, now, dialect.skewMinutes)
  const claimed = authorization.accessKeyId
  return { authorization, accessKeyId: ACCESS_KEY_ID.test(claimed) ? claimed : undefined, timestamp }
}

// What an unknown access key is verified with, so that it costs what a known one costs (R39).
const DUMMY_KEY: KeyObject = sigv4SigningKey(randomBytes(32), '20000101', 'us-east-1', 'kms')

/** A global endpoint is one of a partition. */
const regionFits = ({ regions, principal }: WireCredential, region: string, { globalRegions }: Dialect) =>
  regions.includes(region) || (globalRegions.includes(region) && partitionOf(region) === principal.partition)

const mismatch = () =>
  new KmsError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access ' +
      'Key and signing method. Consult the service documentation for details.',
  )

const SESSION_TOKEN = 'x-amz-security-token'

/** Temporary credentials need their token; others have none, and one proves nothing for them. */
function hasItsToken({ temporary }: WireCredential, token: string | undefined): boolean {
  if (!temporary || token === undefined) return temporary === undefined && token === undefined
  return equalBytes(sha256(token), temporary.tokenHash)
}

type Evidence = {
  readonly headers: RequestHeaders
  /** SHA-256 of the body as it was received. */
  readonly bodyHash: Buffer
  readonly dialect: Dialect
  readonly credential: WireCredential | undefined
  /** Milliseconds since the epoch, real time. */
  readonly now: number
}

/**
 * Verifies the signature in constant time and gives who signed. The same work is done whatever is wrong; only
 * then is it said what. Throws UnrecognizedClient for an unknown, inactive or temporary key, else InvalidSignature.
 */
export function verifySignature(signed: SignedRequest, evidence: Evidence): SignedBy {
  const { authorization, timestamp } = signed
  const { headers, dialect, credential } = evidence
  const { scope } = authorization
  const usable =
    credential?.active && hasItsToken(credential, headers.values.get(SESSION_TOKEN)) ? credential : undefined
  const scoped = usable && regionFits(usable, scope.region, dialect) ? usable : undefined
  const bodyHashHex = evidence.bodyHash.toString('hex')
  const text = stringToSign({
    method: 'POST',
    signedHeaders: authorization.signedHeaders,
    values: headers.values,
    bodyHashHex,
    timestamp,
    scope,
  })
  const key = scoped ? scoped.signingKey(scope.date, scope.region, scope.service) : DUMMY_KEY
  const genuine = equalBytes(Buffer.from(hmacHex(key, text)), Buffer.from(authorization.signature, 'latin1'))
  if (!usable || signed.accessKeyId === undefined) {
    throw new KmsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    )
  }
  if (!scoped) {
    const region = scope.region.slice(0, 64)
    throw new KmsError(
      'InvalidSignatureException',
      `Credential should be scoped to a valid region, not '${region}'. `,
    )
  }
  if (!genuine) throw mismatch()
  // Only whoever proved to hold them learns that they have expired.
  if (scoped.temporary && scoped.temporary.expiresAt.getTime() <= evidence.now) {
    throw new KmsError('ExpiredTokenException', 'The security token included in the request is expired')
  }
  checkPayloadHash(headers.values.get('x-amz-content-sha256'), bodyHashHex)
  return { principal: scoped.principal, accessKeyId: signed.accessKeyId, region: scope.region }
}

/** R38: UNSIGNED-PAYLOAD and STREAMING-… never equal a hash. */
function checkPayloadHash(claimed: string | undefined, bodyHashHex: string): void {
  if (claimed === undefined || claimed === bodyHashHex) return
  throw new KmsError(
    'InvalidSignatureException',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  )
}

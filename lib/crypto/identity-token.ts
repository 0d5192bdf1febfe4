/**
 * Tokens of identity providers: JSON Web Tokens verified against a JSON Web Key Set (RFC 7519, RFC 7517). Public-key
 * signatures only: a token that is signed with a shared secret, or not at all, proves nothing.
 */
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose'

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']
/** How far the clock of an issuer may be from ours. */
const TOLERANCE_SECONDS = 300

/** What is wrong with a token. `key`: no key of the set is the one it was signed with. */
export type TokenFault =
  | 'malformed'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'audience'
  | 'issuer'
  | 'expired'
  | 'not-yet'
  | 'claims'

export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly fault: TokenFault

  constructor(fault: TokenFault, cause?: unknown) {
    super(`the token is refused: ${fault}`, { cause })
    this.fault = fault
  }
}

/** What an unverified token says of where to find its key. */
export type TokenOrigin = { readonly issuer: string; readonly keyId: string | undefined }

/** @throws TokenError malformed */
export function originOf(token: string): TokenOrigin {
  try {
    const { kid } = decodeProtectedHeader(token)
    const { iss } = decodeJwt(token)
    if (typeof iss !== 'string') throw new TokenError('malformed')
    return { issuer: iss, keyId: typeof kid === 'string' ? kid : undefined }
  } catch (thrown) {
    throw thrown instanceof TokenError ? thrown : new TokenError('malformed', thrown)
  }
}

export type TokenClaims = {
  readonly subject: string
  readonly audiences: readonly string[]
  readonly authorizedParty: string | undefined
  readonly methods: readonly string[]
  /** Only where the issuer says that it is the holder's. */
  readonly email: string | undefined
  /** When the holder last proved to the issuer who they are. */
  readonly authenticatedAt: Date | undefined
}

export type TokenExpectation = {
  /** With https://, exactly as the token must have it. */
  readonly issuer: string
  /** One of them must be an audience. */
  readonly clientIds: readonly string[]
  readonly jwks: JSONWebKeySet
  readonly now: Date
}

/** The claims of a token that is genuine, for us, and valid now. @throws TokenError */
export async function verifyIdentityToken(token: string, expected: TokenExpectation): Promise<TokenClaims> {
  const { issuer, clientIds, now } = expected
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(expected.jwks), {
      algorithms: ALGORITHMS,
      issuer,
      audience: [...clientIds],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: now,
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub'],
    })
    const { sub, aud, iat = 0, azp, amr, email, email_verified: verified, auth_time: authTime } = payload
    if (typeof sub !== 'string' || sub === '') throw new TokenError('claims')
    if (iat > now.getTime() / 1000 + TOLERANCE_SECONDS) throw new TokenError('not-yet')
    return {
      subject: sub,
      audiences: [aud ?? []].flat().filter((audience) => clientIds.includes(audience)),
      authorizedParty: typeof azp === 'string' ? azp : undefined,
      methods: [amr ?? []].flat().filter((method): method is string => typeof method === 'string'),
      email: typeof email === 'string' && verified === true ? email : undefined,
      authenticatedAt: typeof authTime === 'number' ? new Date(authTime * 1000) : undefined,
    }
  } catch (thrown) {
    throw thrown instanceof TokenError ? thrown : new TokenError(faultOf(thrown), thrown)
  }
}

const FAULT_OF_CLAIM: Readonly<Record<string, TokenFault>> = {
  aud: 'audience',
  iss: 'issuer',
  nbf: 'not-yet',
}

function faultOf(thrown: unknown): TokenFault {
  if (thrown instanceof errors.JWTExpired) return 'expired'
  if (thrown instanceof errors.JWTClaimValidationFailed) return FAULT_OF_CLAIM[thrown.claim] ?? 'claims'
  if (thrown instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (thrown instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (thrown instanceof errors.JWSInvalid || thrown instanceof errors.JWTInvalid) return 'malformed'
  // No key that fits, more than one, or one that cannot be used.
  return 'key'
}

/** Members of a JSON Web Key that only its owner may have. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Whether a value is a key set of public keys, at least one. */
export function isPublicKeySet(value: unknown): value is JSONWebKeySet {
  const keys = typeof value === 'object' && value !== null ? Reflect.get(value, 'keys') : undefined
  if (!Array.isArray(keys) || keys.length === 0) return false
  return keys.every(
    (key: unknown) =>
      typeof key === 'object' &&
      key !== null &&
      typeof Reflect.get(key, 'kty') === 'string' &&
      !PRIVATE_MEMBERS.some((member) => Object.hasOwn(key, member)),
  )
}

/** Whether a set has the key with this id; a token without one may fit any. */
export const hasKey = ({ keys }: JSONWebKeySet, keyId: string | undefined): boolean =>
  keyId === undefined || keys.some(({ kid }) => kid === keyId)

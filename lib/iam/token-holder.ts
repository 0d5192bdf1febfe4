/**
 * Who shows a token of an identity provider instead of a signature: verified here, before the door, as a signature
 * would be. Only the token is believed; what its holder may do with it is for the role's trust policy to say.
 */
import { originOf, TokenError, type TokenFault, verifyIdentityToken } from '#lib/crypto/identity-token.ts'
import type { Caller, IdentityToken } from '#lib/domain/caller.ts'
import { constraintRefusal } from '#lib/domain/constraints.ts'
import { AssumeRoleWithWebIdentityInput } from '#lib/domain/operations/sts.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { readKeySet } from '#lib/engine/issuer-keys.ts'
import type { Services } from '#lib/engine/services.ts'
import { type IdentityProviderRow, readProvider } from '#lib/store/identity-providers.ts'
import { issuerName, issuerUrl, providerArn } from './provider-names.ts'
import { roleNameOf } from './role-session.ts'

export type Holder = Omit<Caller, 'channel'>

type Parts = Pick<Services, 'database' | 'clock' | 'identities' | 'issuerKeys'>

/** The holder of the token in an AssumeRoleWithWebIdentity. @throws what AWS refuses such a token with. */
export async function tokenHolder(parts: Parts, input: unknown): Promise<Holder> {
  const parsed = AssumeRoleWithWebIdentityInput.safeParse(input)
  if (!parsed.success) throw constraintRefusal(parsed.error, input, AssumeRoleWithWebIdentityInput)
  const { RoleArn, WebIdentityToken: token } = parsed.data
  const { account, partition } = roleNameOf(RoleArn)
  try {
    const { issuer, keyId } = originOf(token)
    const provider = await trusted(parts, account, issuer)
    const jwks = await keysOf(parts, provider, keyId)
    const expected = {
      issuer: issuerUrl(provider.url),
      clientIds: provider.clientIds,
      jwks,
      now: parts.clock.real(),
    }
    const claims = await verifyIdentityToken(token, expected)
    const arn = providerArn({ partition, account }, provider.url)
    return await holderOf(parts, { partition, account }, { provider: arn, issuer: provider.url, ...claims })
  } catch (thrown) {
    throw thrown instanceof TokenError ? refusalOf(thrown.fault) : thrown
  }
}

/** The account's provider for an issuer; the same refusal whether the account or only the provider is missing. */
async function trusted({ database }: Parts, account: string, issuer: string): Promise<IdentityProviderRow> {
  const url = issuerName(issuer)
  const found = await readProvider(database.sql, account, url)
  if (found) return found
  throw invalid(`No OpenIDConnect provider found in your account for ${issuerUrl(url.slice(0, 255))}`)
}

async function keysOf({ issuerKeys }: Parts, provider: IdentityProviderRow, keyId: string | undefined) {
  const { jwks, url } = provider
  const found = jwks === null ? await issuerKeys.of(issuerUrl(url), keyId) : readKeySet(jwks)
  if (found) return found
  throw new KmsError('IDPCommunicationError', NO_KEY)
}

async function holderOf(
  { identities }: Parts,
  { partition, account }: { partition: string; account: string },
  token: IdentityToken,
): Promise<Holder> {
  const { issuer, subject, audiences } = token
  const id = `${issuer}:${audiences.join(',')}:${subject}`
  const principal = { kind: 'federated', partition, account, id, name: subject, arn: id } as const
  // Nothing was signed for a Region: the session is opened in one of the account's.
  const region = (await identities.byPrincipal(account))?.regions[0] ?? ''
  return { principal, credential: { kind: 'web-identity', token }, region }
}

const invalid = (message: string) => new KmsError('InvalidIdentityToken', message)

const NO_KEY =
  "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity " +
  'documentation for requirements'
const NOT_A_JWT =
  'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'

const REFUSALS: Record<TokenFault, () => KmsError> = {
  malformed: () => invalid(NOT_A_JWT),
  algorithm: () => invalid('The algorithm of the token is not supported'),
  key: () => invalid(NO_KEY),
  signature: () => invalid('Provided Token signature could not be verified'),
  audience: () => invalid('Incorrect token audience'),
  issuer: () => invalid('Incorrect token issuer'),
  claims: () => invalid('Missing a required claim: iss, aud, exp, iat, or sub'),
  expired: () =>
    new KmsError('ExpiredIdentityTokenException', 'Token expired: it is past its expiration date'),
  'not-yet': () => new KmsError('IDPRejectedClaim', 'The token is not valid yet'),
}

const refusalOf = (fault: TokenFault) => REFUSALS[fault]()

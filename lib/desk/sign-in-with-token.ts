/**
 * Signing in with the token of the installation's identity provider: verified here, whatever the console made of it, and
 * taken through the door as AssumeRoleWithWebIdentity is, so that the role's trust policy says who may. The token is kept
 * nowhere.
 */
import type { IdentityToken } from '#lib/domain/caller.ts'
import { FAULT, KmsError } from '#lib/domain/refusal.ts'
import { sessionPrincipal } from '#lib/engine/principals.ts'
import { sessionSpan } from '#lib/engine/session-span.ts'
import { issuerUrl } from '#lib/iam/provider-names.ts'
import { roleNameOf } from '#lib/iam/role-session.ts'
import { signInWithWebIdentity } from '#lib/iam/sign-in-with-web-identity.ts'
import { type Holder, tokenHolder } from '#lib/iam/token-holder.ts'
import { findAccount } from '#lib/store/accounts.ts'
import { recordAlone, refusedSignInEvent, signInEvent } from './auth-events.ts'
import { FRESH_MS } from './fresh-sign-in.ts'
import type { DeskParts, SignInProvider } from './parts.ts'
import {
  identityOf,
  type NewSession,
  openSession,
  sessionFacts,
  sessionView,
  signedInOn,
} from './sessions.ts'
import { countNoise, countOrRefuse } from './sign-in.ts'
import { forgiveSignIn } from './throttle.ts'
import type { Visit } from './visit.ts'

type Held = { readonly holder: Holder; readonly token: IdentityToken }

/** The token's holder, where it is the configured provider's and was made for the console. @throws KmsError */
async function heldBy(parts: DeskParts, provider: SignInProvider, shown: string): Promise<Held> {
  const input = { RoleArn: provider.role, RoleSessionName: 'console', WebIdentityToken: shown }
  const holder = await tokenHolder(parts.services, input)
  const { credential } = holder
  if (credential.kind !== 'web-identity') throw new KmsError('InvalidIdentityToken')
  const { token } = credential
  if (issuerUrl(token.issuer) !== provider.issuer)
    throw new KmsError('InvalidIdentityToken', 'Incorrect token issuer')
  // The provider's other clients are not the console.
  const asking = token.authorizedParty ?? provider.clientId
  if (!token.audiences.includes(provider.clientId) || asking !== provider.clientId)
    throw new KmsError('InvalidIdentityToken', 'Incorrect token audience')
  return { holder, token }
}

/** STS takes letters, digits and _+=,.@- there, two at least and 64 at most. */
function sessionNameOf({ email, subject }: IdentityToken): string {
  const name = (email ?? subject).replace(/[^\w+=,.@-]/g, '-').slice(0, 64)
  return name.length < 2 ? `user-${name}` : name
}

const earlier = (one: Date, other: Date) => (one < other ? one : other)

/** The role's session and both of its events, all or nothing. */
async function enter(
  parts: DeskParts,
  visit: Visit,
  { holder, token, role: RoleArn }: Held & { role: string },
) {
  const { services, writer, invoke } = parts
  const name = sessionNameOf(token)
  const span = await sessionSpan(services)
  // A provider that does not say when it last asked for a proof has not asked just now.
  const shownAt = token.authenticatedAt ?? new Date(span.now.getTime() - FRESH_MS - 1)
  const federated = { name, provider: token.provider, authenticatedAt: earlier(shownAt, span.now) }
  let opened: NewSession | undefined
  const operation = signInWithWebIdentity(async (transaction, role) => {
    const longest = new Date(span.now.getTime() + role.maxSessionSeconds * 1000)
    const at = { ...span, expiresAt: earlier(longest, span.expiresAt) }
    const { id: principal, account, name: roleName } = role
    opened = await openSession(transaction, { principal, account, visit, at, mfaAt: null, federated })
    const { partition } = holder.principal
    const itsRole = { id: principal, name: roleName, arn: RoleArn }
    const session = sessionPrincipal({ partition, account, role: itsRole }, name)
    const { id, ...row } = opened.session
    const credential = { kind: 'session', id, facts: sessionFacts(row) } as const
    const { region } = holder
    const caller = { principal: session, credential, channel: visit.channel, region }
    await writer.appendIn(transaction.sql, [signInEvent(span.now, caller, false)])
  })
  await invoke({ ...holder, channel: visit.channel }, operation, { RoleArn, RoleSessionName: name })
  const identity = opened && (await identityOf(services, opened.session))
  if (!opened || !identity) throw new KmsError('KMSInternalException', '', { detail: 'a role that is gone' })
  return { browserToken: opened.browserToken, session: sessionView({ row: opened.session, identity }) }
}

type Failed = { readonly refusal: KmsError; readonly account: string; readonly name: string | null }

/** A refused sign-in leaves its reason in the account that it was meant for, if there is one. */
async function recordRefusal(parts: DeskParts, visit: Visit, { refusal, account, name }: Failed) {
  const { services } = parts
  const found = await findAccount(services.database, account)
  if (!found) return countNoise(parts, visit, refusal.code)
  const place = { account, region: found.regions[0] ?? '' }
  const who = { name, visit, reason: refusal.message || refusal.code }
  await recordAlone(parts, refusedSignInEvent(services.clock.real(), place, who))
}

/**
 * Opens a session of the configured role on this browser, for as long as the role and the installation allow.
 * @throws KmsError as AssumeRoleWithWebIdentity does; TooManyAttempts.
 */
export async function signInWithToken(parts: DeskParts, visit: Visit, { token: shown }: { token: string }) {
  const { services, signInProvider: provider } = parts
  if (!provider) throw new KmsError('UnknownOperationException')
  const { account } = roleNameOf(provider.role)
  const known = (await signedInOn(services, visit)).length > 0
  // No user's name has a colon.
  const attempt = { account, user: 'provider:', address: visit.channel.address, known }
  await countOrRefuse(parts, visit, attempt)
  let held: Held | undefined
  try {
    held = await heldBy(parts, provider, shown)
    const entered = await enter(parts, visit, { ...held, role: provider.role })
    await forgiveSignIn(services, attempt)
    return entered
  } catch (thrown) {
    if (thrown instanceof KmsError && FAULT[thrown.code] === 'caller')
      await recordRefusal(parts, visit, { refusal: thrown, account, name: held?.token.subject ?? null })
    throw thrown
  }
}

/**
 * Signing in and out. A wrong account, a wrong user and a wrong password are one refusal, after the same work
 * (R89): names are looked up, the attempt is counted, and a password is hashed, whether or not there is one.
 */
import { hashOpaqueToken } from '#lib/crypto/opaque-token.ts'
import { verifyPassword } from '#lib/crypto/password.ts'
import { canonicalName } from '#lib/domain/account.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from '#lib/engine/identities.ts'
import { sessionSpan } from '#lib/engine/session-span.ts'
import { findAccount } from '#lib/store/accounts.ts'
import { findUser } from '#lib/store/principals.ts'
import { listSessions, revokeSessions, type SessionRow } from '#lib/store/sessions.ts'
import { recordAlone, refusedSignInEvent, signInEvent, signOutEvent } from './auth-events.ts'
import type { DeskParts } from './parts.ts'
import { askFactor } from './second-factor.ts'
import {
  openSession,
  type SessionView,
  type SignedIn,
  sessionFacts,
  sessionView,
  signedInOn,
} from './sessions.ts'
import { type Attempt, countSignIn, forgiveSignIn, TooManyAttempts } from './throttle.ts'
import type { Visit } from './visit.ts'

const WRONG = 'The account, the user name or the password is not right.'

export type SignInRequest = {
  /** Id or alias, as typed. */
  readonly account: string
  readonly user: string
  readonly password: string
  /** Of a second factor: six digits, or a recovery code. */
  readonly code?: string | undefined
}

/** The caller that a session makes, for the door and for the log. */
export function callerOf(identity: Identity, session: SessionRow, visit: Visit): Caller {
  const region = visit.region ?? identity.regions[0] ?? ''
  return {
    principal: identity.principal,
    credential: { kind: 'session', id: session.id, facts: sessionFacts(session) },
    channel: visit.channel,
    region,
  }
}

/** Who the typed names mean, if anyone; the same two look-ups in every case. */
async function lookUp({ services: { database } }: DeskParts, request: SignInRequest) {
  const typed = { account: canonicalName(request.account), user: canonicalName(request.user) }
  const account = await findAccount(database, typed.account)
  const user = await findUser(database, account?.id ?? '', typed.user)
  return { account, user, canonical: { account: account?.id ?? typed.account, user: typed.user } }
}

/** Counts what never became an event, so that noise cannot fill the log (R55). */
export function countNoise({ services }: DeskParts, visit: Visit, reason: KmsError['code']): void {
  const { address } = visit.channel
  services.refused.report({ address, reason, operation: 'ConsoleLogin' }, services.clock.real())
}

/** @throws TooManyAttempts, counted. */
export async function countOrRefuse(parts: DeskParts, visit: Visit, attempt: Attempt): Promise<void> {
  try {
    await countSignIn(parts.services, attempt)
  } catch (thrown) {
    if (thrown instanceof TooManyAttempts) countNoise(parts, visit, thrown.code)
    throw thrown
  }
}

type Found = Awaited<ReturnType<typeof lookUp>>

async function refuse(parts: DeskParts, visit: Visit, { account, user }: Found): Promise<never> {
  const refusal = new KmsError('UnrecognizedClientException', WRONG)
  if (!account) {
    countNoise(parts, visit, refusal.code)
    // A write like the event's below, so that the time it takes does not tell which accounts there are.
    await parts.services.refused.flush().catch(() => undefined)
    throw refusal
  }
  const place = { account: account.id, region: account.regions[0] ?? '' }
  const event = refusedSignInEvent(parts.services.clock.real(), place, { name: user?.name ?? null, visit })
  await recordAlone(parts, event)
  throw refusal
}

/**
 * Checks a password, and a code where the person has a second factor, and hangs a new session on the browser. What the
 * password cost is given back with the code only: whoever has one of the two gains nothing by it.
 * @throws KmsError, CodeNeeded, TooManyAttempts.
 */
export async function signIn(
  parts: DeskParts,
  visit: Visit,
  request: SignInRequest,
): Promise<{ browserToken: string; session: SessionView }> {
  const { services } = parts
  const found = await lookUp(parts, request)
  const known = (await signedInOn(services, visit)).length > 0
  const attempt = { ...found.canonical, address: visit.channel.address, known }
  await countOrRefuse(parts, visit, attempt)
  const right = await verifyPassword(request.password, found.user?.password ?? undefined)
  if (!right || !found.user || !found.account || found.account.disabled) return refuse(parts, visit, found)

  const identity = await services.identities.byPrincipal(found.user.id)
  if (!identity) return refuse(parts, visit, found)
  const factor = await askFactor(parts, visit, { identity, code: request.code })
  await forgiveSignIn(services, attempt)
  return startSession(parts, visit, { identity, factor })
}

type Proven = { readonly identity: Identity; readonly factor: boolean }

/** The session, its token and its event, all or nothing. */
export async function startSession(parts: DeskParts, visit: Visit, { identity, factor }: Proven) {
  const { services, writer } = parts
  const at = await sessionSpan(services)
  const opened = await services.database.transaction(async (transaction) => {
    const { id, account } = identity.principal
    const mfaAt = factor ? at.now : null
    const made = await openSession(transaction, { principal: id, account, visit, at, mfaAt })
    const region = identity.regions[0]
    const caller = callerOf(identity, made.session, { ...visit, region })
    await writer.appendIn(transaction.sql, [signInEvent(at.now, caller, factor)])
    return made
  })
  return { browserToken: opened.browserToken, session: sessionView({ row: opened.session, identity }) }
}

/** Ends the session of this request, or all sessions of the browser. */
export async function signOut(
  parts: DeskParts,
  visit: Visit,
  { row, identity }: SignedIn,
  all: boolean,
): Promise<void> {
  const { services, writer } = parts
  const now = services.clock.real()
  await services.database.transaction(async (transaction) => {
    const ids = [row.id]
    if (all && visit.browserToken !== undefined) {
      const browser = { tokenHash: hashOpaqueToken(visit.browserToken), now, idleSince: new Date(0) }
      ids.push(...(await listSessions(transaction, browser)).map(({ id }) => id))
    }
    await revokeSessions(transaction, ids, now)
    const region = identity.regions[0]
    await writer.appendIn(transaction.sql, [signOutEvent(now, callerOf(identity, row, { ...visit, region }))])
  })
}

/**
 * Sessions: what a browser's opaque token stands for (R86). A browser holds one token; up to five people are signed
 * in on it at a time. A while without a sign of life ends a session, some hours end it anyway (lib/domain/settings.ts),
 * and a revoked one is over with the next request. A session in a role ends with the one it came from.
 */
import { hashOpaqueToken, newOpaqueToken } from '#lib/crypto/opaque-token.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { Principal, SessionFacts } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from '#lib/engine/identities.ts'
import { sessionPrincipal } from '#lib/engine/principals.ts'
import type { Services } from '#lib/engine/services.ts'
import { type SessionSpan, sessionSpan } from '#lib/engine/session-span.ts'
import type { Transaction } from '#lib/store/database.ts'
import {
  addBrowserToken,
  addSession,
  listSessions,
  type Moment,
  pruneSessions,
  replaceBrowserToken,
  revokeSessions,
  type SessionRow,
  touchSession,
} from '#lib/store/sessions.ts'
import { DutyFirst, dutyOf } from './duties.ts'
import type { Visit } from './visit.ts'

const MINUTE_MS = 60_000
const PER_BROWSER = 5
const KEPT_MS = 30 * 24 * 60 * MINUTE_MS

/** What the console may know of a session. */
export type SessionView = {
  readonly id: string
  readonly principal: Pick<Principal, 'kind' | 'name' | 'arn' | 'account'>
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  readonly expiresAt: Date
  readonly authenticatedAt: Date
  /** Whether a second factor was shown. */
  readonly secondFactor: boolean
  /** Of a session in a role: the session that switched to it. */
  readonly switchedFrom: string | null
}

export type SignedIn = { readonly row: SessionRow; readonly identity: Identity }

function browserOf({ browserToken }: Pick<Visit, 'browserToken'>, { now, idleSince }: Moment) {
  if (browserToken === undefined) return undefined
  return { tokenHash: hashOpaqueToken(browserToken), now, idleSince }
}

export const sessionView = ({ row, identity }: SignedIn): SessionView => ({
  id: row.id,
  principal: {
    kind: identity.principal.kind,
    name: identity.principal.name,
    arn: identity.principal.arn,
    account: identity.principal.account,
  },
  accountAlias: identity.accountAlias,
  regions: identity.regions,
  expiresAt: row.expiresAt,
  authenticatedAt: row.authenticatedAt,
  secondFactor: row.mfaAt !== null,
  switchedFrom: row.switchedFrom,
})

/** What a session's row says of it as credentials. */
export const sessionFacts = ({
  createdAt,
  mfaAt,
  federatedProvider,
}: Pick<SessionRow, 'createdAt' | 'mfaAt' | 'federatedProvider'>): SessionFacts => ({
  issuedAt: createdAt,
  mfaAt: mfaAt ?? undefined,
  sourceIdentity: undefined,
  federatedProvider: federatedProvider ?? undefined,
})

/** Whoever a row's session is of: a role's under the name that the session has there. */
export async function identityOf({ identities }: Services, row: SessionRow): Promise<Identity | undefined> {
  const base = await identities.byPrincipal(row.principal)
  if (!base) return undefined
  const { principal } = base
  const named =
    principal.role && row.sessionName !== null
      ? sessionPrincipal({ ...principal, role: principal.role }, row.sessionName)
      : principal
  return identities.bySession(named, sessionFacts(row))
}

/** Everyone who is signed in on this browser, the newest sign-in first. */
export async function signedInOn(services: Services, visit: Visit): Promise<SignedIn[]> {
  if (visit.browserToken === undefined) return []
  const browser = browserOf(visit, await sessionSpan(services))
  if (!browser) return []
  const rows = await listSessions(services.database, browser)
  const found = await Promise.all(
    rows.map(async (row) => ({ row, identity: await identityOf(services, row) })),
  )
  return found.flatMap(({ row, identity }) => (identity ? [{ row, identity }] : []))
}

/** The session this request names; the newest on its browser when it names none. */
export async function lookAtSession(services: Services, visit: Visit): Promise<SignedIn | undefined> {
  const found = await signedInOn(services, visit)
  return visit.session === undefined ? found[0] : found.find(({ row }) => row.id === visit.session)
}

/** The session this request names, kept from idling out, at the cost of one write a minute. */
async function keptSession(services: Services, visit: Visit): Promise<SignedIn | undefined> {
  const found = visit.session === undefined ? undefined : await lookAtSession(services, visit)
  const now = services.clock.real()
  if (found && now.getTime() - found.row.lastSeenAt.getTime() > MINUTE_MS) {
    await touchSession(services.database, found.row, now)
  }
  return found
}

/**
 * Whoever is signed in, though something may have to be done before anything else.
 * @throws KmsError ExpiredTokenException when nobody is.
 */
export async function requireAnySession(services: Services, visit: Visit): Promise<SignedIn> {
  const found = await keptSession(services, visit)
  if (!found) throw new KmsError('ExpiredTokenException', 'Your session has ended. Sign in again.')
  return found
}

/** Whoever is signed in and has nothing to do first. @throws KmsError ExpiredTokenException, DutyFirst. */
export async function requireSession(services: Services, visit: Visit): Promise<SignedIn> {
  const found = await requireAnySession(services, visit)
  const duty = await dutyOf(services, found)
  if (duty) throw new DutyFirst(duty)
  return found
}

export type NewSession = { readonly browserToken: string; readonly session: SessionRow }

type Opening = {
  readonly principal: string
  readonly account: string
  readonly visit: Visit
  readonly at: SessionSpan
  readonly mfaAt: Date | null
  /** Of a switch to a role. */
  readonly switched?: { readonly name: string; readonly from: SessionRow }
  /** Of a sign-in by an identity provider, to a role. */
  readonly federated?: { readonly name: string; readonly provider: string; readonly authenticatedAt: Date }
}

/** Sessions that end with a new one: an earlier one of the same person, and the oldest of more than five. */
function endedBy({ principal, switched, federated }: Opening, others: readonly SessionRow[]): string[] {
  const from = switched?.from.id ?? null
  // Many people are let into one role, each under a name of their own.
  const named = ({ sessionName }: SessionRow) => switched || sessionName === (federated?.name ?? null)
  const same = (row: SessionRow) => row.principal === principal && row.switchedFrom === from && named(row)
  // The session that switches stays, however old it is: without it there is no session in the role.
  const rest = others.filter((row) => !same(row) && row.id !== from)
  const kept = PER_BROWSER - (from === null ? 1 : 2)
  return [...others.filter(same), ...rest.slice(kept)].map(({ id }) => id)
}

/**
 * Signs someone in on a browser, under a token that is new every time: whoever planted or saw the old one holds
 * nothing. Sessions of others on the same browser move along; of more than five the oldest ends, and so does an
 * earlier one of the same person.
 */
export async function openSession(transaction: Transaction, opening: Opening): Promise<NewSession> {
  const { visit, principal, account, switched, federated, at } = opening
  const { now } = at
  const { token, hash } = newOpaqueToken()
  await addBrowserToken(transaction, hash)
  const browser = browserOf(visit, at)
  if (browser) {
    await revokeSessions(transaction, endedBy(opening, await listSessions(transaction, browser)), now)
    await replaceBrowserToken(transaction, { from: browser.tokenHash, to: hash })
  }
  const { address, userAgent } = visit.channel
  const session = {
    id: uuidv4(),
    principal,
    account,
    authenticatedAt: switched?.from.authenticatedAt ?? federated?.authenticatedAt ?? now,
    expiresAt: at.expiresAt,
    address,
    userAgent,
    mfaAt: opening.mfaAt,
    sessionName: switched?.name ?? federated?.name ?? null,
    switchedFrom: switched?.from.id ?? null,
    federatedProvider: federated?.provider ?? null,
  }
  await addSession(transaction, { ...session, browserTokenHash: hash, now })
  return { browserToken: token, session: { ...session, createdAt: now, lastSeenAt: now } }
}

/** Forgets what ended a month ago. */
export const forgetOldSessions = (services: Services) =>
  pruneSessions(services.database, new Date(services.clock.real().getTime() - KEPT_MS))

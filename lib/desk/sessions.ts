/**
 * Sessions: what a browser's opaque token stands for (R86). A browser holds one token; up to five people are signed
 * in on it at a time. Thirty minutes without a sign of life end a session, twelve hours end it anyway, and a revoked
 * one is over with the next request.
 */
import { hashOpaqueToken, newOpaqueToken } from '#lib/crypto/opaque-token.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Identity } from '#lib/engine/identities.ts'
import type { Services } from '#lib/engine/services.ts'
import type { Transaction } from '#lib/store/database.ts'
import {
  addBrowserToken,
  addSession,
  listSessions,
  pruneSessions,
  replaceBrowserToken,
  revokeSessions,
  type SessionRow,
  touchSession,
} from '#lib/store/sessions.ts'
import type { Visit } from './visit.ts'

const MINUTE_MS = 60_000
const IDLE_MS = 30 * MINUTE_MS
const ABSOLUTE_MS = 12 * 60 * MINUTE_MS
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
}

export type SignedIn = { readonly row: SessionRow; readonly identity: Identity }

type Browser = { readonly tokenHash: Uint8Array; readonly now: Date; readonly idleSince: Date }

const idleSince = (now: Date) => new Date(now.getTime() - IDLE_MS)

function browserOf(visit: Pick<Visit, 'browserToken'>, now: Date): Browser | undefined {
  if (visit.browserToken === undefined) return undefined
  return { tokenHash: hashOpaqueToken(visit.browserToken), now, idleSince: idleSince(now) }
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
})

/** Everyone who is signed in on this browser, the newest sign-in first. */
export async function signedInOn(services: Services, visit: Visit): Promise<SignedIn[]> {
  const browser = browserOf(visit, services.clock.real())
  if (!browser) return []
  const rows = await listSessions(services.database, browser)
  const found = await Promise.all(
    rows.map(async (row) => ({ row, identity: await services.identities.byPrincipal(row.principal) })),
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
    await touchSession(services.database, found.row.id, now)
  }
  return found
}

/** @throws KmsError ExpiredTokenException when nobody is signed in. */
export async function requireSession(services: Services, visit: Visit): Promise<SignedIn> {
  const found = await keptSession(services, visit)
  if (!found) throw new KmsError('ExpiredTokenException', 'Your session has ended. Sign in again.')
  return found
}

export type NewSession = { readonly browserToken: string; readonly session: SessionRow }

type Opening = {
  readonly principal: string
  readonly account: string
  readonly visit: Visit
  readonly now: Date
}

/**
 * Signs someone in on a browser, under a token that is new every time: whoever planted or saw the old one holds
 * nothing. Sessions of others on the same browser move along; of more than five the oldest ends, and so does an
 * earlier one of the same person.
 */
export async function openSession(transaction: Transaction, opening: Opening): Promise<NewSession> {
  const { visit, now, principal, account } = opening
  const { token, hash } = newOpaqueToken()
  await addBrowserToken(transaction, hash)
  const browser = browserOf(visit, now)
  if (browser) {
    const others = await listSessions(transaction, browser)
    const over = [
      ...others.filter((row) => row.principal === principal),
      ...others.filter((row) => row.principal !== principal).slice(PER_BROWSER - 1),
    ]
    await revokeSessions(
      transaction,
      over.map(({ id }) => id),
      now,
    )
    await replaceBrowserToken(transaction, { from: browser.tokenHash, to: hash })
  }
  const session = { id: uuidv4(), principal, account, expiresAt: new Date(now.getTime() + ABSOLUTE_MS) }
  const { address, userAgent } = visit.channel
  await addSession(transaction, { ...session, browserTokenHash: hash, now, address, userAgent })
  return { browserToken: token, session: { ...session, lastSeenAt: now, authenticatedAt: now } }
}

/** Forgets what ended a month ago. */
export const forgetOldSessions = (services: Services) =>
  pruneSessions(services.database, new Date(services.clock.real().getTime() - KEPT_MS))

/**
 * Rows of browser tokens and of the sessions that hang on them. A token is known here by its hash only (R86).
 * Sessions go by real time, never by keyhouse.now().
 */
import type { Database, Transaction } from './database.ts'

export type NewSession = {
  readonly id: string
  readonly browserTokenHash: Uint8Array
  readonly principal: string
  readonly account: string
  readonly now: Date
  readonly expiresAt: Date
  readonly address: string
  readonly userAgent: string
}

export type SessionRow = {
  readonly id: string
  readonly principal: string
  readonly account: string
  readonly lastSeenAt: Date
  readonly authenticatedAt: Date
  readonly expiresAt: Date
}

const SELECT = {
  id: true,
  principalId: true,
  accountId: true,
  lastSeenAt: true,
  authenticatedAt: true,
  expiresAt: true,
} as const

type Selected = {
  id: string
  principalId: string
  accountId: string
  lastSeenAt: Date
  authenticatedAt: Date
  expiresAt: Date
}

function sessionOf({ principalId, accountId, ...row }: Selected): SessionRow {
  return { ...row, principal: principalId, account: accountId }
}

/** What makes a session good: not revoked, not over, seen since `idleSince`, and of an account that works. */
const live = (now: Date, idleSince: Date) => ({
  revokedAt: null,
  expiresAt: { gt: now },
  lastSeenAt: { gt: idleSince },
  account: { disabledAt: null },
})

export async function addBrowserToken(transaction: Transaction, hash: Uint8Array): Promise<void> {
  await transaction.prisma.browserToken.create({ data: { hash: new Uint8Array(hash) } })
}

/** Hangs the sessions of one token on another and forgets the first. */
export async function replaceBrowserToken(
  transaction: Transaction,
  tokens: { readonly from: Uint8Array; readonly to: Uint8Array },
): Promise<void> {
  const from = new Uint8Array(tokens.from)
  await transaction.prisma.session.updateMany({
    where: { browserTokenHash: from },
    data: { browserTokenHash: new Uint8Array(tokens.to) },
  })
  await transaction.prisma.browserToken.deleteMany({ where: { hash: from } })
}

export async function addSession(transaction: Transaction, session: NewSession): Promise<void> {
  const { now, principal, account, browserTokenHash, ...row } = session
  await transaction.prisma.session.create({
    data: {
      ...row,
      browserTokenHash: new Uint8Array(browserTokenHash),
      principalId: principal,
      accountId: account,
      createdAt: now,
      lastSeenAt: now,
      authenticatedAt: now,
    },
  })
}

/** A token's live sessions, the newest sign-in first. */
export async function listSessions(
  database: Pick<Database, 'prisma'> | Transaction,
  browser: { readonly tokenHash: Uint8Array; readonly now: Date; readonly idleSince: Date },
): Promise<SessionRow[]> {
  const rows = await database.prisma.session.findMany({
    where: { browserTokenHash: new Uint8Array(browser.tokenHash), ...live(browser.now, browser.idleSince) },
    select: SELECT,
    orderBy: [{ authenticatedAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(sessionOf)
}

export async function touchSession(database: Database, id: string, now: Date): Promise<void> {
  await database.prisma.session.updateMany({
    where: { id, lastSeenAt: { lt: now } },
    data: { lastSeenAt: now },
  })
}

/** The person proved again who they are. */
export async function confirmSession(database: Database, id: string, now: Date): Promise<void> {
  await database.prisma.session.update({ where: { id }, data: { authenticatedAt: now, lastSeenAt: now } })
}

/** Ends sessions at once, wherever they are used. */
export async function revokeSessions(
  transaction: Pick<Database, 'prisma'> | Transaction,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await transaction.prisma.session.updateMany({
    where: { id: { in: [...ids] }, revokedAt: null },
    data: { revokedAt: now },
  })
}

/** Ends every session of an account. */
export async function revokeAccountSessions(
  transaction: Transaction,
  account: string,
  now: Date,
): Promise<void> {
  await transaction.prisma.session.updateMany({
    where: { accountId: account, revokedAt: null },
    data: { revokedAt: now },
  })
}

/** Forgets sessions that ended before `before`, and tokens that nothing hangs on any more. */
export async function pruneSessions(database: Database, before: Date): Promise<void> {
  await database.prisma.session.deleteMany({
    where: { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] },
  })
  await database.prisma.browserToken.deleteMany({
    where: { sessions: { none: {} }, createdAt: { lt: before } },
  })
}

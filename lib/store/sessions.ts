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
  /** When the person last proved who they are: of a switch to a role, that of the session it came from. */
  readonly authenticatedAt: Date
  /** When a second factor was shown at sign-in. */
  readonly mfaAt: Date | null
  /** Of a session in a role: the name it has there, and the session it came from, if it switched. */
  readonly sessionName: string | null
  readonly switchedFrom: string | null
  /** ARN of the identity provider that vouched for the person, where no password did. */
  readonly federatedProvider: string | null
}

export type SessionRow = {
  readonly id: string
  readonly principal: string
  readonly account: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly authenticatedAt: Date
  readonly expiresAt: Date
  readonly address: string
  readonly userAgent: string
  readonly mfaAt: Date | null
  readonly sessionName: string | null
  readonly switchedFrom: string | null
  readonly federatedProvider: string | null
}

const SELECT = {
  id: true,
  principalId: true,
  accountId: true,
  createdAt: true,
  lastSeenAt: true,
  authenticatedAt: true,
  expiresAt: true,
  address: true,
  userAgent: true,
  mfaAt: true,
  sessionName: true,
  switchedFrom: true,
  federatedProvider: true,
} as const

type Selected = Omit<SessionRow, 'principal' | 'account'> & { principalId: string; accountId: string }

const sessionOf = ({ principalId, accountId, ...row }: Selected): SessionRow => ({
  ...row,
  principal: principalId,
  account: accountId,
})

/** What makes a session good: not revoked, not over, seen since `idleSince`, and of an account that works. */
const good = (now: Date, idleSince: Date) => ({
  revokedAt: null,
  expiresAt: { gt: now },
  lastSeenAt: { gt: idleSince },
  account: { disabledAt: null },
})

/** A session that switched to a role is good while the one that it came from is. */
const live = (now: Date, idleSince: Date) => ({
  ...good(now, idleSince),
  OR: [{ switchedFrom: null }, { origin: good(now, idleSince) }],
})

export type Moment = { readonly now: Date; readonly idleSince: Date }

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
    },
  })
}

/** A token's live sessions, the newest sign-in first. */
export async function listSessions(
  database: Pick<Database, 'prisma'> | Transaction,
  browser: Moment & { readonly tokenHash: Uint8Array },
): Promise<SessionRow[]> {
  const rows = await database.prisma.session.findMany({
    where: { browserTokenHash: new Uint8Array(browser.tokenHash), ...live(browser.now, browser.idleSince) },
    select: SELECT,
    orderBy: [{ authenticatedAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(sessionOf)
}

/** The live sessions of a person on every browser, those in roles among them, the last seen first. */
export async function listPersonSessions(
  database: Pick<Database, 'prisma'>,
  principal: string,
  { now, idleSince }: Moment,
): Promise<SessionRow[]> {
  const theirs = { OR: [{ principalId: principal }, { origin: { principalId: principal } }] }
  const rows = await database.prisma.session.findMany({
    where: { AND: [theirs, live(now, idleSince)] },
    select: SELECT,
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(sessionOf)
}

/** A session, live or not. */
export async function readSession(
  database: Pick<Database, 'prisma'>,
  id: string,
): Promise<SessionRow | undefined> {
  const row = await database.prisma.session.findUnique({ where: { id }, select: SELECT })
  return row ? sessionOf(row) : undefined
}

/** A sign of life; of a session in a role also one of the session that it came from. */
export async function touchSession(
  database: Database,
  { id, switchedFrom }: Pick<SessionRow, 'id' | 'switchedFrom'>,
  now: Date,
): Promise<void> {
  const ids = switchedFrom === null ? [id] : [id, switchedFrom]
  await database.prisma.session.updateMany({
    where: { id: { in: ids }, lastSeenAt: { lt: now } },
    data: { lastSeenAt: now },
  })
}

/** A second factor was shown in a session that began without. */
export async function noteFactor(
  database: Pick<Database, 'prisma'> | Transaction,
  id: string,
  now: Date,
): Promise<void> {
  await database.prisma.session.update({ where: { id }, data: { mfaAt: now } })
}

/** The person proved again who they are, in all their sessions that hang together. */
export async function confirmSession(
  database: Database,
  { id, switchedFrom }: Pick<SessionRow, 'id' | 'switchedFrom'>,
  now: Date,
): Promise<void> {
  const ids = switchedFrom === null ? [id] : [id, switchedFrom]
  await database.prisma.session.updateMany({
    where: { id: { in: ids } },
    data: { authenticatedAt: now, lastSeenAt: now },
  })
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

/** Ends every session of a principal, and those that it switched to a role in. */
export async function revokePrincipalSessions(
  transaction: Transaction,
  principal: string,
  now: Date,
): Promise<void> {
  await transaction.prisma.session.updateMany({
    where: { OR: [{ principalId: principal }, { origin: { principalId: principal } }], revokedAt: null },
    data: { revokedAt: now },
  })
}

/** Ends every session of a person but one, which may be none of theirs. */
export async function revokeOtherSessions(
  transaction: Transaction,
  principal: string,
  { keep, now }: { readonly keep: string | undefined; readonly now: Date },
): Promise<void> {
  const theirs = { OR: [{ principalId: principal }, { origin: { principalId: principal } }] }
  // No comparison with null is true, not even that it differs.
  const besides =
    keep === undefined
      ? {}
      : { id: { not: keep }, OR: [{ switchedFrom: null }, { switchedFrom: { not: keep } }] }
  await transaction.prisma.session.updateMany({
    where: { AND: [theirs, besides], revokedAt: null },
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

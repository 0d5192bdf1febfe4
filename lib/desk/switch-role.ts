/** Switching to a role, from the session of the person behind whatever session asks. */
import { accountAlias } from '#lib/domain/account.ts'
import { roleArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { sessionSpan } from '#lib/engine/session-span.ts'
import { switchRole } from '#lib/iam/switch-role.ts'
import { findAccount } from '#lib/store/accounts.ts'
import type { DeskParts } from './parts.ts'
import {
  identityOf,
  type NewSession,
  openSession,
  requireSession,
  type SignedIn,
  sessionView,
  signedInOn,
} from './sessions.ts'
import { callerOf } from './sign-in.ts'
import type { Visit } from './visit.ts'

export type SwitchRequest = {
  /** The role's ARN; or its name, with its path if it has one, in `account`. */
  readonly role: string
  /** Id or alias; the person's own without one. */
  readonly account?: string | undefined
}

/** The session that a session in a role came from; itself otherwise. */
async function originOf(parts: DeskParts, visit: Visit): Promise<SignedIn> {
  const asking = await requireSession(parts.services, visit)
  if (asking.row.switchedFrom === null) return asking
  return requireSession(parts.services, { ...visit, session: asking.row.switchedFrom })
}

async function arnOf({ services }: DeskParts, origin: SignedIn, { role, account }: SwitchRequest) {
  if (role.startsWith('arn:')) return role
  const { partition, account: own } = origin.identity.principal
  const found = account === undefined || account === '' ? own : await accountIdOf(services, account.trim())
  return roleArn(partition, found, '/', role.replace(/^\//, ''))
}

async function accountIdOf(services: DeskParts['services'], typed: string): Promise<string> {
  if (!accountAlias().safeParse(typed).success) return typed
  const found = await findAccount(services.database, typed)
  if (found) return found.id
  throw new KmsError('ValidationException', 'account: There is no account of this alias.')
}

/** The session's name in the role is the user's; one letter alone is too short for one. */
const sessionNameOf = (user: string) => (user.length < 2 ? `user-${user}` : user)

const earlier = (one: Date, other: Date) => (one < other ? one : other)

/**
 * Opens a session of the role on this browser, for as long as the role allows and the person's own session lasts.
 * @throws KmsError AccessDeniedException as AssumeRole does.
 */
export async function switchToRole(parts: DeskParts, visit: Visit, request: SwitchRequest) {
  const { services } = parts
  const origin = await originOf(parts, visit)
  const RoleArn = await arnOf(parts, origin, request)
  const name = sessionNameOf(origin.identity.principal.name)
  const span = await sessionSpan(services)
  let opened: NewSession | undefined
  const operation = switchRole(async (transaction, role) => {
    const longest = new Date(span.now.getTime() + role.maxSessionSeconds * 1000)
    const at = { ...span, expiresAt: earlier(longest, origin.row.expiresAt) }
    const switched = { name, from: origin.row }
    const { id: principal, account } = role
    opened = await openSession(transaction, { principal, account, visit, at, mfaAt: null, switched })
  })
  const caller = callerOf(origin.identity, origin.row, { ...visit, region: undefined })
  await parts.invoke(caller, operation, { RoleArn, RoleSessionName: name })
  const identity = opened && (await identityOf(services, opened.session))
  if (!opened || !identity) throw new KmsError('KMSInternalException', '', { detail: 'a role that is gone' })
  return {
    browserToken: opened.browserToken,
    session: sessionView({ row: opened.session, identity }),
  }
}

/** Everyone signed in on this browser, as they stand in the identity menu. */
export const listSignedIn = async ({ services }: DeskParts, visit: Visit) => ({
  sessions: (await signedInOn(services, visit)).map(sessionView),
})
